/** Queues between those who send and those who process, each with a place for what fails for good. */
@NullMarked
package dev.ashlar.constructs.queue;

import org.jspecify.annotations.NullMarked;
