package dev.screenful.store;

import java.util.Arrays;
import java.util.List;

/**
 * What an app's one table looks like: its partition key is {@value Key#PARTITION}, its sort key
 * {@value Key#SORT}, and its indexes are these. The deployed table is made by {@code
 * template.yaml}, which a test holds against this.
 *
 * @param indexes the table's global secondary indexes, at most 20 (DynamoDB's default quota)
 */
public record TableDefinition(List<Index> indexes) {

  public TableDefinition {
    indexes = List.copyOf(indexes);
  }

  /** A table with these indexes. */
  public static TableDefinition of(Index... indexes) {
    return new TableDefinition(Arrays.asList(indexes));
  }
}
