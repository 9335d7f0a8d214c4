/** What invokes functions without anybody waiting: queues, rules, schedules and topics. */
@NullMarked
package dev.ashlar.local.internal.event;

import org.jspecify.annotations.NullMarked;
