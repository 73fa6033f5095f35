/** Tests of the build: schema checks, releases, and files for apps. */
@NullMarked
package dev.screenful.build;

import org.jspecify.annotations.NullMarked;
