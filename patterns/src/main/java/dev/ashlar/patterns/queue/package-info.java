/** A function that processes the messages of a queue. */
@NullMarked
package dev.ashlar.patterns.queue;

import org.jspecify.annotations.NullMarked;
