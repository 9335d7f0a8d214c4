package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.alarm.Alarms;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.Queue;

/** The properties of a {@link SourceQueue}. Null always means the default. */
public final class SourceQueueProps {
    private final @Nullable Boolean fifo;
    private final @Nullable Duration visibilityTimeout;
    private final @Nullable Number maxReceiveCount;
    private final @Nullable Alarms alarms;
    private final @Nullable RemovalPolicy removalPolicy;
    private final @Nullable Consumer<Queue.Builder> customizeQueue;

    private SourceQueueProps(Setters<?> from) {
        this.fifo = from.fifo;
        this.visibilityTimeout = from.visibilityTimeout;
        this.maxReceiveCount = from.maxReceiveCount;
        this.alarms = from.alarms;
        this.removalPolicy = from.removalPolicy;
        this.customizeQueue = from.customizeQueue;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is a FIFO queue} */
    public @Nullable Boolean getFifo() {
        return fifo;
    }

    /** {@return how long a message is hidden from others that was received} */
    public @Nullable Duration getVisibilityTimeout() {
        return visibilityTimeout;
    }

    /** {@return how often a message is received before it goes to the dead-letter queue} */
    public @Nullable Number getMaxReceiveCount() {
        return maxReceiveCount;
    }

    /** {@return which alarms there are, and whom they tell} */
    public @Nullable Alarms getAlarms() {
        return alarms;
    }

    /** {@return what happens to the queues when they leave the stack} */
    public @Nullable RemovalPolicy getRemovalPolicy() {
        return removalPolicy;
    }

    /** {@return the last word on the queue} */
    public @Nullable Consumer<Queue.Builder> getCustomizeQueue() {
        return customizeQueue;
    }

    /** Builds {@link SourceQueueProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<SourceQueueProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** {@return the properties} */
        @Override
        public SourceQueueProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> {
        private @Nullable Boolean fifo;
        private @Nullable Duration visibilityTimeout;
        private @Nullable Number maxReceiveCount;
        private @Nullable Alarms alarms;
        private @Nullable RemovalPolicy removalPolicy;
        private @Nullable Consumer<Queue.Builder> customizeQueue;

        /** {@return this builder} */
        protected abstract B self();

        /**
         * Sets whether it is a FIFO queue, as its dead-letter queue then is too: the messages of a group are processed in
         * their order, and none twice that was sent twice within 5 minutes.
         *
         * <p>Default: a standard queue.
         *
         * @param fifo whether it is one
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html">Amazon
         *     SQS FIFO queues</a>
         */
        public B fifo(@Nullable Boolean fifo) {
            this.fifo = fifo;
            return self();
        }

        /**
         * Sets how long a message is hidden from others that was received: longer than processing it takes, else it is
         * processed twice.
         *
         * <p>Default: {@value SourceQueue#DEFAULT_VISIBILITY_TIMEOUT_SECONDS} seconds.
         *
         * @param visibilityTimeout 0 to 43200 whole seconds; for a function that Lambda polls for, 6 times its timeout
         * @return this builder
         * @see <a
         *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html">Amazon
         *     SQS visibility timeout</a>
         */
        public B visibilityTimeout(@Nullable Duration visibilityTimeout) {
            this.visibilityTimeout = visibilityTimeout;
            return self();
        }

        /**
         * Sets how often a message is received before it goes to the dead-letter queue. With less than 5 a message gets
         * there too that was only received while no concurrency was left.
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
         * Sets alarms on messages that wait for long, see {@link Alarms#messageAge}, and on messages in the dead-letter
         * queue.
         *
         * <p>Default: no alarms.
         *
         * @param alarms whom they tell, and from where on
         * @return this builder
         */
        public B alarms(@Nullable Alarms alarms) {
            this.alarms = alarms;
            return self();
        }

        /**
         * Sets what happens to both queues, and what lies in them, when they leave the stack.
         *
         * <p>Default: what the {@link dev.ashlar.constructs.profile.Profile} says: in production they are kept, in
         * development deleted.
         *
         * @param removalPolicy {@code RETAIN}, {@code RETAIN_ON_UPDATE_OR_DELETE} or {@code DESTROY}
         * @return this builder
         */
        public B removalPolicy(@Nullable RemovalPolicy removalPolicy) {
            this.removalPolicy = removalPolicy;
            return self();
        }

        /**
         * Sets the last word on the queue: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeQueue changes CDK's builder; not its {@code fifo}, its {@code deadLetterQueue}, and its {@code
         *     encryption} to {@code KMS_MANAGED}
         * @return this builder
         */
        public B customizeQueue(@Nullable Consumer<Queue.Builder> customizeQueue) {
            this.customizeQueue = customizeQueue;
            return self();
        }

        final SourceQueueProps toProps() {
            return new SourceQueueProps(this);
        }
    }
}
