package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How an invocation ended.
 *
 * @param outcome the kind
 * @param payload what the function returned, as JSON; else {@code {"errorMessage": ..., "errorType": ...}}
 */
@SuppressWarnings("ArrayRecordComponent") // It is compared with nothing, and made once for each event.
public record Invocation(Outcome outcome, byte[] payload) {
    /** The kinds. */
    public enum Outcome {
        /** The function returned. */
        RETURNED,
        /** The function threw, timed out, ran out of memory or ended itself: Lambda's {@code Unhandled}. */
        FAILED,
        /** No process was free, and no more may be started: Lambda's {@code TooManyRequestsException}. */
        THROTTLED
    }

    /** {@return whether the function returned} */
    public boolean isReturned() {
        return outcome == Outcome.RETURNED;
    }

    /** {@return the payload as text} */
    public String text() {
        return new String(payload, UTF_8);
    }
}
