/** Tests of endpoints, credentials and signatures. */
@NullMarked
package dev.screenful.aws;

import org.jspecify.annotations.NullMarked;
