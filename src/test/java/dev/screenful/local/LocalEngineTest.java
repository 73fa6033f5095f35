package dev.screenful.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.screenful.store.Index;
import dev.screenful.store.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Compares the local engine with the documentation of DynamoDB, for the calls that the store makes.
 * All other tests depend on it. {@code docs/local-engine.md} lists the differences.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html">
 *     API reference</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">
 *     How units are counted</a>
 */
final class LocalEngineTest {

  private static final String TABLE = "things";
  private static final int KB = 1024;

  /** An index that contains only items with a group and a rank. */
  private static final Index RANKED = new Index("ranked", "group", "rank", Set.of("title"));

  private static LocalDynamo engine;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() {
    engine = LocalDynamo.start(null);
    client = Sdk.client(engine.endpoint());
    LocalDynamo.createTable(
        LocalDynamo.client(engine.endpoint()), TABLE, TableDefinition.of(RANKED));
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  private static Map<String, AttributeValue> key(String partition, String sort) {
    return Map.of("pk", s(partition), "sk", s(sort));
  }

  /** An item with attributes: {@code NAME, VALUE, ...}. */
  private static Map<String, AttributeValue> item(String partition, String sort, Object... more) {
    Map<String, AttributeValue> item = new HashMap<>(key(partition, sort));
    for (int place = 0; place < more.length; place += 2) {
      item.put((String) more[place], (AttributeValue) more[place + 1]);
    }
    return item;
  }

  /** An item with a size in bytes, which includes the names of attributes. */
  private static Map<String, AttributeValue> itemOf(int bytes, String partition, String sort) {
    int other = "pk".length() + partition.length() + "sk".length() + sort.length() + "x".length();
    return item(partition, sort, "x", s("x".repeat(bytes - other)));
  }

  private static String partition() {
    return UUID.randomUUID().toString();
  }

  private static void put(Map<String, AttributeValue> item) {
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  private static @Nullable Map<String, AttributeValue> get(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = Map.of("pk", value(item, "pk"), "sk", value(item, "sk"));
    var response = client.getItem(get -> get.tableName(TABLE).key(key).consistentRead(true));
    return response.hasItem() ? response.item() : null;
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
    return Objects.requireNonNull(item.get(attribute));
  }

  private static TransactWriteItem transactPut(Map<String, AttributeValue> item) {
    return transactPut(item, put -> {});
  }

  private static TransactWriteItem transactPut(
      Map<String, AttributeValue> item, Consumer<Put.Builder> more) {
    return TransactWriteItem.builder()
        .put(put -> more.accept(put.tableName(TABLE).item(item)))
        .build();
  }

  private static void assertInvalid(Runnable call, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
              assertThat(refused.statusCode()).isEqualTo(400);
            })
        .message()
        .contains(words);
  }

  /**
   * Results for an item with {@code n} = 10 and {@code s} = "m", and for an item that is absent.
   */
  @ParameterizedTest
  @CsvSource({
    "#n = :10,                       true,  false",
    "#n = :9,                        false, false",
    "#n <> :10,                      false, true",
    "#n <> :9,                       true,  true",
    "#n > :9,                        true,  false", // as numbers; as strings, "10" is less than "9"
    "#n > :10,                       false, false",
    "#n < :9,                        false, false",
    "#n < :11,                       true,  false",
    "#n = :m,                        false, false", // another type is never equal
    "#n <> :m,                       true,  true",
    "#s = :m,                        true,  false",
    "#s > :b,                        true,  false",
    "#s < :z,                        true,  false",
    "#s < :umlaut,                   true,  false", // strings are compared by their UTF-8 bytes
    "#none = :m,                     false, false",
    "#none <> :m,                    true,  true",
    "#none < :m,                     false, false",
    "attribute_exists(#s),           true,  false",
    "attribute_not_exists(#s),       false, true",
    "attribute_not_exists(#none),    true,  true",
    "(#n = :9) OR (#s = :m),         true,  false",
    "(#n = :10) AND (#s = :b),       false, false",
    "(attribute_not_exists(#s)) OR (#n < :11), true, true",
  })
  void a_condition_is_true_or_false_as_in_dynamodb(
      String condition, boolean present, boolean absent) {
    Map<String, AttributeValue> there = item(partition(), "s", "n", n("10"), "s", s("m"));
    put(there);

    assertThat(evaluate(condition, there)).isEqualTo(present);
    assertThat(evaluate(condition, item(partition(), "s"))).isEqualTo(absent);
  }

