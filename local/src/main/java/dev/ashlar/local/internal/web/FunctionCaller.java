package dev.ashlar.local.internal.web;

import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.lambda.Invocation;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls functions for APIs, and says in the log why one gave no answer. */
final class FunctionCaller {
    /** {@code arn:aws:apigateway:...:path/2015-03-31/functions/<arn>/invocations}. */
    private static final Pattern INVOCATION_URI = Pattern.compile(".*/functions/(arn:.+)/invocations");

    private final Functions functions;
    private final ExecutorService executor;
    private final Consumer<String> log;

    FunctionCaller(Functions functions, ExecutorService executor, Consumer<String> log) {
        this.functions = functions;
        this.executor = executor;
        this.log = log;
    }

    /** Why there is no answer. */
    enum Failure {
        FAILED,
        THROTTLED,
        TIMED_OUT
    }

    /** A function gave no answer. */
    static final class FailureException extends Exception {
        private static final long serialVersionUID = 1L;

        private final Failure failure;

        FailureException(Failure failure, @Nullable String message) {
            super(message);
            this.failure = failure;
        }

        Failure getFailure() {
            return failure;
        }
    }

    /** {@return the ARN of the function that the URI of an integration or authorizer means} */
    static String arn(String uri) {
        Matcher matcher = INVOCATION_URI.matcher(uri);
        return matcher.matches() ? matcher.group(1) : uri;
    }

    /** {@return the function's name and alias, for people} */
    static String name(String arn) {
        return arn(arn).replaceFirst("^arn:[^:]*:lambda:[^:]*:[^:]*:function:", "");
    }

    /** {@return what a function returned within a time} */
    byte[] call(String arn, byte[] event, long timeoutMillis) throws FailureException {
        Future<Invocation> running = executor.submit(() -> functions.invoke(arn, event));
        try {
            Invocation invocation = running.get(timeoutMillis, TimeUnit.MILLISECONDS);
            return switch (invocation.outcome()) {
                case RETURNED -> invocation.payload();
                case FAILED -> throw new FailureException(Failure.FAILED, "failed: " + invocation.text());
                case THROTTLED -> throw new FailureException(Failure.THROTTLED, "was throttled: " + invocation.text());
            };
        } catch (TimeoutException e) {
            throw new FailureException(Failure.TIMED_OUT, "did not answer within " + timeoutMillis + " ms");
        } catch (ExecutionException e) {
            throw new FailureException(Failure.FAILED, "could not be called: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(Failure.FAILED, "was interrupted");
        }
    }

    /** {@return what a function answers to a call} */
    Response answer(String path, String arn, Call call, String format, long timeoutMillis) throws FailureException {
        try {
            return LambdaAnswer.read(
                    call(arn, HttpEvents.write(HttpEvents.event(call, format)), timeoutMillis), format);
        } catch (LambdaAnswer.InvalidException e) {
            tell(path, call, arn, "returned what is not an answer: " + e.getMessage());
            throw new FailureException(Failure.FAILED, e.getMessage());
        } catch (FailureException e) {
            tell(path, call, arn, e.getMessage());
            throw e;
        }
    }

    void tell(String path, Call call, String arn, @Nullable String what) {
        log.accept("[%s] %s %s: the function %s %s"
                .formatted(path, call.request().method(), call.path(), name(arn), what));
    }
}
