package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Tokens;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * Exact permissions on the objects of an S3 bucket, all of them or those under a prefix.
 *
 * <table>
 * <caption>Grants and their actions</caption>
 * <tr><th>grant</th><th>actions, all {@code s3:}</th><th>on</th><th>a customer's key</th></tr>
 * <tr><td>{@link #grantRead}</td><td>{@code GetObject}</td><td>objects</td><td>{@code kms:Decrypt}</td></tr>
 * <tr><td>{@link #grantWrite}</td><td>{@code PutObject, AbortMultipartUpload}</td><td>objects</td>
 * <td>{@code kms:GenerateDataKey, kms:Decrypt}</td></tr>
 * <tr><td>{@link #grantDelete}</td><td>{@code DeleteObject}</td><td>objects</td><td></td></tr>
 * <tr><td>{@link #grantList}</td><td>{@code ListBucket}</td><td>bucket, on condition of the prefix</td><td></td></tr>
 * </table>
 *
 * <p>A reader without {@link #grantList} gets status 403 and not 404 for a key that does not exist.
 *
 * <pre>{@code
 * BucketAccess.of(uploads).under("in/").grantRead(function);
 * }</pre>
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">Actions,
 *     resources, and condition keys for Amazon S3</a>
 */
public final class BucketAccess {
    private static final String OBJECTS =
            "The objects of one bucket, or those under one prefix: their keys come and go, and"
                    + " the actions on them are named.";

    private final IBucket bucket;
    private final String prefix;

    private BucketAccess(IBucket bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /**
     * Starts a grant on all objects of a bucket.
     *
     * @param bucket the bucket, created or imported
     * @return the grants on it
     */
    public static BucketAccess of(IBucket bucket) {
        return new BucketAccess(bucket, "");
    }

    /**
     * Narrows the grants to the objects whose keys begin with a prefix.
     *
     * @param prefix the beginning of the keys, such as {@code in/}; without a leading slash, {@code *}, {@code ?} and
     *     {@code $}, which S3 or IAM would read as something else
     * @return the grants on these objects
     * @throws IllegalArgumentException if the prefix has one of these characters
     */
    public BucketAccess under(String prefix) {
        if (!Tokens.isUnresolved(prefix) && !prefix.matches("[^/*?$][^*?$]*")) {
            throw new IllegalArgumentException(
                    "under must be a key prefix without a leading / and without * ? $, got \"" + prefix
                            + "\"; for the whole bucket leave it out");
        }
        return new BucketAccess(bucket, prefix);
    }

    /**
     * Grants {@code s3:GetObject} on the objects.
     *
     * @param grantee who may read
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        Grants.addKey(grantee, Known.keyOf(bucket), "kms:Decrypt");
        return onObjects(grantee, "s3:GetObject");
    }

    /**
     * Grants {@code s3:PutObject} and {@code s3:AbortMultipartUpload} on the objects.
     *
     * @param grantee who may write
     * @return the grant
     */
    public Grant grantWrite(IGrantable grantee) {
        // Decrypt too: S3 reads back the parts of a multipart upload when it puts them together.
        Grants.addKey(grantee, Known.keyOf(bucket), "kms:GenerateDataKey", "kms:Decrypt");
        return onObjects(grantee, "s3:PutObject", "s3:AbortMultipartUpload");
    }

    /**
     * Grants {@code s3:DeleteObject} on the objects. In a bucket with versions this adds a delete marker; it destroys
     * nothing.
     *
     * @param grantee who may delete
     * @return the grant
     */
    public Grant grantDelete(IGrantable grantee) {
        return onObjects(grantee, "s3:DeleteObject");
    }

    /**
     * Grants {@code s3:ListBucket} on the bucket, for listings of the prefix only.
     *
     * @param grantee who may list
     * @return the grant
     */
    public Grant grantList(IGrantable grantee) {
        Map<String, Map<String, Object>> conditions =
                prefix.isEmpty() ? Map.of() : Map.of("StringLike", Map.of("s3:prefix", prefix + "*"));
        return Grants.add(grantee, List.of("s3:ListBucket"), List.of(bucket.getBucketArn()), conditions);
    }

    /**
     * Makes a policy of its own for a role that empties the whole bucket: {@code s3:GetBucketTagging} and
     * {@code s3:ListBucketVersions} on the bucket, {@code s3:DeleteObject} and {@code s3:DeleteObjectVersion} on its
     * objects. What depends on the policy keeps these permissions until it is deleted, which a statement in the role's
     * own policy does not promise.
     *
     * @param scope the construct that the policy belongs to
     * @param id its id there
     * @param role who may empty the bucket
     * @return the policy
     */
    public Policy policyToEmpty(Construct scope, String id, IRole role) {
        String objects = bucket.arnForObjects("*");
        Policy policy = Policy.Builder.create(scope, id)
                .statements(List.of(
                        PolicyStatement.Builder.create()
                                .actions(List.of("s3:GetBucketTagging", "s3:ListBucketVersions"))
                                .resources(List.of(bucket.getBucketArn()))
                                .build(),
                        PolicyStatement.Builder.create()
                                .actions(List.of("s3:DeleteObject", "s3:DeleteObjectVersion"))
                                .resources(List.of(objects))
                                .build()))
                .roles(List.of(role))
                .build();
        Acknowledged acknowledged = Acknowledged.in(policy);
        acknowledged.wildcard(policy, objects, OBJECTS);
        acknowledged.ownPolicies(policy);
        return policy;
    }

    private Grant onObjects(IGrantable grantee, String... actions) {
        String objects = bucket.arnForObjects(prefix + "*");
        Grant grant = Grants.add(grantee, List.of(actions), objects);
        Grants.acknowledge(grantee, objects, OBJECTS);
        return grant;
    }
}
