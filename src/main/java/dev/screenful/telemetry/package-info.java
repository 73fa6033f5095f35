/**
 * What a request leaves behind for those who run the service: log lines, and metrics that
 * CloudWatch takes from them. Clients never see what is written here, and nothing here decides what
 * clients see.
 */
@NullMarked
package dev.screenful.telemetry;

import org.jspecify.annotations.NullMarked;
