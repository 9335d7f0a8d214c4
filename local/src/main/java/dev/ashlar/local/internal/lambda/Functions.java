package dev.ashlar.local.internal.lambda;

/** Invokes functions as Lambda's {@code Invoke} with {@code RequestResponse} does. */
public interface Functions {
    /**
     * Invokes a function, and waits for what it answers.
     *
     * @param arn the ARN of the function, of a version or of an alias
     * @param payload the event, as JSON
     * @return what it answered, or how it failed
     * @throws IllegalArgumentException if there is no such function
     */
    Invocation invoke(String arn, byte[] payload);
}
