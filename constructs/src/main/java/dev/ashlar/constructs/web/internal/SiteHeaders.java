package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.StrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.HeadersFrameOption;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersFrameOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.constructs.Construct;

/** The headers that tell a browser to be careful with what a site sends. */
final class SiteHeaders {
    private static final int HSTS_DAYS = 365;

    private SiteHeaders() {}

    static ResponseHeadersPolicy create(Construct scope, String id, Site site) {
        return ResponseHeadersPolicy.Builder.create(scope, id)
                .responseHeadersPolicyName(RegionalName.of(scope, id))
                .securityHeadersBehavior(ResponseSecurityHeadersBehavior.builder()
                        .strictTransportSecurity(transport(site.getStrictTransportSecurity()))
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
                                site.getContentSecurityPolicy() == null
                                        ? null
                                        : ResponseHeadersContentSecurityPolicy.builder()
                                                .contentSecurityPolicy(site.getContentSecurityPolicy())
                                                .override(true)
                                                .build())
                        .build())
                .build();
    }

    private static ResponseHeadersStrictTransportSecurity transport(StrictTransportSecurity hosts) {
        return ResponseHeadersStrictTransportSecurity.builder()
                .accessControlMaxAge(Known.days(HSTS_DAYS))
                .includeSubdomains(hosts != StrictTransportSecurity.HOST)
                .preload(hosts == StrictTransportSecurity.PRELOAD)
                .override(true)
                .build();
    }
}
