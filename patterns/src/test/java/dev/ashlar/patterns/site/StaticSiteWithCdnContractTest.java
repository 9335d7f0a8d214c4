package dev.ashlar.patterns.site;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.SiteMode;
import dev.ashlar.constructs.web.StrictTransportSecurity;
import dev.ashlar.test.ConstructContract;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.constructs.Construct;

class StaticSiteWithCdnContractTest extends ConstructContract {
    @Override
    protected Construct minimal(Construct scope, String id) {
        return StaticSiteWithCdn.Builder.create(scope, id)
                .site(Site.directory("site"))
                .build();
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        WarmFunction quotes = WarmFunction.Builder.create(scope, id + "Quotes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.QuotesHandler")
                .functionUrl(FunctionUrlOptions.builder()
                        .authType(FunctionUrlAuthType.AWS_IAM)
                        .build())
                .build();
        return StaticSiteWithCdn.Builder.create(scope, id)
                .site(Site.build("npm run build", "web", "dist")
                        .mode(SiteMode.SPA)
                        .runtimeConfig(Map.of("stage", "test"))
                        .cacheControl("*.ico", "public, max-age=86400")
                        .contentSecurityPolicy("default-src 'self'")
                        .strictTransportSecurity(StrictTransportSecurity.PRELOAD)
                        .geoRestriction(GeoRestriction.denylist("AQ"))
                        .webAcl("arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567"))
                .origin("/api/*", ApiOrigin.host("api.example.com").stripPrefix())
                .origin("/legacy/v1/*", ApiOrigin.host("old.example.com").forwardHost())
                .origin("/quotes/*", ApiOrigin.functionUrl(requireNonNull(quotes.getFunctionUrl())))
                .customizeBucket(bucket -> bucket.versioned(true))
                .customizeDistribution(distribution -> distribution.comment("All that can be set"))
                .build();
    }

    /** CDK's own upload handler is one a stack, and lies there. */
    @Override
    protected Set<String> sharedResources() {
        return Set.of("Ashlar.*", "CustomCDKBucketDeployment.*", "(Subject|First|Second)Quotes.*");
    }
}
