/** Tests of DynamoDB's protocol below the store. */
@NullMarked
package dev.screenful.dynamodb;

import org.jspecify.annotations.NullMarked;
