/**
 * The schema of an app: the SDL files, checked against the fields that resolver classes registered.
 * This room also reads the directives of each field, builds projections from selection sets, and
 * reports every mistake at once.
 *
 * <p>Called by {@code execution}, {@code build} and the front door. It never sees a request, and
 * uses graphql-java's schema and parser only.
 */
@NullMarked
package dev.screenful.schema;

import org.jspecify.annotations.NullMarked;
