package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Acknowledged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.cloudfront.IDistribution;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * What uploading a site needs.
 *
 * <p>{@link #policyToUpload} grants {@code s3:GetObject} on the zips among CDK's assets, {@code s3:ListBucket} on the site's
 * bucket, {@code s3:PutObject}, {@code s3:AbortMultipartUpload} and {@code s3:DeleteObject} on its objects, and
 * {@code cloudfront:CreateInvalidation} and {@code cloudfront:GetInvalidation} on its distribution.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html">Actions,
 *     resources, and condition keys for Amazon CloudFront</a>
 */
public final class SiteAccess {
    private static final String ZIPS =
            "The zips among CDK's assets, by one reading action: IAM takes seconds to learn a new"
                    + " key, and the upload does not wait for that.";
    private static final String FILES =
            "The files of one site's bucket, whose names change with each release; the actions on" + " them are named.";

    private SiteAccess() {}

    /**
     * Creates the policy: apart from the role, so that the upload can wait for it.
     *
     * @param scope the construct that the policy belongs to
     * @param id its id there
     * @param role the role of what uploads
     * @param assets CDK's bucket of assets
     * @param site the bucket of the site
     * @param distribution what serves it from a cache; null if nothing does
     * @return the policy
     */
    public static Policy policyToUpload(
            Construct scope,
            String id,
            IRole role,
            IBucket assets,
            IBucket site,
            @Nullable IDistribution distribution) {
        String zips = assets.arnForObjects("*.zip");
        String files = site.arnForObjects("*");
        List<Map<String, Object>> statements = new ArrayList<>(List.of(
                // Not the very keys: IAM takes seconds to learn a new one, and the upload does not wait for that.
                statement(List.of("s3:GetObject"), zips),
                statement(List.of("s3:ListBucket"), site.getBucketArn()),
                statement(List.of("s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"), files)));
        if (distribution != null) {
            statements.add(statement(
                    List.of("cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"),
                    "arn:" + Aws.PARTITION + ":cloudfront::" + Aws.ACCOUNT_ID + ":distribution/"
                            + distribution.getDistributionId()));
        }
        Policy policy = Policy.Builder.create(scope, id)
                .document(PolicyDocument.fromJson(Map.of("Version", "2012-10-17", "Statement", statements)))
                .roles(List.of(role))
                .build();
        Acknowledged acknowledged = Acknowledged.in(scope);
        acknowledged.wildcard(policy, zips, ZIPS);
        acknowledged.wildcard(policy, files, FILES);
        acknowledged.ownPolicies(policy);
        return policy;
    }

    private static Map<String, Object> statement(List<String> actions, String resource) {
        return Map.of("Effect", "Allow", "Action", actions, "Resource", resource);
    }
}
