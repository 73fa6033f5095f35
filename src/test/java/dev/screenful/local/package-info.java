/** Tests of the development server over HTTP, and of the local engine. */
@NullMarked
package dev.screenful.local;

import org.jspecify.annotations.NullMarked;
