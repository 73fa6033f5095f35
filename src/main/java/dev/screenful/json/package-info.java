/**
 * Streaming JSON, to and from plain maps and lists. There is no data binding, because it inspects
 * classes by reflection, which is the most expensive part of a cold start. Any room may use this
 * one; it uses no other room.
 */
@NullMarked
package dev.screenful.json;

import org.jspecify.annotations.NullMarked;
