package dev.ashlar.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ashlar.local.internal.lambda.Execution;
import dev.ashlar.local.internal.lambda.Invocation;
import dev.ashlar.local.internal.lambda.LogLine;
import dev.ashlar.local.internal.template.Json;
import java.util.List;
import java.util.Optional;

/** How an invocation of a {@link LambdaRunner} ended, as Lambda's {@code Invoke} tells its caller. */
public final class LambdaResult {
    private final Execution execution;

    LambdaResult(Execution execution) {
        this.execution = execution;
    }

    /** {@return what the function returned; of an error {@code {"errorType": ..., "errorMessage": ...}}} */
    public String getPayload() {
        return execution.invocation().text();
    }

    /** {@return whether the function did not return: it threw, timed out, ended itself or was throttled} */
    public boolean isError() {
        return !execution.invocation().isReturned();
    }

    /** {@return whether no process was free, and no more may be started} */
    public boolean isThrottled() {
        return execution.invocation().outcome() == Invocation.Outcome.THROTTLED;
    }

    /**
     * Returns what went wrong: the class of an exception, or one of Lambda's own such as {@code Sandbox.Timedout},
     * {@code Runtime.ExitError} or {@code Function.ResponseSizeTooLarge}.
     *
     * @return the type, or nothing if the function returned
     */
    public Optional<String> getErrorType() {
        return error("errorType");
    }

    /** {@return what the exception or Lambda says, or nothing if the function returned} */
    public Optional<String> getErrorMessage() {
        return error("errorMessage");
    }

    /** {@return what the function logged meanwhile, from its start on if it was started for this, in lines as printed} */
    public List<String> getLog() {
        return execution.log().stream().map(LogLine::text).toList();
    }

    private Optional<String> error(String field) {
        try {
            return isError()
                    ? Optional.ofNullable(Json.parse(getPayload()).path(field).textValue())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** {@return the payload and the log} */
    @Override
    public String toString() {
        return getPayload() + "\n" + String.join("\n", getLog());
    }
}