  private static boolean evaluate(String condition, Map<String, AttributeValue> item) {
    Map<String, AttributeValue> values = new HashMap<>();
    for (String number : List.of("9", "10", "11")) {
      values.put(":" + number, n(number));
    }
    for (String text : List.of("b", "m", "z")) {
      values.put(":" + text, s(text));
    }
    values.put(":umlaut", s("ä"));
    values.keySet().removeIf(name -> !Arrays.asList(condition.split("[^:#\\w]+")).contains(name));
    Map<String, String> names = new HashMap<>(Map.of("#n", "n", "#s", "s", "#none", "none"));
    names.keySet().removeIf(name -> !Arrays.asList(condition.split("[^:#\\w]+")).contains(name));
    try {
      client.putItem(put ->
          put.tableName(TABLE)
              .item(item)
              .conditionExpression(condition)
              .expressionAttributeNames(names)
              .expressionAttributeValues(values.isEmpty() ? null : values));
      return true;
    } catch (ConditionalCheckFailedException failed) {
      return false;
    }
  }

  private static PutItemRequest.Builder ifAbsent(Map<String, AttributeValue> item) {
    return PutItemRequest.builder()
        .tableName(TABLE)
        .item(item)
        .conditionExpression("attribute_not_exists(pk)")
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  @Test
  void a_failed_condition_returns_the_whole_existing_item() {
    Map<String, AttributeValue> there = item(partition(), "s", "n", n("1"), "t", s("text"));
    put(there);

    ConditionalCheckFailedException failed =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () -> client.putItem(ifAbsent(item(value(there, "pk").s(), "s")).build()));
    assertThat(failed.item()).isEqualTo(there);

    ConditionalCheckFailedException nothing =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(
                    ifAbsent(item(partition(), "s"))
                        .conditionExpression("attribute_exists(pk)")
                        .build()));
    assertThat(nothing.hasItem()).isFalse();
  }

  @Test
  void every_type_of_attribute_is_stored_unchanged() {
    Map<String, AttributeValue> all =
        item(
            partition(),
            "s",
            "text",
            s("ä \" \\ \n 飛 😀"),
            "empty",
            s(""),
            "number",
            n("-1.5"),
            "large",
            n("12345678901234567890123456789012345678"),
            "yes",
            AttributeValue.fromBool(true),
            "nothing",
            AttributeValue.fromNul(true),
            "list",
            AttributeValue.fromL(List.of(s("a"), n("1"), AttributeValue.fromL(List.of()))),
            "map",
            AttributeValue.fromM(Map.of("a", AttributeValue.fromM(Map.of("b", s("c"))))),
            "bytes",
            AttributeValue.fromB(
                software.amazon.awssdk.core.SdkBytes.fromByteArray(new byte[] {0, 1, -1})));
    put(all);

    assertThat(get(all)).isEqualTo(all);
  }

  @Test
  void a_transaction_is_atomic_and_returns_a_reason_for_each_operation() {
    String partition = partition();
    Map<String, AttributeValue> taken = item(partition, "taken", "by", s("someone"));
    put(taken);
    List<TransactWriteItem> writes =
        List.of(
            transactPut(item(partition, "one")),
            transactPut(
                item(partition, "taken"),
                put ->
                    put.conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD)),
            TransactWriteItem.builder()
                .conditionCheck(check ->
                    check
                        .tableName(TABLE)
                        .key(key(partition, "missing"))
                        .conditionExpression("attribute_exists(pk)")
                        .returnValuesOnConditionCheckFailure(
                            ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build(),
            TransactWriteItem.builder()
                .delete(delete -> delete.tableName(TABLE).key(key(partition, "taken2")))
                .build());

    TransactionCanceledException cancelled =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () -> client.transactWriteItems(write -> write.transactItems(writes)));

    List<CancellationReason> reasons = cancelled.cancellationReasons();
    assertThat(reasons)
        .extracting(CancellationReason::code)
        .containsExactly("None", "ConditionalCheckFailed", "ConditionalCheckFailed", "None");
    assertThat(reasons.get(1).item()).isEqualTo(taken);
    assertThat(reasons.get(2).hasItem()).isFalse();
    assertThat(get(item(partition, "one"))).isNull();
    assertThat(get(taken)).isEqualTo(taken);
  }

  @Test
  void a_transaction_that_is_sent_again_with_its_token_runs_once() {
    String partition = partition();
    String token = UUID.randomUUID().toString();
    Map<String, AttributeValue> first = item(partition, "s", "n", n("1"));
    List<TransactWriteItem> writes = List.of(transactPut(first));
    client.transactWriteItems(write -> write.transactItems(writes).clientRequestToken(token));
    Map<String, AttributeValue> later = item(partition, "s", "n", n("2"));
    put(later);

    client.transactWriteItems(write -> write.transactItems(writes).clientRequestToken(token));

    assertThat(get(first)).isEqualTo(later);
    assertThatThrownBy(() ->
            client.transactWriteItems(
                write -> write.transactItems(transactPut(later)).clientRequestToken(token)))
        .isInstanceOf(IdempotentParameterMismatchException.class);
  }

  @Test
  void a_transaction_has_limits() {
    String partition = partition();
    List<TransactWriteItem> tooMany =
        IntStream.range(0, 101)
            .mapToObj(number -> transactPut(item(partition, "s" + number)))
            .toList();
    assertInvalid(() -> client.transactWriteItems(write -> write.transactItems(tooMany)), "100");

    TransactWriteItem one = transactPut(item(partition, "s"));
    assertInvalid(
        () -> client.transactWriteItems(write -> write.transactItems(one, one)),
        "multiple operations on one item");
  }

  @Test
  void a_projection_returns_the_named_attributes_that_exist() {
    Map<String, AttributeValue> there =
        item(partition(), "s", "name", s("a"), "size", n("1"), "other", s("b"));
    put(there);

    Map<String, AttributeValue> found =
        client
            .getItem(get ->
                get.tableName(TABLE)
                    .key(key(value(there, "pk").s(), "s"))
                    .projectionExpression("#a, #b, #c")
                    .expressionAttributeNames(
                        Map.of("#a", "name", "#b", "size", "#c", "none"))) // reserved words
            .item();

    assertThat(found).isEqualTo(Map.of("name", s("a"), "size", n("1")));
  }

  private static QueryResponse query(String partition, Consumer<QueryRequest.Builder> more) {
    return client.query(query ->
        more.accept(
            query
                .tableName(TABLE)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", s(partition)))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
  }

  private static List<String> sorts(QueryResponse response) {
    return response.items().stream().map(item -> value(item, "sk").s()).toList();
  }

  @Test
  void a_query_returns_pages_in_byte_order_of_the_sort_key() {
    String partition = partition();
    List<String> order = List.of("", "1", "10", "9", "A", "a", "ab", "z", "ä", "飛", "😀");
    List<String> sorts = order.subList(1, order.size()); // a key must not be empty
    sorts.reversed().forEach(sort -> put(item(partition, sort)));
    assertThat(sorts(query(partition, query -> {}))).isEqualTo(sorts);
    assertThat(sorts(query(partition, query -> query.scanIndexForward(false))))
        .isEqualTo(sorts.reversed());

    List<String> found = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    List<Integer> pages = new ArrayList<>();
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse page = query(partition, query -> query.limit(5).exclusiveStartKey(from));
      found.addAll(sorts(page));
      pages.add(page.items().size());
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null);
    assertThat(found).isEqualTo(sorts);
    // if the limit ends a page, DynamoDB does not check for further items
    assertThat(pages).containsExactly(5, 5, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "'begins_with(sk, :a)',      b#1 b#2 b#3, b#,",
    "'sk >= :a',                 b#2 b#3 c,   b#2,",
    "'sk BETWEEN :a AND :b',     b#1 b#2,     b#1, b#2",
  })
  void a_query_reads_a_range(String range, String expected, String from, @Nullable String to) {
    String partition = partition();
    Stream.of("a", "b#1", "b#2", "b#3", "c").forEach(sort -> put(item(partition, sort)));
    Map<String, AttributeValue> values = new HashMap<>(Map.of(":pk", s(partition), ":a", s(from)));
    if (to != null) {
      values.put(":b", s(to));
    }

    QueryResponse found =
        query(
            partition,
            query ->
                query
                    .keyConditionExpression("pk = :pk AND " + range)
                    .expressionAttributeValues(values));

    assertThat(sorts(found)).containsExactly(expected.split(" "));
  }

  private static QueryResponse ranked(String group, Consumer<QueryRequest.Builder> more) {
    return client.query(query ->
        more.accept(
            query
                .tableName(TABLE)
                .indexName(RANKED.name())
                .keyConditionExpression("#g = :g")
                .expressionAttributeNames(Map.of("#g", "group"))
                .expressionAttributeValues(Map.of(":g", s(group)))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
  }

  @Test
  void an_index_contains_the_items_with_its_keys_and_only_projected_attributes() {
    String partition = partition();
    String group = partition();
    put(item(partition, "1", "group", s(group), "rank", s("b"), "title", s("B"), "text", s("b")));
    put(item(partition, "2", "group", s(group), "rank", s("a"), "title", s("A"), "text", s("a")));
    put(item(partition, "3", "group", s(group), "title", s("no rank")));
    put(item(partition, "4", "rank", s("a"), "title", s("no group")));

    QueryResponse first = ranked(group, query -> query.limit(1));

    assertThat(first.items())
        .containsExactly(item(partition, "2", "group", s(group), "rank", s("a"), "title", s("A")));
    assertThat(first.lastEvaluatedKey())
        .isEqualTo(item(partition, "2", "group", s(group), "rank", s("a")));
    QueryResponse rest = ranked(group, query -> query.exclusiveStartKey(first.lastEvaluatedKey()));
    assertThat(sorts(rest)).containsExactly("1");
    assertThat(rest.hasLastEvaluatedKey()).isFalse();

    put(item(partition, "2", "title", s("out of the group")));
    assertThat(sorts(ranked(group, query -> {}))).containsExactly("1");
  }

  @Test
  void an_index_refuses_consistent_reads() {
    assertInvalid(() -> ranked(partition(), query -> query.consistentRead(true)), "onsistent");
  }

  @Test
  void a_page_ends_at_a_megabyte() {
    String partition = partition();
    for (int number = 10; number < 40; number++) {
      put(itemOf(50 * KB, partition, "s" + number));
    }

    QueryResponse first = query(partition, query -> {});
    QueryResponse second =
        query(partition, query -> query.exclusiveStartKey(first.lastEvaluatedKey()));

    assertThat(first.items()).hasSize(20);
    assertThat(second.items()).hasSize(10);
    assertThat(second.hasLastEvaluatedKey()).isFalse();
  }

  private static KeysAndAttributes keys(List<Map<String, AttributeValue>> keys) {
    return KeysAndAttributes.builder().keys(keys).build();
  }

  @Test
  void keys_beyond_16_megabytes_of_a_batch_are_left_unprocessed() {
    String partition = partition();
    List<Map<String, AttributeValue>> left = new ArrayList<>();
    for (int number = 10; number < 60; number++) {
      put(itemOf(390 * KB, partition, "s" + number));
      left.add(key(partition, "s" + number));
    }

    Set<String> found = new HashSet<>();
    List<Integer> answered = new ArrayList<>();
    List<Map<String, AttributeValue>> wanted = left;
    while (!wanted.isEmpty()) {
      KeysAndAttributes request = keys(wanted);
      var response = client.batchGetItem(get -> get.requestItems(Map.of(TABLE, request)));
      List<Map<String, AttributeValue>> items = response.responses().getOrDefault(TABLE, List.of());
      items.forEach(item -> found.add(value(item, "sk").s()));
      answered.add(items.size());
      KeysAndAttributes unprocessed = response.unprocessedKeys().get(TABLE);
      wanted = unprocessed == null ? List.of() : unprocessed.keys();
    }

    assertThat(found).hasSize(50);
    assertThat(answered).hasSize(2);
    assertThat(answered.getFirst()).isBetween(41, 43); // 16 MB are 42 of these items
  }

  @Test
  void a_batch_returns_the_existing_items_and_has_limits() {
    String partition = partition();
    put(item(partition, "here"));
    KeysAndAttributes two = keys(List.of(key(partition, "here"), key(partition, "missing")));
    assertThat(
            client.batchGetItem(get -> get.requestItems(Map.of(TABLE, two))).responses().get(TABLE))
        .containsExactly(item(partition, "here"));

    KeysAndAttributes twice = keys(List.of(key(partition, "here"), key(partition, "here")));
    assertInvalid(
        () -> client.batchGetItem(get -> get.requestItems(Map.of(TABLE, twice))), "duplicates");
    KeysAndAttributes tooMany =
        keys(IntStream.range(0, 101).mapToObj(number -> key(partition, "s" + number)).toList());
    assertInvalid(
        () -> client.batchGetItem(get -> get.requestItems(Map.of(TABLE, tooMany))), "100");
    List<WriteRequest> writes =
        IntStream.range(0, 26)
            .mapToObj(number ->
                WriteRequest.builder()
                    .putRequest(put -> put.item(item(partition, "s" + number)))
                    .build())
            .toList();
    assertInvalid(
        () -> client.batchWriteItem(write -> write.requestItems(Map.of(TABLE, writes))), "25");
  }

  @Test
  void keys_and_items_have_limits() {
    assertInvalid(() -> put(item("", "s")), "empty");
    assertInvalid(() -> put(item(partition(), "")), "empty");
    assertInvalid(() -> put(item("p".repeat(2049), "s")), "2048");
    assertInvalid(() -> put(item(partition(), "s".repeat(1025))), "1024");
    put(item("p".repeat(2048), "s".repeat(1024)));
    assertInvalid(() -> put(itemOf(400 * KB + 1, "p", "s")), "size");
    put(itemOf(400 * KB, "p", "s"));
  }

  private static double units(@Nullable ConsumedCapacity capacity) {
    return Objects.requireNonNull(capacity).capacityUnits();
  }

  /** Every 4 KB, rounded up, consume one unit if the read is consistent, and half a unit if not. */
  @ParameterizedTest
  @CsvSource({"100, 0.5, 1", "4096, 0.5, 1", "4097, 1, 2", "40960, 5, 10", "0, 0.5, 1"})
  void a_get_consumes_units_by_item_size_and_a_minimum_for_an_absent_item(
      int bytes, double eventual, double consistent) {
    String partition = partition();
    if (bytes > 0) {
      put(itemOf(bytes, partition, "s"));
    }

    for (boolean isConsistent : new boolean[] {false, true}) {
      ConsumedCapacity capacity =
          client
              .getItem(get ->
                  get.tableName(TABLE)
                      .key(key(partition, "s"))
                      .consistentRead(isConsistent)
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
              .consumedCapacity();
      assertThat(units(capacity)).isEqualTo(isConsistent ? consistent : eventual);
    }
  }

  @Test
  void a_batch_consumes_the_units_of_each_of_its_items() {
    String partition = partition();
    put(itemOf(100, partition, "small"));
    put(itemOf(4097, partition, "large"));
    KeysAndAttributes three =
        keys(List.of(key(partition, "small"), key(partition, "large"), key(partition, "none")));

    List<ConsumedCapacity> capacity =
        client
            .batchGetItem(get ->
                get.requestItems(Map.of(TABLE, three))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity();

    assertThat(capacity.stream().mapToDouble(LocalEngineTest::units).sum()).isEqualTo(2);
  }

  @Test
  void a_query_consumes_units_by_the_total_size_of_its_items() {
    String partition = partition();
    for (int number = 0; number < 8; number++) {
      put(itemOf(KB, partition, "s" + number));
    }

    assertThat(units(query(partition, query -> {}).consumedCapacity())).isEqualTo(1);
    assertThat(units(query(partition, query -> query.consistentRead(true)).consumedCapacity()))
        .isEqualTo(2);
    assertThat(units(query(partition, query -> query.limit(4)).consumedCapacity())).isEqualTo(0.5);
  }

  @Test
  void a_query_without_results_consumes_half_a_unit() {
    assertThat(units(query(partition(), query -> {}).consumedCapacity())).isEqualTo(0.5);
  }

  @Test
  void a_projection_saves_no_units() {
    String partition = partition();
    put(itemOf(40 * KB, partition, "s"));
    KeysAndAttributes one =
        KeysAndAttributes.builder()
            .keys(List.of(key(partition, "s")))
            .projectionExpression("pk")
            .build();

    ConsumedCapacity query =
        query(partition, request -> request.projectionExpression("pk")).consumedCapacity();
    ConsumedCapacity batch =
        client
            .batchGetItem(get ->
                get.requestItems(Map.of(TABLE, one))
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity()
            .getFirst();

    assertThat(units(query)).isEqualTo(5);
    assertThat(units(batch)).isEqualTo(5);
  }

  /** A write consumes one unit for each KB, in the table and in each index that it changes. */
  @Test
  void a_put_consumes_units_for_the_table_and_for_its_indexes() {
    String partition = partition();
    assertThat(putUnits(itemOf(KB, partition, "a"))).isEqualTo(1);
    assertThat(putUnits(itemOf(KB + 1, partition, "b"))).isEqualTo(2);
    assertThat(putUnits(itemOf(100, partition, "b"))).isEqualTo(2); // the larger of old and new
    Map<String, AttributeValue> in =
        item(partition, "c", "group", s(partition), "rank", s("1"), "title", s("t"));
    assertThat(putUnits(in)).isEqualTo(2);
    assertThat(putUnits(in)).isEqualTo(1); // nothing changes in the index
    Map<String, AttributeValue> moved = new HashMap<>(in);
    moved.put("rank", s("2"));
    assertThat(putUnits(moved)).isEqualTo(3); // table, removal and addition in the index
  }

  private static double putUnits(Map<String, AttributeValue> item) {
    return units(
        client
            .putItem(put ->
                put.tableName(TABLE)
                    .item(item)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity());
  }

  /** Each item of a transaction is prepared and committed, which consumes two units for each KB. */
  @Test
  void a_transaction_consumes_twice_the_units() {
    String partition = partition();
    put(item(partition, "there"));
    put(item(partition, "gone"));

    List<ConsumedCapacity> capacity =
        client
            .transactWriteItems(write ->
                write
                    .transactItems(
                        transactPut(itemOf(KB, partition, "a")),
                        transactPut(itemOf(KB + 1, partition, "b")),
                        TransactWriteItem.builder()
                            .conditionCheck(check ->
                                check
                                    .tableName(TABLE)
                                    .key(key(partition, "there"))
                                    .conditionExpression("attribute_exists(pk)"))
                            .build(),
                        TransactWriteItem.builder()
                            .delete(delete -> delete.tableName(TABLE).key(key(partition, "gone")))
                            .build())
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity();

    assertThat(capacity.stream().mapToDouble(LocalEngineTest::units).sum())
        .isEqualTo(2 + 4 + 2 + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void a_scan_returns_each_item_once(int limit) {
    String table = "scanned-" + limit;
    LocalDynamo.createTable(LocalDynamo.client(engine.endpoint()), table, TableDefinition.of());
    for (int number = 0; number < 20; number++) {
      Map<String, AttributeValue> item = item("p" + number % 3, "s" + number);
      client.putItem(put -> put.tableName(table).item(item));
    }

    List<Map<String, AttributeValue>> found = new ArrayList<>();
    Map<String, AttributeValue> start = null;
    do {
      Map<String, AttributeValue> from = start;
      ScanResponse page =
          client.scan(scan -> scan.tableName(table).limit(limit).exclusiveStartKey(from));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.items());
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
    } while (start != null);

    assertThat(found).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void creating_an_existing_table_does_not_change_it() {
    Map<String, AttributeValue> there = item(partition(), "s");
    put(there);

    LocalDynamo.createTable(
        LocalDynamo.client(engine.endpoint()), TABLE, TableDefinition.of(RANKED));

    assertThat(get(there)).isEqualTo(there);
  }

  /**
   * Known differences from DynamoDB. If a test fails here after an upgrade, the engine no longer
   * differs: remove the test and its line in {@code docs/local-engine.md}.
   */
  @Nested
  final class Differences {

    @Test
    void a_get_with_a_projection_consumes_units_by_the_projected_size() {
      String partition = partition();
      put(itemOf(40 * KB, partition, "s"));

      ConsumedCapacity capacity =
          client
              .getItem(get ->
                  get.tableName(TABLE)
                      .key(key(partition, "s"))
                      .projectionExpression("pk")
                      .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
              .consumedCapacity();

      assertThat(units(capacity)).isEqualTo(0.5); // DynamoDB: 5, as for the whole item
    }

    @Test
    void a_query_may_start_outside_of_its_range() {
      String partition = partition();
      put(item(partition, "b"));

      QueryResponse found =
          query(
              partition,
              query ->
                  query
                      .keyConditionExpression("pk = :pk AND sk >= :b")
                      .expressionAttributeValues(Map.of(":pk", s(partition), ":b", s("b")))
                      .exclusiveStartKey(key(partition, "a")));

      assertThat(sorts(found)).containsExactly("b");
    }

    @Test
    void a_query_may_project_attributes_outside_the_index() {
      String partition = partition();
      put(item(partition, "1", "group", s(partition), "rank", s("a"), "text", s("b")));

      QueryResponse found =
          ranked(
              partition,
              query ->
                  query
                      .projectionExpression("#x")
                      .expressionAttributeNames(Map.of("#g", "group", "#x", "text")));

      assertThat(found.items()).containsExactly(Map.of());
    }
  }
}
