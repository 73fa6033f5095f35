package dev.screenful.store;

import dev.screenful.dynamodb.Expressions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds the expressions of one DynamoDB request. Names and values are always placeholders, so
 * client input is never parsed as syntax, and no attribute collides with one of DynamoDB's 573
 * reserved words.
 */
final class Expression {

  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** The projection expression; null for all attributes. */
  @Nullable String projection(Projection projection) {
    return projection.isWhole()
        ? null
        : projection.attributes().stream().map(this::name).collect(Collectors.joining(", "));
  }

  String keyCondition(Query query) {
    String sort = query.sortAttribute();
    String partition = name(query.partitionAttribute()) + " = " + value(query.partition());
    return switch (query.range()) {
      case Query.All() -> partition;
      case Query.Prefix(String prefix) ->
          "%s AND begins_with(%s, %s)".formatted(partition, name(sort), value(prefix));
      case Query.From(String from) ->
          "%s AND %s >= %s".formatted(partition, name(sort), value(from));
      case Query.Between(String from, String to) ->
          "%s AND %s BETWEEN %s AND %s".formatted(partition, name(sort), value(from), value(to));
    };
  }

  String condition(Condition condition) {
    return switch (condition) {
      case Condition.Absent() -> "attribute_not_exists(" + name(Key.PARTITION) + ")";
      case Condition.Present() -> "attribute_exists(" + name(Key.PARTITION) + ")";
      case Condition.Compared(String attribute, String comparator, @Nullable Object value) ->
          name(attribute) + " " + comparator + " " + value(value);
      case Condition.Lacks(String attribute) -> "attribute_not_exists(" + name(attribute) + ")";
      case Condition.Either(Condition one, Condition other) ->
          "(%s) OR (%s)".formatted(condition(one), condition(other));
      case Condition.Both(Condition one, Condition other) ->
          "(%s) AND (%s)".formatted(condition(one), condition(other));
    };
  }

  /** The update that adds a number to an attribute, and one to the item's version. */
  String addition(String attribute, long amount) {
    return "ADD %s %s, %s %s"
        .formatted(name(attribute), value(amount), name(Transaction.VERSION), value(1));
  }

  /** All placeholders so far. */
  Expressions placeholders() {
    Map<String, String> names = new LinkedHashMap<>();
    placeholders.forEach((attribute, placeholder) -> names.put(placeholder, attribute));
    return new Expressions(names, values);
  }

  private String name(String attribute) {
    return placeholders.computeIfAbsent(attribute, unseen -> "#n" + placeholders.size());
  }

  private String value(@Nullable Object value) {
    String placeholder = ":v" + values.size();
    values.put(placeholder, Item.stored(value));
    return placeholder;
  }
}
