package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.patterns.FunctionOptionValues;
import dev.ashlar.test.Options;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;

/** With what the options of a web application are tried, whichever API is its front. */
final class WebAppOptionValues {
    private WebAppOptionValues() {}

    /** {@return values for all of them but the keys of routes} */
    static Options requiring(String... setters) {
        return FunctionOptionValues.requiring(setters)
                .values("origin.path", "/legacy/*")
                .value(Site.class, "Site.directory(\"site\")", scope -> Site.directory("site"))
                .value(ApiOrigin.class, "ApiOrigin.host(...)", scope -> ApiOrigin.host("orders.example.com"))
                .value(
                        CustomDomain.class,
                        "CustomDomain.of(zone, ...)",
                        scope -> CustomDomain.of(
                                HostedZone.fromHostedZoneAttributes(
                                        scope,
                                        "Zone",
                                        HostedZoneAttributes.builder()
                                                .hostedZoneId("Z1")
                                                .zoneName("example.com")
                                                .build()),
                                "www.example.com"))
                .values("rate", 100, 0)
                .values("burst", 200, 0)
                .values("corsOrigins", "https://www.example.com", "*")
                .values("issuer", "https://issuer.example.com")
                .values("webAclArn", "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/shop/01234567")
                .withoutEffect("corsOrigins()", "there are none by default")
                .withoutEffect("authorization(Authorization.none()", "it is the default");
    }
}
