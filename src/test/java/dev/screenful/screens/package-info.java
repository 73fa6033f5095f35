@NullMarked
package dev.screenful.screens;

import org.jspecify.annotations.NullMarked;
