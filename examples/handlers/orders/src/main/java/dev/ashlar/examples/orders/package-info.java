/** Orders from a queue, confirmed into a table: a Lambda function that is handed messages in batches. */
@NullMarked
package dev.ashlar.examples.orders;

import org.jspecify.annotations.NullMarked;
