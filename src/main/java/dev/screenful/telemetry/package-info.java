/**
 * What a request leaves behind for those who run the service: log lines. Clients never see what is
 * written here, and nothing here decides what clients see.
 */
@NullMarked
package dev.screenful.telemetry;

import org.jspecify.annotations.NullMarked;
