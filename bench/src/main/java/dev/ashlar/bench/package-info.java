/** What Ashlar costs, beside what one would have without it. */
@NullMarked
package dev.ashlar.bench;

import org.jspecify.annotations.NullMarked;
