package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.test.TestApp;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.constructs.Construct;

/** An app with a stack {@code Shop} and a construct {@code Web} in it, which stands for a pattern. */
final class DomainFixture {
    // CDK's own default, with which a reference across regions is custom resources, unless it is asked to be weak.
    final App app = TestApp.create(Map.of("@aws-cdk/core:defaultCrossStackReferences", "strong"));
    final Stack stack;
    final Construct web;
    final IHostedZone zone;

    private DomainFixture(Environment environment) {
        stack = Stack.Builder.create(app, "Shop").env(environment).build();
        web = new Construct(stack, "Web");
        zone = imported("Zone", "example.com", "Z1");
    }

    static DomainFixture in(String region) {
        return new DomainFixture(Environment.builder().region(region).build());
    }

    static DomainFixture withoutRegion() {
        return new DomainFixture(Environment.builder().build());
    }

    IHostedZone imported(String id, String name, String zoneId) {
        return HostedZone.fromHostedZoneAttributes(
                stack,
                id,
                HostedZoneAttributes.builder()
                        .zoneName(name)
                        .hostedZoneId(zoneId)
                        .build());
    }

    /** Does what a pattern with a distribution does. */
    Distribution distribution(CustomDomain given) {
        return distribution(given, true);
    }

    Distribution distribution(CustomDomain given, boolean ipv6) {
        DistributionDomain domain = DistributionDomain.of(web, given);
        ICertificate certificate = domain.createCertificate();
        Distribution distribution = Distribution.Builder.create(web, "Distribution")
                .defaultBehavior(BehaviorOptions.builder()
                        .origin(new HttpOrigin("origin.example.org"))
                        .build())
                .certificate(certificate)
                .domainNames(domain.getNames())
                .enableIpv6(ipv6)
                .build();
        domain.createRecords(distribution);
        return distribution;
    }
}
