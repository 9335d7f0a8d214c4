package dev.ashlar.patterns.site;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.SiteMode;
import dev.ashlar.constructs.web.StrictTransportSecurity;
import dev.ashlar.test.ConstructContract;
import dev.ashlar.test.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

class StaticSiteWithCdnContractTest extends ConstructContract {
    @Override
    protected Optional<Options> options() {
        return Optional.of(Options.requiring("site")
                .value(
                        Alarms.class,
                        "Alarms.to(topic)",
                        scope -> Alarms.to(
                                Topic.fromTopicArn(scope, "Topic", "arn:aws:sns:us-east-1:123456789012:alarms")))
                .values("directory.directory", "site")
                .values("build.directory", "web")
                .values("build.output", "dist")
                .values("notFoundPage", "404.html")
                .values("glob", "*.ico")
                .values("cacheControl.cacheControl", "public, max-age=86400")
                .values("webAclArn", "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567")
                .values("host", "api.example.com")
                .values("origin.path", "/api/*", "/legacy/v1/*")
                .values("path", "/v1")
                .values("header.name", "x-sample")
                .values("of.names", "www.example.com")
                .values("redirectFrom.names", "example.com")
                .withoutEffect("site(Site.directory(\"site\"))", "tests have a placeholder in place of the files")
                .withoutEffect("site(Site.directory(\"site\").mode(SiteMode.DIRECTORY_INDEX))", "it is the default")
                .withoutEffect("site(Site.directory(\"site\").runtimeConfig(Map.of()))", "it adds none")
                .withoutEffect(
                        "site(Site.directory(\"site\").strictTransportSecurity(StrictTransportSecurity.HOST))",
                        "it is the default")
                .withoutEffect("site(Site.build(\"sample\", \"web\", \"dist\").inputs())", "tests build nothing")
                .withoutEffect(
                        "site(Site.build(\"sample\", \"web\", \"dist\").inputs(\"sample\"))", "tests build nothing")
                .withoutEffect(
                        "site(Site.build(\"sample\", \"web\", \"dist\").mode(SiteMode.DIRECTORY_INDEX))",
                        "it is the default")
                .withoutEffect(
                        "site(Site.build(\"sample\", \"web\", \"dist\").runtimeConfig(Map.of()))", "it adds none")
                .withoutEffect(
                        "site(Site.build(\"sample\", \"web\", \"dist\").strictTransportSecurity(StrictTransportSecurity.HOST))",
                        "it is the default"));
    }

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
