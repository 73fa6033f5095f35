package dev.screenful.store;

import dev.screenful.dynamodb.DynamoDb;

/**
 * The app's DynamoDB table. Requests read it through a {@link Store} and write it through {@link
 * Transactions}.
 *
 * @param client the connection to DynamoDB
 * @param name the table's name
 * @param definition its indexes and item types
 * @param cache the public items that this function instance has read lately
 */
public record Table(DynamoDb client, String name, TableDefinition definition, ItemCache cache) {

  /** The capacity of the cache; a flight or an airport takes about a kilobyte. */
  private static final int CACHED_ITEMS = 1000;

  public Table(DynamoDb client, String name, TableDefinition definition) {
    this(client, name, definition, new ItemCache(CACHED_ITEMS));
  }
}
