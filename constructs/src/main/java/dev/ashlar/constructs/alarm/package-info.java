/** Alarms, and dashboards of what can be watched. */
@NullMarked
package dev.ashlar.constructs.alarm;

import org.jspecify.annotations.NullMarked;
