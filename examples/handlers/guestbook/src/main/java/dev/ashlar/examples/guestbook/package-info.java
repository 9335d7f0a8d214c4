/** A guestbook behind an HTTP API: one Lambda function, one DynamoDB table. */
@NullMarked
package dev.ashlar.examples.guestbook;

import org.jspecify.annotations.NullMarked;
