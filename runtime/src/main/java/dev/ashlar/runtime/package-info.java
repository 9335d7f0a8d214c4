/**
 * What code needs inside a Lambda function to speak with what Ashlar puts around it. It depends on nothing beyond {@code
 * aws-lambda-java-core}.
 */
@NullMarked
package dev.ashlar.runtime;

import org.jspecify.annotations.NullMarked;
