package dev.screenful.execution;

/**
 * How long an answer may be kept: as long as the shortest-lived of its parts, and by its reader
 * alone as soon as one part is private.
 *
 * @param maxAge in seconds; 0 means that it may be kept to be asked for again by its entity tag,
 *     but not shown before
 * @param isPrivate whether it is for this caller only
 */
public record CachePolicy(int maxAge, boolean isPrivate) {}
