package dev.ashlar.examples.guestbook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered as asked; the message is a sentence for the client. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String allow;

    Problem(int status, String message) {
        this(status, message, null);
    }

    private Problem(int status, String message, @Nullable String allow) {
        // An answer, not a failure: nobody reads its stack trace.
        super(message, null, false, false);
        this.status = status;
        this.allow = allow;
    }

    /** A 405 that tells which methods the path knows. */
    static Problem methodNotAllowed(String allow) {
        return new Problem(405, "This path takes only " + allow + ".", allow);
    }

    APIGatewayV2HTTPResponse toResponse() {
        Map<String, String> headers = allow == null ? Map.of() : Map.of("allow", allow);
        return Json.response(status, Map.of("message", String.valueOf(getMessage())), headers);
    }
}
