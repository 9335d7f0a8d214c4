package dev.ashlar.local.internal.lambda;

import java.util.List;

/**
 * An invocation with all that is known of it.
 *
 * @param invocation how it ended
 * @param log what was logged meanwhile; of a cold start from the start of the process on
 */
public record Execution(Invocation invocation, List<LogLine> log) {}
