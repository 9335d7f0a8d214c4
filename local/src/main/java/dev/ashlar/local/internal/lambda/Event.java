package dev.ashlar.local.internal.lambda;

/**
 * What a process is to handle.
 *
 * @param requestId the invocation's id
 * @param arn the ARN that was invoked, with its qualifier
 * @param payload the event, as JSON
 */
// Nobody compares events.
@SuppressWarnings("ArrayRecordComponent")
record Event(String requestId, String arn, byte[] payload) {}
