package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.local.internal.template.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What Lambda answers in place of a function that did not. */
final class Failure {
    private static final int SIGNALS = 128;
    private static final int KILL = 9;
    private static final int ABORT = 6;

    private Failure() {}

    static Invocation of(String type, String message) {
        return new Invocation(Invocation.Outcome.FAILED, json(type, message));
    }

    static Invocation throttled() {
        return new Invocation(Invocation.Outcome.THROTTLED, json("TooManyRequestsException", "Rate Exceeded."));
    }

    static Invocation timedOut(String requestId, Duration timeout) {
        return of(
                "Sandbox.Timedout",
                String.format(
                        Locale.ROOT,
                        "RequestId: %s Error: Task timed out after %.2f seconds",
                        requestId,
                        timeout.toMillis() / 1000.0));
    }

    /** The runner ends while the function runs. */
    static Invocation ended(String requestId) {
        return of("Local.Ended", "RequestId: " + requestId + " Error: Ended before it had answered");
    }

    static Invocation responseTooLarge(int limit) {
        return of(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + limit + " bytes).");
    }

    static Invocation requestTooLarge(int size, int limit) {
        return of(
                "RequestTooLargeException",
                "%d byte payload is too large for the RequestResponse invocation type (limit %d bytes)"
                        .formatted(size, limit));
    }

    static Invocation exited(String requestId, int status) {
        return of("Runtime.ExitError", "RequestId: " + requestId + " Error: " + reason(status));
    }

    private static String reason(int status) {
        if (status == 0) {
            return "Runtime exited without providing a reason";
        }
        return "Runtime exited with error: "
                + switch (status - SIGNALS) {
                    case KILL -> "signal: killed";
                    case ABORT -> "signal: aborted";
                    default -> "exit status " + status;
                };
    }

    static byte[] json(String type, String message) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("errorType", type);
        error.put("errorMessage", message);
        return Json.write(error).getBytes(UTF_8);
    }
}
