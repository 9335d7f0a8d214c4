package dev.ashlar.patterns.queue;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.FunctionOptions;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.queue.SourceQueue;
import dev.ashlar.constructs.queue.internal.Batches;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;

/** The properties of a {@link QueueProcessor}. Null always means the default. */
public final class QueueProcessorProps extends FunctionOptions {
    private final @Nullable WarmFunction function;
    private final @Nullable IQueue queue;
    private final @Nullable Boolean fifo;
    private final @Nullable Number maxReceiveCount;
    private final @Nullable Number batchSize;
    private final @Nullable Duration maxBatchingWindow;
    private final @Nullable Number maxConcurrency;
    private final List<Map<String, ?>> filters;
    private final @Nullable Consumer<Queue.Builder> customizeQueue;

    private QueueProcessorProps(Setters<?> from) {
        super(from);
        this.function = from.function;
        this.queue = from.queue;
        this.fifo = from.fifo;
        this.maxReceiveCount = from.maxReceiveCount;
        this.batchSize = from.batchSize;
        this.maxBatchingWindow = from.maxBatchingWindow;
        this.maxConcurrency = from.maxConcurrency;
        this.filters = List.copyOf(from.filters);
        this.customizeQueue = from.customizeQueue;
        if (function == null && !describesFunction()) {
            throw new NullPointerException("code and handler, or function must be given");
        }
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the function that processes the messages} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the queue that exists already} */
    public @Nullable IQueue getQueue() {
        return queue;
    }

    /** {@return whether the own queue is a FIFO queue} */
    public @Nullable Boolean getFifo() {
        return fifo;
    }

    /** {@return how often a message is received before it goes to the dead-letter queue} */
    public @Nullable Number getMaxReceiveCount() {
        return maxReceiveCount;
    }

    /** {@return how many messages the function gets at once} */
    public @Nullable Number getBatchSize() {
        return batchSize;
    }

    /** {@return how long Lambda gathers messages} */
    public @Nullable Duration getMaxBatchingWindow() {
        return maxBatchingWindow;
    }

    /** {@return how many batches are processed at the same time} */
    public @Nullable Number getMaxConcurrency() {
        return maxConcurrency;
    }

    /** {@return what the body of a message must match, one of them} */
    public List<Map<String, ?>> getFilters() {
        return filters;
    }

    /** {@return the last word on the own queue} */
    public @Nullable Consumer<Queue.Builder> getCustomizeQueue() {
        return customizeQueue;
    }

    /** Builds {@link QueueProcessorProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<QueueProcessorProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the properties.
         *
         * @return the properties
         * @throws NullPointerException if there is nothing to run
         */
        @Override
        public QueueProcessorProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> extends FunctionOptions.Setters<B> {
        private @Nullable WarmFunction function;
        private @Nullable IQueue queue;
        private @Nullable Boolean fifo;
        private @Nullable Number maxReceiveCount;
        private @Nullable Number batchSize;
        private @Nullable Duration maxBatchingWindow;
        private @Nullable Number maxConcurrency;
        private final List<Map<String, ?>> filters = new ArrayList<>();
        private @Nullable Consumer<Queue.Builder> customizeQueue;

        /**
         * Sets the function that processes the messages, instead of one that is made of {@code code}, {@code handler} and
         * the other options of a function.
         *
         * @param function a function that exists already
         * @return this builder
         */
        public B function(@Nullable WarmFunction function) {
            this.function = function;
            return self();
        }

        /**
         * Sets the queue, instead of an own one. Of a queue that was imported neither visibility timeout nor dead-letter
         * queue can be seen: the first should be 6 times the function's timeout and the batching window.
         *
         * <p>Default: an own queue with a dead-letter queue.
         *
         * @param queue a queue that exists already
         * @return this builder
         */
        public B queue(@Nullable IQueue queue) {
            this.queue = queue;
            return self();
        }

        /**
         * Sets whether the own queue is a FIFO queue: the messages of a group are processed in their order.
         *
         * <p>Default: a standard queue.
         *
         * @param fifo whether it is one
         * @return this builder
         */
        public B fifo(@Nullable Boolean fifo) {
            this.fifo = fifo;
            return self();
        }

        /**
         * Sets how often a message of the own queue is received before it goes to the dead-letter queue. With less than 5
         * a message gets there too that was only received while no concurrency was left.
         *
         * <p>Default: {@value SourceQueue#DEFAULT_MAX_RECEIVE_COUNT}.
         *
         * @param maxReceiveCount 1 to 1000
         * @return this builder
         */
        public B maxReceiveCount(@Nullable Number maxReceiveCount) {
            this.maxReceiveCount = maxReceiveCount;
            return self();
        }

        /**
         * Sets how many messages the function gets at once, at most. Its timeout is for all of them together.
         *
         * <p>Default: Lambda's, 10.
         *
         * @param batchSize 1 to 10000, of a FIFO queue 1 to 10; above 10 with a {@link #maxBatchingWindow}
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html">Lambda parameters for
         *     Amazon SQS event source mappings</a>
         */
        public B batchSize(@Nullable Number batchSize) {
            this.batchSize = batchSize;
            return self();
        }

        /**
         * Sets how long Lambda gathers messages until a batch is full.
         *
         * <p>Default: not at all, the function gets what there is.
         *
         * @param maxBatchingWindow 0 to 300 whole seconds; not of a FIFO queue
         * @return this builder
         */
        public B maxBatchingWindow(@Nullable Duration maxBatchingWindow) {
            this.maxBatchingWindow = maxBatchingWindow;
            return self();
        }

        /**
         * Sets how many batches are processed at the same time, at most, so that a full queue leaves concurrency to the
         * account's other functions.
         *
         * <p>Default: {@value Batches#DEFAULT_MAX_CONCURRENCY}, or the function's reserved concurrency if that is less.
         *
         * @param maxConcurrency 2 to 1000
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html">Configuring scaling behavior
         *     for SQS event source mappings</a>
         */
        public B maxConcurrency(@Nullable Number maxConcurrency) {
            this.maxConcurrency = maxConcurrency;
            return self();
        }

        /**
         * Adds a filter: the function gets messages whose body is JSON and matches one of them. <strong>Lambda deletes all
         * other messages</strong>, without a trace; this is the warning {@code ashlar:filteredMessagesAreDeleted}.
         *
         * <p>Default: the function gets all messages.
         *
         * @param body what the body must match, such as {@code Map.of("kind", FilterRule.isEqual("order"))}
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html">Using event filtering with an
         *     Amazon SQS event source</a>
         */
        public B filter(Map<String, ?> body) {
            this.filters.add(requireNonNull(body, "body"));
            return self();
        }

        /**
         * Sets the last word on the own queue: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeQueue changes CDK's builder; not its {@code fifo}, its {@code deadLetterQueue}, and its {@code
         *     encryption} to {@code KMS_MANAGED}
         * @return this builder
         */
        public B customizeQueue(@Nullable Consumer<Queue.Builder> customizeQueue) {
            this.customizeQueue = customizeQueue;
            return self();
        }

        final QueueProcessorProps toProps() {
            return new QueueProcessorProps(this);
        }
    }
}
