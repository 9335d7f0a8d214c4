package dev.ashlar.constructs.storage;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.BucketPolicy;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * An S3 bucket that nobody outside reaches: all public access blocked, requests over TLS 1.2 and later only, objects
 * encrypted and owned by the bucket's account, uploads that were never completed cleaned up, kept or emptied as the
 * {@link Profile} says.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Bucket}, with the policy that refuses requests without TLS
 *   <li>in the development profile {@code Emptier}, which empties the bucket before it is deleted, by one function a stack
 *       ({@code Ashlar/BucketEmptier}), and {@code EmptierPolicy}, which lets that function list and delete its objects
 * </ul>
 *
 * <pre>{@code
 * PrivateBucket uploads = PrivateBucket.Builder.create(this, "Uploads").build();
 * uploads.grantRead(function);
 * BucketAccess.of(uploads.getBucket()).under("in/").grantWrite(function);
 * }</pre>
 *
 * <p>Its grants are those of {@link BucketAccess}. Idle it costs the stored gigabytes alone.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html">Security best
 *     practices for Amazon S3</a>
 */
public final class PrivateBucket extends Construct {
    /** After how many days the parts of an upload that was never completed are removed: {@value}. */
    public static final int INCOMPLETE_UPLOAD_DAYS = 7;

    private final Bucket bucket;

    /**
     * Creates the bucket.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if two properties do not go together
     */
    public PrivateBucket(Construct scope, String id, PrivateBucketProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        validate(props);
        Profile profile = Profile.of(this);
        RemovalPolicy removalPolicy = removalPolicy(props, profile);
        this.bucket = createBucket(props, removalPolicy);
        if (removalPolicy == RemovalPolicy.DESTROY && profile == Profile.DEVELOPMENT) {
            BucketEmptier.empty(this, bucket);
        }
    }

    /** {@return the bucket} */
    public Bucket getBucket() {
        return bucket;
    }

    /**
     * Grants {@code s3:GetObject} on all objects.
     *
     * @param grantee who may read
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        return BucketAccess.of(bucket).grantRead(grantee);
    }

    /**
     * Grants {@code s3:PutObject} and {@code s3:AbortMultipartUpload} on all objects.
     *
     * @param grantee who may write
     * @return the grant
     */
    public Grant grantWrite(IGrantable grantee) {
        return BucketAccess.of(bucket).grantWrite(grantee);
    }

    /**
     * Grants {@code s3:DeleteObject} on all objects.
     *
     * @param grantee who may delete
     * @return the grant
     */
    public Grant grantDelete(IGrantable grantee) {
        return BucketAccess.of(bucket).grantDelete(grantee);
    }

    private void validate(PrivateBucketProps props) {
        Check.of(this)
                .that(
                        props.getObjectLockDefaultRetention() == null || !Boolean.FALSE.equals(props.getVersioned()),
                        "versioned must not be false with objectLockDefaultRetention, got false; S3 locks versions of"
                                + " objects");
    }

    private RemovalPolicy removalPolicy(PrivateBucketProps props, Profile profile) {
        if (props.getRemovalPolicy() != null) {
            return props.getRemovalPolicy();
        }
        if (profile == Profile.DEVELOPMENT && props.getObjectLockDefaultRetention() != null) {
            Annotations.of(this)
                    .addWarningV2(
                            "ashlar:lockedBucketIsKept",
                            "A bucket with locked objects cannot be emptied: it is kept in the development profile too");
            return RemovalPolicy.RETAIN;
        }
        return profile.getRemovalPolicy();
    }

    private Bucket createBucket(PrivateBucketProps props, RemovalPolicy removalPolicy) {
        boolean locked = props.getObjectLockDefaultRetention() != null;
        List<LifecycleRule> rules = new ArrayList<>();
        rules.add(LifecycleRule.builder()
                .id("IncompleteUploads")
                .abortIncompleteMultipartUploadAfter(Known.days(INCOMPLETE_UPLOAD_DAYS))
                .build());
        rules.addAll(props.getLifecycleRules());
        Bucket.Builder builder = Bucket.Builder.create(this, "Bucket")
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .encryption(BucketEncryption.S3_MANAGED)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .versioned(locked || Boolean.TRUE.equals(props.getVersioned()))
                .objectLockEnabled(locked ? true : null)
                .objectLockDefaultRetention(props.getObjectLockDefaultRetention())
                .lifecycleRules(rules)
                .removalPolicy(removalPolicy);
        if (props.getCustomizeBucket() != null) {
            props.getCustomizeBucket().accept(builder);
        }
        Bucket created = builder.build();
        if (props.getCustomizeBucket() == null) {
            Known.isWithoutKey(created);
        }
        BucketPolicy policy = created.getPolicy();
        if (policy != null) {
            // A bucket that is kept keeps the policy that refuses requests without TLS.
            policy.applyRemovalPolicy(removalPolicy);
        }
        return created;
    }

    /** Creates a {@link PrivateBucket}. */
    public static final class Builder extends PrivateBucketProps.Setters<Builder>
            implements software.amazon.jsii.Builder<PrivateBucket> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a bucket.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the bucket.
         *
         * @return the bucket
         * @throws IllegalArgumentException if two properties do not go together
         */
        @Override
        public PrivateBucket build() {
            return new PrivateBucket(scope, id, toProps());
        }
    }
}
