/**
 * JSON by streams, from and to plain maps and lists. No data binding: binding looks classes up by
 * reflection, and that is the most expensive thing a cold start can do. Any room may use this one;
 * it knows none of them.
 */
@NullMarked
package dev.screenful.json;

import org.jspecify.annotations.NullMarked;
