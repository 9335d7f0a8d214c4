/** The code of functions: what the tests put where Lambda puts it. */
@NullMarked
package dev.ashlar.runtime.task;

import org.jspecify.annotations.NullMarked;
