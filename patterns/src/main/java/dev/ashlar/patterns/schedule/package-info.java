/** Work that is done by the clock. */
@NullMarked
package dev.ashlar.patterns.schedule;

import org.jspecify.annotations.NullMarked;
