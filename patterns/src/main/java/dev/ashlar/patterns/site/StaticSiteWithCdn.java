package dev.ashlar.patterns.site;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.internal.DistributionDomain;
import dev.ashlar.constructs.web.internal.RegionalName;
import dev.ashlar.constructs.web.internal.RequestRouting;
import dev.ashlar.constructs.web.internal.SiteFiles;
import dev.ashlar.constructs.web.internal.SiteUpload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CfnFunction;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.S3OriginAccessControl;
import software.amazon.awscdk.services.cloudfront.SSLMethod;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.Signing;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.constructs.Construct;

/**
 * A static site behind CloudFront, and APIs that already run under the same host name.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Bucket}: a private bucket with the files
 *   <li>{@code Access}: the origin access control by which CloudFront alone reads it
 *   <li>{@code SiteRequests}, {@code ApiRequests}: functions that route requests, see {@link
 *       dev.ashlar.constructs.web.SiteMode}
 *   <li>{@code Headers}: security headers on all pages
 *   <li>{@code Distribution}: HTTP/2 and 3, IPv6, compression, TLS, price class 200
 *   <li>with a domain a certificate and records for its names
 *   <li>uploads of the files, by CDK's one handler a stack under one role a stack
 * </ul>
 *
 * <pre>{@code
 * StaticSiteWithCdn.Builder.create(this, "Site")
 *         .site(Site.build("npm ci && npm run build", "web", "dist").mode(SiteMode.SPA))
 *         .origin("/api/*", ApiOrigin.host("api.example.com"))
 *         .build();
 * }</pre>
 *
 * <p>Idle it costs what S3 takes for storing the files.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Introduction.html">What is Amazon
 *     CloudFront?</a>
 */
public final class StaticSiteWithCdn extends Construct {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+/\\*");
    private static final Pattern HOST = Pattern.compile("(?i)[a-z0-9-]+(\\.[a-z0-9-]+)+");
    private static final int HSTS_DAYS = 365;

    private final @Nullable DistributionDomain domain;
    private final PrivateBucket bucket;
    private final Distribution distribution;

    /**
     * Creates the site.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if the site cannot be built or is none, or a property is out of its limits
     */
    public StaticSiteWithCdn(Construct scope, String id, StaticSiteWithCdnProps props) {
        super(scope, id);
        validate(props);
        this.domain = props.getDomain() == null ? null : DistributionDomain.of(this, props.getDomain());
        SiteFiles files = SiteFiles.of(props.getSite(), this);
        this.bucket = PrivateBucket.Builder.create(this, "Bucket")
                .customizeBucket(props.getCustomizeBucket())
                .build();
        this.distribution = createDistribution(props, files);
        if (domain != null) {
            domain.createRecords(distribution);
        }
        new SiteUpload(this, bucket.getBucket(), distribution)
                .create(files, props.getSite().getRuntimeConfig());
        CfnOutput.Builder.create(this, "Url")
                .description("The address of the site")
                .value(getUrl())
                .build();
    }

    /** {@return the bucket with the files} */
    public PrivateBucket getBucket() {
        return bucket;
    }

    /** {@return the distribution} */
    public Distribution getDistribution() {
        return distribution;
    }

    /** {@return the address of the site, which ends with a slash} */
    public String getUrl() {
        String name = domain == null ? "*" : domain.getNames().get(0);
        String host = name.startsWith("*") ? distribution.getDistributionDomainName() : name;
        return "https://" + host + "/";
    }

