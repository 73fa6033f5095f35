package dev.screenful.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.screenful.kit.TestBench;
import dev.screenful.local.LocalDynamo;
import dev.screenful.store.TableDefinition;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The client against the AWS SDK: the same random calls on two tables must return the same items,
 * errors, cancellation reasons and units.
 */
final class DifferentialTest {

  private static final int STEPS = 150;
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final Expressions NONE = new Expressions(Map.of(), Map.of());
  private static final String ADD = "ADD #counter :amount";
  private static final Map<String, String> NAMES = Map.of("#n", "version", "#pk", "pk");

  private final DynamoDb ours = LocalDynamo.client(TestBench.engine());
  private final DynamoDbClient sdk =
      DynamoDbClient.builder()
          .endpointOverride(TestBench.engine())
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
          .build();

  static List<Integer> seeds() {
    return IntStream.rangeClosed(1, 5).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void the_same_calls_have_the_same_results(int seed) {
    String left = "ours-" + seed;
    String right = "sdk-" + seed;
    LocalDynamo.createTable(ours, left, TableDefinition.of());
    LocalDynamo.createTable(ours, right, TableDefinition.of());
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(5)) {
        case 0 -> put(left, right, random);
        case 1 -> get(left, right, random);
        case 2 -> batchGet(left, right, random);
        case 3 -> query(left, right, random);
        default -> transact(left, right, random);
      }
    }
  }

  private void put(String left, String right, SplittableRandom random) {
    Map<String, @Nullable Object> item = item(random);
    Condition condition = condition(random);
    assertSame(
        () -> ours.call(new PutItem(left, item, condition.text(), condition.expressions()), TIME),
        () ->
            sdk.putItem(put ->
                    put.tableName(right)
                        .item(encode(item))
                        .conditionExpression(condition.text())
                        .expressionAttributeNames(condition.names())
                        .expressionAttributeValues(condition.sdkValues())
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .capacityUnits());
  }

  private void get(String left, String right, SplittableRandom random) {
    Map<String, String> key = key(random);
    boolean consistent = random.nextBoolean();
    boolean whole = random.nextBoolean();
    String projection = whole ? null : "#pk, #n";
    assertSame(
        () -> {
          GetItem.Response response =
              ours.call(
                  new GetItem(
                      left,
                      key,
                      projection,
                      whole ? NONE : new Expressions(NAMES, Map.of()),
                      consistent),
                  TIME);
          return List.of(String.valueOf(normal(response.item())), response.units());
        },
        () -> {
          GetItemResponse response =
              sdk.getItem(get ->
                  get.tableName(right)
                      .key(encode(key))
                      .projectionExpression(projection)
                      .expressionAttributeNames(whole ? null : NAMES)
                      .consistentRead(consistent)
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
          return List.of(
              String.valueOf(response.hasItem() ? normal(decode(response.item())) : null),
              response.consumedCapacity().capacityUnits());
        });
  }

  private void batchGet(String left, String right, SplittableRandom random) {
    Set<Map<String, String>> keys = new LinkedHashSet<>();
    for (int count = 1 + random.nextInt(10); count > 0; count--) {
      keys.add(key(random));
    }
    assertSame(
        () -> {
          BatchGetItem.Response response =
              ours.call(new BatchGetItem(left, List.copyOf(keys), null, NONE, true), TIME);
          assertThat(response.unprocessed()).isEmpty();
          return List.of(
              response.items().stream()
                  .map(item -> String.valueOf(normal(item)))
                  .collect(Collectors.toSet()),
              response.units());
        },
        () -> {
          BatchGetItemResponse response =
              sdk.batchGetItem(get ->
                  get.requestItems(
                          Map.of(
                              right,
                              KeysAndAttributes.builder()
                                  .keys(keys.stream().map(DifferentialTest::encode).toList())
                                  .consistentRead(true)
                                  .build()))
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
          return List.of(
              response.responses().getOrDefault(right, List.of()).stream()
                  .map(item -> String.valueOf(normal(decode(item))))
                  .collect(Collectors.toSet()),
              response.consumedCapacity().getFirst().capacityUnits());
        });
  }

  private void query(String left, String right, SplittableRandom random) {
    String partition = "P" + random.nextInt(3);
    int limit = 1 + random.nextInt(6);
    Map<String, String> start =
        random.nextBoolean() ? null : Map.of("pk", partition, "sk", "S" + random.nextInt(8));
    boolean descending = random.nextBoolean();
    Map<String, Object> values = Map.of(":p", partition);
    assertSame(
        () -> {
          ItemPage page =
              ours.call(
                  new QueryItems(
                      left,
                      null,
                      "#pk = :p",
                      null,
                      new Expressions(Map.of("#pk", "pk"), values),
                      start,
                      false,
                      descending,
                      limit),
                  TIME);
          return List.of(
              page.items().stream().map(item -> String.valueOf(normal(item))).toList(),
              String.valueOf(normal(page.lastKey())),
              page.units());
        },
        () -> {
          QueryResponse response =
              sdk.query(query ->
                  query
                      .tableName(right)
                      .keyConditionExpression("#pk = :p")
                      .expressionAttributeNames(Map.of("#pk", "pk"))
                      .expressionAttributeValues(encode(values))
                      .exclusiveStartKey(start == null ? null : encode(start))
                      .scanIndexForward(!descending)
                      .limit(limit)
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
          return List.of(
              response.items().stream().map(item -> String.valueOf(normal(decode(item)))).toList(),
              String.valueOf(
                  response.hasLastEvaluatedKey()
                      ? normal(decode(response.lastEvaluatedKey()))
                      : null),
              response.consumedCapacity().capacityUnits());
        });
  }

  private void transact(String left, String right, SplittableRandom random) {
    Map<Map<String, String>, TransactWriteItems.Write> writes = new LinkedHashMap<>();
    List<TransactWriteItem> requests = new ArrayList<>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      Map<String, @Nullable Object> item = item(random);
      Map<String, String> key =
          Map.of("pk", String.valueOf(item.get("pk")), "sk", String.valueOf(item.get("sk")));
      Condition condition = condition(random);
      if (writes.containsKey(key)) {
        continue; // DynamoDB refuses two writes on one item
      }
      int action = random.nextInt(4);
      writes.put(
          key,
          switch (action) {
            case 0 ->
                new TransactWriteItems.Put(left, item, condition.text(), condition.expressions());
            case 1 ->
                new TransactWriteItems.Delete(left, key, condition.text(), condition.expressions());
            case 2 ->
                new TransactWriteItems.Update(
                    left, key, ADD, condition.text(), adding(condition).expressions());
            default ->
                new TransactWriteItems.Check(left, key, condition.text(), condition.expressions());
          });
      requests.add(request(action, right, item, key, condition));
    }
    String token = "token-" + random.nextLong();
    assertSame(
        () -> ours.call(new TransactWriteItems(token, List.copyOf(writes.values())), TIME),
        () ->
            sdk.transactWriteItems(write ->
                    write
                        .transactItems(requests)
                        .clientRequestToken(token + "s")
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity()
                .getFirst()
                .capacityUnits());
  }

  private static Condition adding(Condition condition) {
    Map<String, Object> values = new LinkedHashMap<>(condition.values());
    values.put(":amount", 1);
    Map<String, String> names = new LinkedHashMap<>(condition.names());
    names.put("#counter", "counter");
    return new Condition(condition.text(), names, values);
  }

  private static TransactWriteItem request(
      int action,
      String table,
      Map<String, @Nullable Object> item,
      Map<String, String> key,
      Condition condition) {
    TransactWriteItem.Builder request = TransactWriteItem.builder();
    ReturnValuesOnConditionCheckFailure old = ReturnValuesOnConditionCheckFailure.ALL_OLD;
    switch (action) {
      case 0 ->
          request.put(put ->
              put.tableName(table)
                  .item(encode(item))
                  .conditionExpression(condition.text())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.sdkValues())
                  .returnValuesOnConditionCheckFailure(old));
      case 1 ->
          request.delete(delete ->
              delete
                  .tableName(table)
                  .key(encode(key))
                  .conditionExpression(condition.text())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.sdkValues())
                  .returnValuesOnConditionCheckFailure(old));
      case 2 ->
          request.update(update ->
              update
                  .tableName(table)
                  .key(encode(key))
                  .updateExpression(ADD)
                  .conditionExpression(condition.text())
                  .expressionAttributeNames(adding(condition).names())
                  .expressionAttributeValues(adding(condition).sdkValues())
                  .returnValuesOnConditionCheckFailure(old));
      default ->
          request.conditionCheck(check ->
              check
                  .tableName(table)
                  .key(encode(key))
                  .conditionExpression(condition.text())
                  .expressionAttributeNames(condition.names())
                  .expressionAttributeValues(condition.sdkValues())
                  .returnValuesOnConditionCheckFailure(old));
    }
    return request.build();
  }

  /** Both succeed with the same result, or both fail with the same error. */
  private static void assertSame(Supplier<Object> ours, Supplier<Object> theirs) {
    assertThat(result(ours)).isEqualTo(result(theirs));
  }

  private static Object result(Supplier<Object> call) {
    try {
      return call.get();
    } catch (ConditionFailed failed) {
      return "condition " + normal(failed.item());
    } catch (ConditionalCheckFailedException failed) {
      return "condition " + (failed.hasItem() ? normal(decode(failed.item())) : null);
    } catch (TransactionCancelled cancelled) {
      return cancelled.reasons().stream()
          .map(reason -> reason.code() + " " + normal(reason.item()))
          .toList();
    } catch (TransactionCanceledException cancelled) {
      return cancelled.cancellationReasons().stream()
          .map(reason ->
              reason.code() + " " + (reason.hasItem() ? normal(decode(reason.item())) : null))
          .toList();
    }
  }

  /** A condition that sometimes holds. */
  private record Condition(String text, Map<String, String> names, Map<String, Object> values) {
    Expressions expressions() {
      return new Expressions(names, values);
    }

    @Nullable Map<String, AttributeValue> sdkValues() {
      return values.isEmpty() ? null : encode(values);
    }
  }

  private static Condition condition(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Condition("attribute_not_exists(#pk)", Map.of("#pk", "pk"), Map.of());
      case 1 -> new Condition("attribute_exists(#pk)", Map.of("#pk", "pk"), Map.of());
      default ->
          new Condition(
              "attribute_not_exists(#pk) OR #n < :v", NAMES, Map.of(":v", random.nextInt(100)));
    };
  }

  private static Map<String, String> key(SplittableRandom random) {
    return Map.of("pk", "P" + random.nextInt(3), "sk", "S" + random.nextInt(8));
  }

  private static Map<String, @Nullable Object> item(SplittableRandom random) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>(key(random));
    item.put("version", random.nextInt(100));
    for (int count = random.nextInt(8); count > 0; count--) {
      item.put("a" + count, value(random, 3));
    }
    return item;
  }

  private static @Nullable Object value(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 9 : 11)) {
      case 0 -> "é \"\\ \n \0 " + Character.toString(0x1F600 + random.nextInt(20));
      case 1 -> "";
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 ->
          new BigDecimal(
              (random.nextInt(9) + 1)
                  + "."
                  + (random.nextInt(100_000) + 1)
                  + "1E"
                  + (random.nextInt(60) - 30));
      case 5 -> random.nextBoolean();
      case 6 -> null;
      case 7 -> ByteBuffer.wrap(new byte[] {1, 2, (byte) random.nextInt()});
      case 8 ->
          random.nextBoolean()
              ? Set.of("x" + random.nextInt(), "y")
              : Set.of(random.nextInt(), 1_000_000_000_000L + random.nextInt());
      case 9 ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(index -> value(random, depth - 1))
              .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
          map.put("k " + count, value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static Map<String, AttributeValue> encode(Map<String, ? extends @Nullable Object> item) {
    Map<String, AttributeValue> encoded = new LinkedHashMap<>();
    item.forEach((name, value) -> encoded.put(name, encodeValue(value)));
    return encoded;
  }

  @SuppressWarnings("unchecked")
  private static AttributeValue encodeValue(@Nullable Object value) {
    return switch (value) {
      case null -> AttributeValue.fromNul(true);
      case String text -> AttributeValue.fromS(text);
      case BigDecimal number -> AttributeValue.fromN(number.toPlainString());
      case Number number -> AttributeValue.fromN(number.toString());
      case Boolean flag -> AttributeValue.fromBool(flag);
      case ByteBuffer bytes -> AttributeValue.fromB(SdkBytes.fromByteBuffer(bytes.duplicate()));
      case Set<?> set when set.iterator().next() instanceof String ->
          AttributeValue.fromSs(set.stream().map(Object::toString).toList());
      case Set<?> set -> AttributeValue.fromNs(set.stream().map(Object::toString).toList());
      case List<?> list ->
          AttributeValue.fromL(list.stream().map(DifferentialTest::encodeValue).toList());
      case Map<?, ?> map -> AttributeValue.fromM(encode((Map<String, @Nullable Object>) map));
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  private static Map<String, @Nullable Object> decode(Map<String, AttributeValue> item) {
    Map<String, @Nullable Object> decoded = new LinkedHashMap<>();
    item.forEach((name, value) -> decoded.put(name, decodeValue(value)));
    return decoded;
  }

  private static @Nullable Object decodeValue(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> new BigDecimal(value.n());
      case BOOL -> value.bool();
      case NUL -> null;
      case B -> value.b().asByteBuffer();
      case SS -> new LinkedHashSet<>(value.ss());
      case NS -> value.ns().stream().map(BigDecimal::new).collect(Collectors.toSet());
      case BS -> value.bs().stream().map(SdkBytes::asByteBuffer).collect(Collectors.toSet());
      case L -> {
        List<@Nullable Object> list = new ArrayList<>();
        value.l().forEach(entry -> list.add(decodeValue(entry)));
        yield list;
      }
      case M -> decode(value.m());
      default -> throw new IllegalArgumentException(value.toString());
    };
  }

  /** With all numbers as decimals without trailing zeros, and all maps and sets in one order. */
  private static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      case ByteBuffer bytes -> "bytes " + bytes.duplicate().rewind().hashCode();
      case Set<?> set -> set.stream().map(entry -> String.valueOf(normal(entry))).sorted().toList();
      case List<?> list -> list.stream().map(entry -> String.valueOf(normal(entry))).toList();
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((name, entry) -> sorted.put(name.toString(), String.valueOf(normal(entry))));
        yield sorted;
      }
      default -> value;
    };
  }
}
