/** Tests of the events of API Gateway. */
@NullMarked
package dev.screenful.gateway;

import org.jspecify.annotations.NullMarked;
