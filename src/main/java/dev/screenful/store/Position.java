package dev.screenful.store;

/**
 * A position in the order of a query: the sort key and the key of the item there. It does not
 * include the queried partition, so a forged position could not lead a query into another one. It
 * names an item, not an offset, so writes before it do not shift the next page.
 *
 * @param sort the query's sort key
 * @param key the primary key of the item
 */
public record Position(String sort, Key key) {}
