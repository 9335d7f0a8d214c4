package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Bundling;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.S3OriginAccessControl;
import software.amazon.awscdk.services.cloudfront.SSLMethod;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.Signing;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * A site behind a distribution, with APIs under the same host name. A construct that has one calls {@link #of} among its
 * checks, and {@link #create} when it comes to creating children, which lie directly below it.
 */
public final class SiteDelivery {
    private static final Pattern GLOBAL_WEB_ACL =
            Pattern.compile("arn:[a-z-]+:wafv2:us-east-1:\\d{12}:global/webacl/[^/]+/[^/]+");

    private static final String PUBLIC_FILES =
            "The bucket holds the files of a public site, which this distribution alone"
                    + " reads; each release writes them anew.";
    private static final String OWN_CERTIFICATE =
            "Without a domain CloudFront answers with its own certificate, whose TLS"
                    + " versions it sets itself; with one they are 1.2 and later.";

    private static final Pattern GLOB = Pattern.compile("[^/].*");

    private final Construct scope;
    private final Site site;
    private final OriginBehaviors origins;
    private final @Nullable DistributionDomain domain;

    private SiteDelivery(Construct scope, Site site, OriginBehaviors origins, @Nullable DistributionDomain domain) {
        this.scope = scope;
        this.site = site;
        this.origins = origins;
        this.domain = domain;
    }

    /**
     * What there is of a site.
     *
     * @param bucket the bucket with the files
     * @param distribution what browsers reach
     * @param url its address, which ends with a slash
     * @param accessLogs the log group with a line for each request; null without access logs
     */
    public record Delivered(
            PrivateBucket bucket,
            Distribution distribution,
            String url,
            @Nullable LogGroup accessLogs) {}

    /**
     * Checks a site and what is around it; it creates nothing and builds nothing.
     *
     * @param scope the construct that has the site
     * @param site the site
     * @param origins APIs under the same host name, by path pattern
     * @param domain host names of its own; null for CloudFront's
     * @return what creates it
     * @throws IllegalArgumentException if something is out of its limits, or does not go together
     */
    public static SiteDelivery of(
            Construct scope, Site site, Map<String, ApiOrigin> origins, @Nullable CustomDomain domain) {
        OriginBehaviors behaviors = new OriginBehaviors(scope, origins);
        behaviors.check(domain != null);
        Check check = Check.of(scope);
        check.that(
                site.getNotFoundPage() == null || origins.isEmpty(),
                "notFoundPage must not be given together with origin, got both; an API's own 404 would become that page");
        String webAcl = site.getWebAcl();
        check.that(
                webAcl == null
                        || Tokens.isUnresolved(webAcl)
                        || GLOBAL_WEB_ACL.matcher(webAcl).matches(),
                "webAcl must be the ARN of a web ACL of AWS WAF v2 of scope CLOUDFRONT in us-east-1, such as arn:aws:wafv2:us-east-1:123456789012:global/webacl/name/id, got "
                        + webAcl);
        site.getCacheControls()
                .forEach((glob, value) -> check.that(
                        GLOB.matcher(glob).matches() && !value.isBlank(),
                        "cacheControl must have a glob such as fonts/*, without a slash before it, and a value such as max-age=86400, got \"%s\" and \"%s\""
                                .formatted(glob, value)));
        if (site.hasAccessLogs()) {
            DistributionLogs.check(scope);
        }
        return new SiteDelivery(scope, site, behaviors, domain == null ? null : DistributionDomain.of(scope, domain));
    }

    /**
     * Builds the site and creates what delivers it.
     *
     * @param customizeBucket the last word on the bucket
     * @param customizeDistribution the last word on the distribution
     * @return what there is
     * @throws IllegalArgumentException if the site cannot be built, or is no site
     */
    public Delivered create(
            @Nullable Consumer<Bucket.Builder> customizeBucket,
            @Nullable Consumer<Distribution.Builder> customizeDistribution) {
        SiteFiles files = SiteFiles.of(site, scope);
        warnOfUnusedRules(files);
        PrivateBucket bucket = PrivateBucket.Builder.create(scope, "Bucket")
                .customizeBucket(customizeBucket)
                .build();
        Distribution distribution = createDistribution(bucket, files, customizeDistribution);
        origins.permit(distribution);
        if (domain != null) {
            domain.createRecords(distribution);
        }
        Acknowledged acknowledged = Acknowledged.in(scope);
        acknowledged.finding(bucket.getBucket(), "AwsSolutions-S1", PUBLIC_FILES);
        List.of("S3BucketReplicationEnabled", "S3BucketVersioningEnabled", "S3DefaultEncryptionKMS")
                .forEach(rule -> acknowledged.standard(bucket.getBucket(), rule, PUBLIC_FILES));
        if (domain == null) {
            acknowledged.finding(distribution, "AwsSolutions-CFR4", OWN_CERTIFICATE);
        }
        LogGroup accessLogs = site.hasAccessLogs() ? DistributionLogs.create(scope, distribution, acknowledged) : null;
        new SiteUpload(scope, bucket.getBucket(), distribution).create(files, site);
        return new Delivered(bucket, distribution, url(distribution), accessLogs);
    }

    private void warnOfUnusedRules(SiteFiles files) {
        if (!Bundling.isSkipped(scope)) {
            SiteGroup.unused(files, site.getCacheControls())
                    .forEach(glob -> Annotations.of(scope)
                            .addWarningV2(
                                    "ashlar:siteCacheControl",
                                    "cacheControl holds for no file of the site: " + glob
                                            + "; correct the glob, or drop it"));
        }
    }

    private Distribution createDistribution(
            PrivateBucket bucket, SiteFiles files, @Nullable Consumer<Distribution.Builder> customize) {
        RequestRouting routing = new RequestRouting(scope, domain == null ? Map.of() : domain.getRedirects());
        Distribution.Builder builder = Distribution.Builder.create(scope, "Distribution")
                .defaultBehavior(siteBehavior(bucket, files, routing))
                .additionalBehaviors(origins.create(routing))
                .defaultRootObject("index.html")
                .httpVersion(HttpVersion.HTTP2_AND_3)
                .priceClass(PriceClass.PRICE_CLASS_200)
                .enableIpv6(true)
                .geoRestriction(site.getGeoRestriction())
                .webAclId(site.getWebAcl())
                .errorResponses(errorResponses());
        if (domain != null) {
            builder.certificate(domain.createCertificate())
                    .domainNames(domain.getNames())
                    .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2025)
                    .sslSupportMethod(SSLMethod.SNI);
        }
        if (customize != null) {
            customize.accept(builder);
        }
        return builder.build();
    }

    private BehaviorOptions siteBehavior(PrivateBucket bucket, SiteFiles files, RequestRouting routing) {
        return BehaviorOptions.builder()
                .origin(origin(bucket))
                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                .responseHeadersPolicy(SiteHeaders.create(scope, "Headers", site))
                .compress(true)
                .functionAssociations(List.of(FunctionAssociation.builder()
                        .eventType(FunctionEventType.VIEWER_REQUEST)
                        .function(routing.forSite(site.getMode(), files.kinds().keySet()))
                        .build()))
                .build();
    }

    private IOrigin origin(PrivateBucket bucket) {
        // CDK's own name for it lacks the region, and the same stack in two regions would use one name twice.
        S3OriginAccessControl control = S3OriginAccessControl.Builder.create(scope, "Access")
                .originAccessControlName(RegionalName.of(scope, "Access"))
                .signing(Signing.SIGV4_ALWAYS)
                .build();
        return S3BucketOrigin.withOriginAccessControl(
                bucket.getBucket(),
                S3BucketOriginWithOACProps.builder()
                        .originAccessControl(control)
                        .build());
    }

    private @Nullable List<ErrorResponse> errorResponses() {
        String page = site.getNotFoundPage();
        // Without s3:ListBucket a missing file is a 403 to CloudFront.
        return page == null ? null : List.of(notFound(403, page), notFound(404, page));
    }

    private static ErrorResponse notFound(int status, String page) {
        return ErrorResponse.builder()
                .httpStatus(status)
                .responseHttpStatus(404)
                .responsePagePath("/" + page)
                .build();
    }

    private String url(Distribution distribution) {
        String name = domain == null ? "*" : domain.getNames().get(0);
        return "https://" + (name.startsWith("*") ? distribution.getDistributionDomainName() : name) + "/";
    }
}
