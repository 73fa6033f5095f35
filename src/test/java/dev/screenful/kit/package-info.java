/**
 * The test kit: an app as on Lambda, a phone that calls it, and the tests that guard any app. Each
 * app, and each test of the engine, says which app it tests.
 */
@NullMarked
package dev.screenful.kit;

import org.jspecify.annotations.NullMarked;
