/** The one function: all code that runs in Lambda runs in a {@code WarmFunction}. */
@NullMarked
package dev.ashlar.constructs.function;

import org.jspecify.annotations.NullMarked;
