package dev.screenful.build;

/**
 * The measured cost of a client that connects, subscribes to a live screen and leaves, beside that
 * of the answer itself.
 *
 * @param readUnits read units of the connection and the subscription
 * @param writeUnits write units of the connection and the subscription
 * @param millis the duration of the four invocations, with the answer, on the machine that measured
 */
public record MeasuredSubscription(double readUnits, double writeUnits, double millis) {}
