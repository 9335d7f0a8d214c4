package dev.ashlar.constructs.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;

/** The properties of a {@link WarmFunction}. */
public final class WarmFunctionProps extends FunctionOptions {
    private final @Nullable Number retryAttempts;
    private final @Nullable Duration maxEventAge;
    private final @Nullable Destination onFailure;
    private final @Nullable Destination onSuccess;
    private final @Nullable FunctionUrlOptions functionUrl;
    private final @Nullable Number reservedConcurrentExecutions;
    private final @Nullable Boolean retainVersions;

    private WarmFunctionProps(Setters<?> from) {
        super(from);
        this.retryAttempts = from.retryAttempts;
        this.maxEventAge = from.maxEventAge;
        this.onFailure = from.onFailure;
        this.onSuccess = from.onSuccess;
        this.functionUrl = from.functionUrl;
        this.reservedConcurrentExecutions = from.reservedConcurrentExecutions;
        this.retainVersions = from.retainVersions;
        List<String> missing = new ArrayList<>();
        if (getCode() == null) {
            missing.add("code");
        }
        if (getHandler() == null && !isImage()) {
            missing.add("handler");
        }
        if (!missing.isEmpty()) {
            throw new NullPointerException(String.join(" and ", missing) + " must be given");
        }
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return how often Lambda tries an asynchronous invocation again} */
    public @Nullable Number getRetryAttempts() {
        return retryAttempts;
    }

    /** {@return how old an event may become before Lambda gives it up} */
    public @Nullable Duration getMaxEventAge() {
        return maxEventAge;
    }

    /** {@return where records of asynchronous invocations go that failed for good} */
    public @Nullable Destination getOnFailure() {
        return onFailure;
    }

    /** {@return where records of asynchronous invocations go that succeeded} */
    public @Nullable Destination getOnSuccess() {
        return onSuccess;
    }

    /** {@return the function URL} */
    public @Nullable FunctionUrlOptions getFunctionUrl() {
        return functionUrl;
    }

    /** {@return the concurrency that is reserved for the function} */
    public @Nullable Number getReservedConcurrentExecutions() {
        return reservedConcurrentExecutions;
    }

    /** {@return whether versions stay that the alias no longer points to} */
    public @Nullable Boolean getRetainVersions() {
        return retainVersions;
    }

    /** Builds {@link WarmFunctionProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<WarmFunctionProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the properties.
         *
         * @return the properties
         * @throws NullPointerException naming all that is required and missing
         */
        @Override
        public WarmFunctionProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> extends FunctionOptions.Setters<B> {
        private @Nullable Number retryAttempts;
        private @Nullable Duration maxEventAge;
        private @Nullable Destination onFailure;
        private @Nullable Destination onSuccess;
        private @Nullable FunctionUrlOptions functionUrl;
        private @Nullable Number reservedConcurrentExecutions;
        private @Nullable Boolean retainVersions;

        /**
         * Sets how often Lambda tries an asynchronous invocation of the alias again that failed.
         *
         * <p>Default: Lambda's, 2.
         *
         * @param retryAttempts 0 to 2
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html">Configuring error
         *     handling settings for Lambda asynchronous invocations</a>
         */
        public B retryAttempts(@Nullable Number retryAttempts) {
            this.retryAttempts = retryAttempts;
            return self();
        }

        /**
         * Sets how old an event of an asynchronous invocation may become before Lambda gives it up.
         *
         * <p>Default: Lambda's, 6 hours.
         *
         * @param maxEventAge 60 to 21600 whole seconds
         * @return this builder
         */
        public B maxEventAge(@Nullable Duration maxEventAge) {
            this.maxEventAge = maxEventAge;
            return self();
        }

        /**
         * Sets where records of asynchronous invocations go that failed for good.
         *
         * <p>Default: they are dropped.
         *
         * @param onFailure the destination, to which the function's role may send
         * @return this builder
         */
        public B onFailure(@Nullable Destination onFailure) {
            this.onFailure = onFailure;
            return self();
        }

        /**
         * Sets where records of asynchronous invocations go that succeeded, with their answers.
         *
         * <p>Default: they are dropped.
         *
         * @param onSuccess the destination, to which the function's role may send
         * @return this builder
         */
        public B onSuccess(@Nullable Destination onSuccess) {
            this.onSuccess = onSuccess;
            return self();
        }

        /**
         * Gives the alias an HTTPS address of its own.
         *
         * <p>Default: none. With empty options: callers must sign with IAM, see {@link WarmFunction#grantInvokeUrl}; no
         * CORS; answers in one piece.
         *
         * @param functionUrl CDK's options
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html">Creating and managing Lambda
         *     function URLs</a>
         */
        public B functionUrl(@Nullable FunctionUrlOptions functionUrl) {
            this.functionUrl = functionUrl;
            return self();
        }

        /**
         * Sets how many instances may run at once, and keeps as many of the account's for this function.
         *
         * <p>Default: what the account has left.
         *
         * @param reservedConcurrentExecutions 0, which stops the function, or more
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html">Configuring reserved
         *     concurrency for a function</a>
         */
        public B reservedConcurrentExecutions(@Nullable Number reservedConcurrentExecutions) {
            this.reservedConcurrentExecutions = reservedConcurrentExecutions;
            return self();
        }

        /**
         * Sets whether versions stay that the alias no longer points to, so that one can point it back by hand. Nothing
         * deletes them then; they count against the 75 GB of code that Lambda keeps for nothing.
         *
         * <p>Default: false, a version goes when the next one is live.
         *
         * @param retainVersions whether they stay
         * @return this builder
         */
        public B retainVersions(@Nullable Boolean retainVersions) {
            this.retainVersions = retainVersions;
            return self();
        }

        final WarmFunctionProps toProps() {
            return new WarmFunctionProps(this);
        }
    }
}
