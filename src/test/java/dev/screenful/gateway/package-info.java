@NullMarked
package dev.screenful.gateway;

import org.jspecify.annotations.NullMarked;
