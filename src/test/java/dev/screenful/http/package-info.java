/** Tests of GraphQL over HTTP that no client can see. */
@NullMarked
package dev.screenful.http;

import org.jspecify.annotations.NullMarked;
