package dev.ashlar.constructs.storage;

import dev.ashlar.constructs.internal.Check;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectLockRetention;

/** The properties of a {@link PrivateBucket}. Null always means the default. */
public final class PrivateBucketProps {
    private final @Nullable Boolean versioned;
    private final @Nullable ObjectLockRetention objectLockDefaultRetention;
    private final List<LifecycleRule> lifecycleRules;
    private final @Nullable RemovalPolicy removalPolicy;
    private final @Nullable Consumer<Bucket.Builder> customizeBucket;

    private PrivateBucketProps(Setters<?> from) {
        this.versioned = from.versioned;
        this.objectLockDefaultRetention = from.objectLockDefaultRetention;
        this.lifecycleRules = List.copyOf(from.lifecycleRules);
        this.removalPolicy = from.removalPolicy;
        this.customizeBucket = from.customizeBucket;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether the bucket keeps what was overwritten or deleted} */
    public @Nullable Boolean getVersioned() {
        return versioned;
    }

    /** {@return how long objects cannot be overwritten or deleted} */
    public @Nullable ObjectLockRetention getObjectLockDefaultRetention() {
        return objectLockDefaultRetention;
    }

    /** {@return the lifecycle rules beside the one for incomplete uploads} */
    public List<LifecycleRule> getLifecycleRules() {
        return lifecycleRules;
    }

    /** {@return what happens to the bucket when it leaves the stack} */
    public @Nullable RemovalPolicy getRemovalPolicy() {
        return removalPolicy;
    }

    /** {@return the last word on the bucket} */
    public @Nullable Consumer<Bucket.Builder> getCustomizeBucket() {
        return customizeBucket;
    }

    /** Builds {@link PrivateBucketProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<PrivateBucketProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** {@return the properties} */
        @Override
        public PrivateBucketProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> {
        private @Nullable Boolean versioned;
        private @Nullable ObjectLockRetention objectLockDefaultRetention;
        private List<? extends LifecycleRule> lifecycleRules = List.of();
        private @Nullable RemovalPolicy removalPolicy;
        private @Nullable Consumer<Bucket.Builder> customizeBucket;

        /** {@return this builder} */
        protected abstract B self();

        /**
         * Sets whether the bucket keeps what was overwritten or deleted. Old versions cost like objects until a lifecycle
         * rule removes them.
         *
         * <p>Default: it keeps the newest alone, unless objects are locked, which takes versions.
         *
         * @param versioned whether it keeps them
         * @return this builder
         */
        public B versioned(@Nullable Boolean versioned) {
            this.versioned = versioned;
            return self();
        }

        /**
         * Sets how long objects cannot be overwritten or deleted. A bucket with locked objects cannot be emptied, so it
         * is kept in the development profile too.
         *
         * <p>Default: objects are not locked.
         *
         * @param objectLockDefaultRetention mode and duration, in days or years
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html">Locking objects with
         *     Object Lock</a>
         */
        public B objectLockDefaultRetention(@Nullable ObjectLockRetention objectLockDefaultRetention) {
            this.objectLockDefaultRetention = objectLockDefaultRetention;
            return self();
        }

        /**
         * Sets lifecycle rules beside the one that removes incomplete uploads.
         *
         * <p>Default: objects stay until they are deleted; parts of uploads that were never completed go after
         * {@value PrivateBucket#INCOMPLETE_UPLOAD_DAYS} days.
         *
         * @param lifecycleRules the rules
         * @return this builder
         */
        public B lifecycleRules(@Nullable List<? extends LifecycleRule> lifecycleRules) {
            this.lifecycleRules = lifecycleRules == null ? List.of() : Check.elements("lifecycleRules", lifecycleRules);
            return self();
        }

        /**
         * Sets what happens to the bucket when it leaves the stack. With {@code DESTROY} it is emptied first, by the one
         * function a stack that does this, in the development profile; in production CloudFormation then refuses to
         * delete a bucket that is not empty.
         *
         * <p>Default: what the {@link dev.ashlar.constructs.profile.Profile} says: in production it is kept, in
         * development emptied and deleted.
         *
         * @param removalPolicy {@code RETAIN}, {@code RETAIN_ON_UPDATE_OR_DELETE} or {@code DESTROY}
         * @return this builder
         */
        public B removalPolicy(@Nullable RemovalPolicy removalPolicy) {
            this.removalPolicy = removalPolicy;
            return self();
        }

        /**
         * Sets the last word on the bucket: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeBucket changes CDK's builder
         * @return this builder
         */
        public B customizeBucket(@Nullable Consumer<Bucket.Builder> customizeBucket) {
            this.customizeBucket = customizeBucket;
            return self();
        }

        final PrivateBucketProps toProps() {
            return new PrivateBucketProps(this);
        }
    }
}
