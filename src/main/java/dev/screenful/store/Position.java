package dev.screenful.store;

/**
 * A place in the order of a query: the sort value there and the key of the item that stands there.
 * The partition is not part of it, so a position can't lead a query out of the partition that its
 * arguments name. Since it names an item, not a count, a page that begins after it is the same
 * however much is written before it meanwhile.
 *
 * @param sort value of the query's sort key
 * @param key primary key of the item
 */
public record Position(String sort, Key key) {}
