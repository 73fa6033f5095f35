/**
 * Logs, metrics and traces for operators. Clients never see them, and they do not affect responses.
 */
@NullMarked
package dev.screenful.telemetry;

import org.jspecify.annotations.NullMarked;
