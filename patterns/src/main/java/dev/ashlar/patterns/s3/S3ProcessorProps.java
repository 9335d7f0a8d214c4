package dev.ashlar.patterns.s3;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.FunctionOptions;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.queue.internal.Batches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;

/** The properties of an {@link S3Processor}. Null always means the default. */
public final class S3ProcessorProps extends FunctionOptions {
    private final @Nullable WarmFunction function;
    private final @Nullable IBucket bucket;
    private final List<ObjectFilter> inputs;
    private final Set<ObjectChange> changes;
    private final @Nullable IBucket outputBucket;
    private final @Nullable String output;
    private final boolean tellsMissing;
    private final boolean direct;
    private final @Nullable Number batchSize;
    private final @Nullable Number maxConcurrency;
    private final List<String> corsOrigins;
    private final @Nullable Consumer<Bucket.Builder> customizeBucket;

    private S3ProcessorProps(Setters<?> from) {
        super(from);
        this.function = from.function;
        this.bucket = from.bucket;
        this.inputs = List.copyOf(from.inputs);
        this.changes = Collections.unmodifiableSet(EnumSet.copyOf(from.changes));
        this.outputBucket = from.outputBucket;
        this.output = from.output;
        this.tellsMissing = from.tellsMissing;
        this.direct = from.direct;
        this.batchSize = from.batchSize;
        this.maxConcurrency = from.maxConcurrency;
        this.corsOrigins = from.corsOrigins;
        this.customizeBucket = from.customizeBucket;
        if (function == null && !describesFunction()) {
            throw new NullPointerException("code and handler, or function must be given");
        }
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the function that processes the objects} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the bucket that exists already} */
    public @Nullable IBucket getBucket() {
        return bucket;
    }

    /** {@return which objects are processed, those of each filter; none for all} */
    public List<ObjectFilter> getInputs() {
        return inputs;
    }

    /** {@return which changes of objects are processed} */
    public Set<ObjectChange> getChanges() {
        return changes;
    }

    /** {@return the bucket that the code writes to; null for the one that it reads} */
    public @Nullable IBucket getOutputBucket() {
        return outputBucket;
    }

    /** {@return how the keys begin that the code writes; null if it writes none} */
    public @Nullable String getOutput() {
        return output;
    }

    /** {@return whether the code can tell a missing object from a forbidden one} */
    public boolean canTellMissing() {
        return tellsMissing;
    }

    /** {@return whether there is no queue before the function} */
    public boolean isDirect() {
        return direct;
    }

    /** {@return how many events the function gets at once} */
    public @Nullable Number getBatchSize() {
        return batchSize;
    }

    /** {@return how many batches are processed at the same time} */
    public @Nullable Number getMaxConcurrency() {
        return maxConcurrency;
    }

    /** {@return the origins whose pages may upload} */
    public List<String> getCorsOrigins() {
        return corsOrigins;
    }

    /** {@return the last word on the own bucket} */
    public @Nullable Consumer<Bucket.Builder> getCustomizeBucket() {
        return customizeBucket;
    }

    /** Builds {@link S3ProcessorProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<S3ProcessorProps> {
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
        public S3ProcessorProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> extends FunctionOptions.Setters<B> {
        private @Nullable WarmFunction function;
        private @Nullable IBucket bucket;
        private final List<ObjectFilter> inputs = new ArrayList<>();
        private Set<ObjectChange> changes = EnumSet.of(ObjectChange.CREATED);
        private @Nullable IBucket outputBucket;
        private @Nullable String output;
        private boolean tellsMissing;
        private boolean direct;
        private @Nullable Number batchSize;
        private @Nullable Number maxConcurrency;
        private List<String> corsOrigins = List.of();
        private @Nullable Consumer<Bucket.Builder> customizeBucket;

        /**
         * Sets the function that processes the objects, instead of one that is made of {@code code}, {@code handler} and
         * the other options of a function.
         *
         * @param function a function that exists already; with {@link #direct} it must have {@code onFailure}
         * @return this builder
         */
        public B function(@Nullable WarmFunction function) {
            this.function = function;
            return self();
        }

        /**
         * Sets the bucket, instead of an own one. It has to send its events to EventBridge: a bucket of this app is made to,
         * for an imported one somebody has to, which is the warning {@code ashlar:eventsOfBucket}.
         *
         * <p>Default: an own private bucket.
         *
         * @param bucket a bucket that exists already, in the account and region of the stack
         * @return this builder
         * @see <a
         *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html">Enabling
         *     Amazon EventBridge</a>
         */
        public B bucket(@Nullable IBucket bucket) {
            this.bucket = bucket;
            return self();
        }

        /**
         * Adds objects that are processed: those of each filter that is given. The function may read what is under their
         * prefixes, and nothing else.
         *
         * <p>Default: all objects of the bucket.
         *
         * @param input prefix, suffix, minimum size
         * @return this builder
         */
        public B input(ObjectFilter input) {
            this.inputs.add(requireNonNull(input, "input"));
            return self();
        }

        /**
         * Sets which changes of objects are processed.
         *
         * <p>Default: {@link ObjectChange#CREATED}.
         *
         * @param changes at least one
         * @return this builder
         */
        public B changes(ObjectChange... changes) {
            this.changes = EnumSet.noneOf(ObjectChange.class);
            this.changes.addAll(Check.elements("changes", changes));
            return self();
        }

        /**
         * Sets under which prefix of the same bucket the code writes: {@code s3:PutObject} and
         * {@code s3:AbortMultipartUpload} there. The code gets no variable with it.
         *
         * <p>Default: it writes nothing.
         *
         * @param prefix the beginning of the keys, such as {@code thumbnails/}, which no input shares: what is written would be
         *     processed again, without an end
         * @return this builder
         */
        public B output(@Nullable String prefix) {
            this.outputBucket = null;
            this.output = prefix;
            return self();
        }

        /**
         * Sets in which bucket, and under which prefix, the code writes: {@code s3:PutObject} and
         * {@code s3:AbortMultipartUpload} there. The code gets no variable with them.
         *
         * <p>Default: it writes nothing.
         *
         * @param bucket any bucket
         * @param prefix the beginning of the keys, such as {@code thumbnails/}; empty for the whole bucket
         * @return this builder
         */
        public B output(IBucket bucket, String prefix) {
            this.outputBucket = requireNonNull(bucket, "bucket");
            this.output = requireNonNull(prefix, "prefix");
            return self();
        }

        /**
         * Lets the code tell an object that is gone from one that it may not read: {@code s3:ListBucket} under the prefixes
         * of the inputs, with which S3 answers 404. Objects may be gone when their event is processed.
         *
         * <p>Default: S3 answers 403 to both.
         *
         * @return this builder
         */
        public B canTellMissing() {
            this.tellsMissing = true;
            return self();
        }

        /**
         * Leaves out the queue: EventBridge invokes the function itself. It gets one event, not a batch, sooner by the time
         * that a queue takes. What is given up: a limit on how many run at the same time, batches, five receives (an
         * invocation is tried three times), and dead letters that SQS itself can put back.
         *
         * <p>Default: a queue.
         *
         * @return this builder
         */
        public B direct() {
            this.direct = true;
            return self();
        }

        /**
         * Sets how many events the function gets at once, at most. Its timeout is for all of them together.
         *
         * <p>Default: {@value S3Processor#DEFAULT_BATCH_SIZE}.
         *
         * @param batchSize 1 to 10; not with {@link #direct}
         * @return this builder
         */
        public B batchSize(@Nullable Number batchSize) {
            this.batchSize = batchSize;
            return self();
        }

        /**
         * Sets how many batches are processed at the same time, at most, so that many uploads leave concurrency to the
         * account's other functions.
         *
         * <p>Default: {@value Batches#DEFAULT_MAX_CONCURRENCY}, or the function's reserved concurrency if that is less.
         *
         * @param maxConcurrency 2 to 1000; not with {@link #direct}
         * @return this builder
         */
        public B maxConcurrency(@Nullable Number maxConcurrency) {
            this.maxConcurrency = maxConcurrency;
            return self();
        }

        /**
         * Sets which origins' pages may upload from a browser, to a URL that somebody signed who has
         * {@link S3Processor#grantUpload}.
         *
         * <p>Default: none.
         *
         * @param corsOrigins origins such as {@code https://www.example.com}, without a path, or {@code *} alone
         * @return this builder
         */
        public B corsOrigins(String... corsOrigins) {
            this.corsOrigins = Check.elements("corsOrigins", corsOrigins);
            return self();
        }

        /**
         * Sets the last word on the own bucket: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeBucket changes CDK's builder
         * @return this builder
         */
        public B customizeBucket(@Nullable Consumer<Bucket.Builder> customizeBucket) {
            this.customizeBucket = customizeBucket;
            return self();
        }

        final S3ProcessorProps toProps() {
            return new S3ProcessorProps(this);
        }
    }
}
