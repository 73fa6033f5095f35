package dev.screenful.build;

import org.jspecify.annotations.Nullable;

/**
 * What it costs to open a screen as its example says.
 *
 * @param name the screen
 * @param response the whole response
 * @param bytes of it, before it is compressed
 * @param reads items read in the store
 * @param trips calls to the store
 * @param readUnits as DynamoDB reports them
 * @param writeUnits as DynamoDB reports them
 * @param millis in the function, the median of some openings; on the machine that measured
 */
public record MeasuredScreen(
    String name,
    @Nullable Object response,
    int bytes,
    int reads,
    int trips,
    double readUnits,
    double writeUnits,
    double millis) {}
