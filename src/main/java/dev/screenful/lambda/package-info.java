/**
 * The Lambda function of an app: what an instance builds once, when Lambda starts it. Only apps and
 * the tools for development use this room.
 */
@NullMarked
package dev.screenful.lambda;

import org.jspecify.annotations.NullMarked;
