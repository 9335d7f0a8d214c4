package dev.ashlar.constructs.internal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question that CDK answers the same each time, asked once: each time would be a round trip to Node, and one more for each
 * object that comes back.
 *
 * @param <T> what it is about
 * @param <R> what comes back
 */
public final class Once<T, R> {
    // jsii keeps all objects of CDK's for as long as the JVM lives: nothing is kept longer by this.
    private final Map<T, Optional<R>> answers = new ConcurrentHashMap<>();
    private final Function<T, @Nullable R> question;

    /**
     * Makes a question.
     *
     * @param question what asks CDK
     */
    public Once(Function<T, @Nullable R> question) {
        this.question = question;
    }

    /**
     * Asks, if it was not asked before.
     *
     * @param about what it is about
     * @return the answer; null if there is none
     */
    public @Nullable R ask(T about) {
        Optional<R> known = answers.get(about);
        if (known != null) {
            return known.orElse(null);
        }
        R answer = question.apply(about);
        tell(about, answer);
        return answer;
    }

    /**
     * Takes an answer that is known without asking.
     *
     * @param about what it is about
     * @param answer the answer; null if there is none
     */
    public void tell(T about, @Nullable R answer) {
        answers.put(about, Optional.ofNullable(answer));
    }
}
