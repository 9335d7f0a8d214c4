/** Prices for orders of stone: a Lambda function that is invoked directly and calls nobody. */
@NullMarked
package dev.ashlar.examples.quotes;

import org.jspecify.annotations.NullMarked;
