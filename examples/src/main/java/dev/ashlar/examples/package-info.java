/** One CDK app that shows each construct and pattern at work. */
@NullMarked
package dev.ashlar.examples;

import org.jspecify.annotations.NullMarked;
