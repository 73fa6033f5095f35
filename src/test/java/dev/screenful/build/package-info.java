/** Tests of what the build writes for apps. */
@NullMarked
package dev.screenful.build;

import org.jspecify.annotations.NullMarked;