    private void validate(StaticSiteWithCdnProps props) {
        Check check = Check.of(this);
        List<String> paths = List.copyOf(props.getOrigins().keySet());
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            check.that(
                    PATH.matcher(path).matches(),
                    "origin must have a path of segments of letters, digits and ._~- that ends with /*, such as /api/*, got \""
                            + path + "\"");
            for (String other : paths.subList(0, i)) {
                check.that(
                        !path.startsWith(prefixOf(other) + "/") && !other.startsWith(prefixOf(path) + "/"),
                        "origin must have a path of its own, got %s and %s; one of them would get what is meant for the other"
                                .formatted(other, path));
            }
        }
        props.getOrigins()
                .forEach((path, origin) -> check.that(
                        Token.isUnresolved(origin.getHost())
                                || HOST.matcher(origin.getHost()).matches(),
                        "origin must have a host name such as api.example.com, without a scheme or a path, got \""
                                + origin.getHost() + "\""));
        check.that(
                props.getSite().getNotFoundPage() == null || props.getOrigins().isEmpty(),
                "notFoundPage must not be given together with origin, got both; an API's own 404 would become that page");
    }

    private Distribution createDistribution(StaticSiteWithCdnProps props, SiteFiles files) {
        RequestRouting routing = new RequestRouting(this, domain == null ? Map.of() : domain.getRedirects());
        Distribution.Builder builder = Distribution.Builder.create(this, "Distribution")
                .defaultBehavior(siteBehavior(props, files, routing))
                .additionalBehaviors(originBehaviors(props.getOrigins(), routing))
                .defaultRootObject("index.html")
                .httpVersion(HttpVersion.HTTP2_AND_3)
                .priceClass(PriceClass.PRICE_CLASS_200)
                .enableIpv6(true)
                .errorResponses(errorResponses(props.getSite()));
        if (domain != null) {
            builder.certificate(domain.createCertificate())
                    .domainNames(domain.getNames())
                    .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2025)
                    .sslSupportMethod(SSLMethod.SNI);
        }
        if (props.getCustomizeDistribution() != null) {
            props.getCustomizeDistribution().accept(builder);
        }
        return builder.build();
    }

    private BehaviorOptions siteBehavior(StaticSiteWithCdnProps props, SiteFiles files, RequestRouting routing) {
        return BehaviorOptions.builder()
                .origin(bucketOrigin())
                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                .responseHeadersPolicy(createHeaders(props.getContentSecurityPolicy()))
                .compress(true)
                .functionAssociations(onRequest(
                        routing.forSite(props.getSite().getMode(), files.kinds().keySet())))
                .build();
    }

    private IOrigin bucketOrigin() {
        // CDK's own name for it lacks the region, and the same stack in two regions would use one name twice.
        S3OriginAccessControl control = S3OriginAccessControl.Builder.create(this, "Access")
                .originAccessControlName(RegionalName.of(this, "Access"))
                .signing(Signing.SIGV4_ALWAYS)
                .build();
        return S3BucketOrigin.withOriginAccessControl(
                bucket.getBucket(),
                S3BucketOriginWithOACProps.builder()
                        .originAccessControl(control)
                        .build());
    }

    private ResponseHeadersPolicy createHeaders(@Nullable String contentSecurityPolicy) {
        return ResponseHeadersPolicy.Builder.create(this, "Headers")
                .responseHeadersPolicyName(RegionalName.of(this, "Headers"))
                .securityHeadersBehavior(ResponseSecurityHeadersBehavior.builder()
                        .strictTransportSecurity(ResponseHeadersStrictTransportSecurity.builder()
                                .accessControlMaxAge(Duration.days(HSTS_DAYS))
                                .includeSubdomains(false)
                                .preload(false)
                                .override(true)
                                .build())
                        .contentTypeOptions(ResponseHeadersContentTypeOptions.builder()
                                .override(true)
                                .build())
                        .frameOptions(ResponseHeadersFrameOptions.builder()
                                .frameOption(HeadersFrameOption.SAMEORIGIN)
                                .override(true)
                                .build())
                        .referrerPolicy(ResponseHeadersReferrerPolicy.builder()
                                .referrerPolicy(HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN)
                                .override(true)
                                .build())
                        .contentSecurityPolicy(
                                contentSecurityPolicy == null
                                        ? null
                                        : ResponseHeadersContentSecurityPolicy.builder()
                                                .contentSecurityPolicy(contentSecurityPolicy)
                                                .override(true)
                                                .build())
                        .build())
                .build();
    }

    private static Map<String, BehaviorOptions> originBehaviors(
            Map<String, ApiOrigin> origins, RequestRouting routing) {
        Map<String, BehaviorOptions> behaviors = new LinkedHashMap<>();
        origins.forEach((path, origin) -> {
            String prefix = prefixOf(path);
            BehaviorOptions behavior =
                    originBehavior(origin, routing.forOrigin(origin.isPrefixStripped() ? prefix : null));
            behaviors.put(path, behavior);
            // A pattern that ends with /* does not hold for the path without the slash.
            behaviors.put(prefix, behavior);
        });
        return behaviors;
    }

    private static BehaviorOptions originBehavior(ApiOrigin origin, CfnFunction function) {
        return BehaviorOptions.builder()
                .origin(HttpOrigin.Builder.create(origin.getHost())
                        .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                        .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                        .build())
                .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                .allowedMethods(AllowedMethods.ALLOW_ALL)
                .cachePolicy(CachePolicy.CACHING_DISABLED)
                .originRequestPolicy(
                        origin.isHostForwarded()
                                ? OriginRequestPolicy.ALL_VIEWER
                                : OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                .compress(true)
                .functionAssociations(onRequest(function))
                .build();
    }

    private static List<FunctionAssociation> onRequest(CfnFunction function) {
        return List.of(FunctionAssociation.builder()
                .eventType(FunctionEventType.VIEWER_REQUEST)
                .function(function)
                .build());
    }

    private static @Nullable List<ErrorResponse> errorResponses(Site site) {
        String page = site.getNotFoundPage();
        if (page == null) {
            return null;
        }
        // Without s3:ListBucket a missing file is a 403 to CloudFront.
        return List.of(
                ErrorResponse.builder()
                        .httpStatus(403)
                        .responseHttpStatus(404)
                        .responsePagePath("/" + page)
                        .build(),
                ErrorResponse.builder()
                        .httpStatus(404)
                        .responseHttpStatus(404)
                        .responsePagePath("/" + page)
                        .build());
    }

    private static String prefixOf(String path) {
        return path.substring(0, path.length() - 2);
    }

    /** Creates a {@link StaticSiteWithCdn}. */
    public static final class Builder extends StaticSiteWithCdnProps.Setters<Builder>
            implements software.amazon.jsii.Builder<StaticSiteWithCdn> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a site.
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
         * Creates the site.
         *
         * @return the site
         * @throws NullPointerException naming what is required and missing
         * @throws IllegalArgumentException if the site cannot be built or is none, or a property is out of its limits
         */
        @Override
        public StaticSiteWithCdn build() {
            return new StaticSiteWithCdn(scope, id, toProps());
        }
    }
}
