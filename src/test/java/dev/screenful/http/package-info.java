/** Tests of HTTP details that no response shows. */
@NullMarked
package dev.screenful.http;

import org.jspecify.annotations.NullMarked;
