/** What patterns need that process the messages of a queue. */
@NullMarked
package dev.ashlar.constructs.queue.internal;

import org.jspecify.annotations.NullMarked;
