/** Thumbnails of the pictures in a bucket: one Lambda function behind a queue, one DynamoDB table. */
@NullMarked
package dev.ashlar.examples.thumbnails;

import org.jspecify.annotations.NullMarked;
