package dev.screenful.execution;

/**
 * How long a response may be cached: as long as its shortest-lived field, and by one caller only if
 * any field is private.
 *
 * @param maxAge in seconds; 0 lets a client keep the response and revalidate it by its entity tag
 * @param isPrivate whether the response is for this caller only
 */
public record CachePolicy(int maxAge, boolean isPrivate) {}
