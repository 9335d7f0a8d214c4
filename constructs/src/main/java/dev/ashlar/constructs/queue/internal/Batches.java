package dev.ashlar.constructs.queue.internal;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;

/**
 * How the messages of a queue are handed to a function.
 *
 * @param size how many messages at once, at most; null for 10
 * @param window how long Lambda gathers them; null for not at all
 * @param maxConcurrency how many batches at the same time, at most; null for the default
 * @param filters what the body of a message must match, one of them; none for all messages
 */
public record Batches(
        @Nullable Number size,
        @Nullable Duration window,
        @Nullable Number maxConcurrency,
        List<Map<String, Object>> filters) {

    /** How many batches are processed at the same time, unless given: {@value}. */
    public static final int DEFAULT_MAX_CONCURRENCY = 10;

    static final int MIN_CONCURRENCY = 2;

    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
    private static final int LARGEST_WITHOUT_WINDOW = 10;
    private static final int LARGEST = 10_000;
    private static final int LONGEST_WINDOW_SECONDS = 300;

    /**
     * Checks all that is known before there is a function.
     *
     * @param construct the construct that processes the queue
     * @param fifo whether it is a FIFO queue
     * @throws IllegalArgumentException if Lambda takes no such settings
     */
    public void check(Construct construct, boolean fifo) {
        Check check = Check.of(construct);
        check.between(
                "batchSize",
                size,
                1,
                fifo ? LARGEST_WITHOUT_WINDOW : LARGEST,
                fifo ? "messages of a FIFO queue" : "messages");
        check.between("maxConcurrency", maxConcurrency, MIN_CONCURRENCY, 1000, "batches");
        if (window == null) {
            check.that(
                    size == null || Tokens.isUnresolved(size) || size.intValue() <= LARGEST_WITHOUT_WINDOW,
                    "maxBatchingWindow must be given with a batchSize above 10, got " + size
                            + " alone; Lambda gathers so many messages for 1 to 300 seconds");
            return;
        }
        check.that(
                !fifo,
                "maxBatchingWindow must not be given with a FIFO queue, got " + window.toHumanString()
                        + "; Lambda takes its messages as they come");
        check.between(
                "maxBatchingWindow",
                window,
                size != null && !Tokens.isUnresolved(size) && size.intValue() > LARGEST_WITHOUT_WINDOW ? 1 : 0,
                LONGEST_WINDOW_SECONDS,
                "");
    }

    /** The longest time that Lambda gathers messages, in seconds. */
    int longestWindow() {
        if (window == null) {
            return 0;
        }
        return window.isUnresolved()
                ? LONGEST_WINDOW_SECONDS
                : window.toSeconds().intValue();
    }
}
