package dev.ashlar.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler that answers pings itself and passes every other event on to yours.
 *
 * <pre>{@code
 * public final class NotesHandler extends WarmUp {
 *     public NotesHandler() {
 *         super(new Notes());
 *     }
 * }
 * }</pre>
 *
 * <p>{@code Notes} is a {@link RequestHandler} or a {@link RequestStreamHandler}, {@code NotesHandler} is what the function names as its
 * handler.
 *
 * <p>A ping is the event <code>{"ashlar":{"ping":{"holdMillis":75}}}</code> and nothing but that, white space between its parts aside.
 * It never enters your code. It occupies its instance for that many milliseconds, at most {@value Ping#MAX_HOLD_MILLIS}, so that pings
 * that arrive together meet as many instances, and is answered with <code>{"ashlar":"pong"}</code>. Nothing is logged, kept or called.
 *
 * <p>Every other event reaches your handler as it came. What a {@code RequestHandler} takes and returns is read and written by the same
 * classes of Lambda's runtime as without this one.
 *
 * <p>What is not promised: pings keep instances, they do not reserve any. Where real events arrive together with the pings, a new
 * instance may still start for one of them.
 */
public class WarmUp implements RequestStreamHandler {

    private static final byte[] PONG = "{\"ashlar\":\"pong\"}".getBytes(StandardCharsets.UTF_8);

    private final RequestStreamHandler handler;

    /**
     * Creates a handler around one that reads and writes the bytes itself.
     *
     * @param handler what takes every event that is no ping
     */
    public WarmUp(RequestStreamHandler handler) {
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    /**
     * Creates a handler around one that takes and returns objects. They are read and written as Lambda does: by {@code
     * aws-lambda-java-serialization}, which lies on the class path of each of Lambda's Java runtimes and of images that bring AWS's
     * runtime interface client, or by the one {@link com.amazonaws.services.lambda.runtime.CustomPojoSerializer} that the function brings.
     *
     * @param handler what takes every event that is no ping; of a class that says what it takes and returns, which a lambda expression
     *     does not
     * @throws IllegalArgumentException if the class of the handler does not say what it takes and returns
     * @throws IllegalStateException if {@code aws-lambda-java-serialization} is not there, or there are several {@code
     *     CustomPojoSerializer}s
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-custom-serialization.html">Custom serialization</a>
     */
    public WarmUp(RequestHandler<?, ?> handler) {
        Objects.requireNonNull(handler, "handler");
        try {
            this.handler = new TypedHandler(handler);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "WarmUp must find aws-lambda-java-serialization on the class path around a RequestHandler, got no "
                            + e.getMessage()
                            + "; Lambda's runtime brings it, in tests call the wrapped handler or add it",
                    e);
        }
    }

    /**
     * Answers a ping, and passes every other event on as it came.
     *
     * @param event the event; what is read of it to tell a ping is read again by the handler
     * @param answer what takes the answer
     * @param context passed on
     * @throws IOException if the event cannot be read, the answer cannot be written, or the handler throws it
     */
    @Override
    public final void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        InputStream input = event.markSupported() ? event : new BufferedInputStream(event);
        input.mark(Ping.MAX_READ);
        int holdMillis = Ping.holdMillis(input);
        if (holdMillis == Ping.NONE) {
            input.reset();
            handler.handleRequest(input, answer, context);
        } else {
            Ping.hold(holdMillis);
            answer.write(PONG);
        }
    }

    /**
     * Tells whether an event is a ping, and if it is, holds it first. One line instead of a class, for handlers that take a map:
     *
     * <pre>{@code
     * public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
     *     if (WarmUp.answers(event)) return Map.of();
     *     return quote(event);
     * }
     * }</pre>
     *
     * @param event what the handler was given
     * @return whether the event was a ping, which asks for nothing more than to be returned from
     */
    public static boolean answers(@Nullable Map<?, ?> event) {
        int holdMillis = Ping.holdMillis(event);
        if (holdMillis == Ping.NONE) {
            return false;
        }
        Ping.hold(holdMillis);
        return true;
    }
}
