package dev.ashlar.constructs.queue;

import dev.ashlar.constructs.alarm.Alarms;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.Queue;

/** The properties of a {@link DeadLetterQueue}. Null always means the default. */
public final class DeadLetterQueueProps {
    private final @Nullable Boolean fifo;
    private final @Nullable Alarms alarms;
    private final @Nullable RemovalPolicy removalPolicy;
    private final @Nullable Consumer<Queue.Builder> customizeQueue;

    private DeadLetterQueueProps(Setters<?> from) {
        this.fifo = from.fifo;
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

    /** {@return whom the alarm tells} */
    public @Nullable Alarms getAlarms() {
        return alarms;
    }

    /** {@return what happens to the queue when it leaves the stack} */
    public @Nullable RemovalPolicy getRemovalPolicy() {
        return removalPolicy;
    }

    /** {@return the last word on the queue} */
    public @Nullable Consumer<Queue.Builder> getCustomizeQueue() {
        return customizeQueue;
    }

    /** Builds {@link DeadLetterQueueProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<DeadLetterQueueProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** {@return the properties} */
        @Override
        public DeadLetterQueueProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> {
        private @Nullable Boolean fifo;
        private @Nullable Alarms alarms;
        private @Nullable RemovalPolicy removalPolicy;
        private @Nullable Consumer<Queue.Builder> customizeQueue;

        /** {@return this builder} */
        protected abstract B self();

        /**
         * Sets whether it is a FIFO queue, which the dead-letter queue of a FIFO queue has to be, and no other may: Lambda,
         * EventBridge and SNS send to standard queues alone.
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
         * Sets whom the alarm tells that goes off as soon as the queue holds a message.
         *
         * <p>Default: no alarm.
         *
         * @param alarms the topic; of the thresholds none is used
         * @return this builder
         */
        public B alarms(@Nullable Alarms alarms) {
            this.alarms = alarms;
            return self();
        }

        /**
         * Sets what happens to the queue, and what lies in it, when it leaves the stack.
         *
         * <p>Default: what the {@link dev.ashlar.constructs.profile.Profile} says: in production it is kept, in
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
         * @param customizeQueue changes CDK's builder; not its {@code encryption} to {@code KMS_MANAGED}
         * @return this builder
         */
        public B customizeQueue(@Nullable Consumer<Queue.Builder> customizeQueue) {
            this.customizeQueue = customizeQueue;
            return self();
        }

        final DeadLetterQueueProps toProps() {
            return new DeadLetterQueueProps(this);
        }
    }
}
