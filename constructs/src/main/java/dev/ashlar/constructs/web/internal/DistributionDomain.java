package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.web.CustomDomain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CfnCertificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudfront.CfnDistribution;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.constructs.Construct;

/**
 * What a domain is to a CloudFront distribution. A construct that has one calls, in this order, {@link #of} among its
 * checks, {@link #createCertificate()}, the distribution with {@link #getNames()} and a function that does {@link
 * #getRedirects()}, and {@link #createRecords}. All of it lies below the construct's child {@code Domain}.
 */
public final class DistributionDomain {
    // https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html: the same for all distributions.
    private static final String CLOUDFRONT_ZONE_ID = "Z2FDTNDATAQYW2";

    private final Construct construct;
    private final CustomDomain domain;
    private final Map<String, IHostedZone> zones;
    private @Nullable Stack supportStack;

    private DistributionDomain(Construct construct, CustomDomain domain) {
        this.construct = construct;
        this.domain = domain;
        this.zones = DomainParts.zonesOf(domain);
    }

    /**
     * Checks a domain; it creates nothing.
     *
     * @param construct the construct that has the distribution
     * @param domain its domain
     * @return what the distribution needs of it
     * @throws IllegalArgumentException if the domain cannot lead to a distribution of that construct's stack
     */
    public static DistributionDomain of(Construct construct, CustomDomain domain) {
        Check.of(construct)
                .that(
                        domain.getTruststore() == null,
                        "domain.mutualTls must have an API alone, got a distribution, which does not pass on what clients show; drop it, or the site");
        DomainChecks checks = new DomainChecks(construct, domain);
        checks.names();
        checks.certificate(UsEast1.NAME, "where CloudFront looks for it");
        DistributionDomain result = new DistributionDomain(construct, domain);
        if (domain.getCertificate() == null) {
            result.checkRegion();
        }
        return result;
    }

    /**
     * Gives the certificate: the one that was given, or a new one.
     *
     * @return a certificate in us-east-1
     */
    public ICertificate createCertificate() {
        ICertificate given = domain.getCertificate();
        if (given != null && isHere(given)) {
            return given;
        }
        Construct scope = scope();
        return Certificate.fromCertificateArn(scope, "ImportedCertificate", certificateArn(scope, given));
    }

    /** {@return all names, for the distribution's alternate domain names: those that are answered, then the others} */
    public List<String> getNames() {
        return List.copyOf(zones.keySet());
    }

    /** {@return each name that redirects, with the name that it redirects to} */
    public Map<String, String> getRedirects() {
        Map<String, String> redirects = new LinkedHashMap<>();
        domain.getRedirects()
                .keySet()
                .forEach(name -> redirects.put(name, domain.getNames().get(0)));
        return redirects;
    }

    /**
     * Creates the records of all names: A, and AAAA unless the distribution has IPv6 switched off. The stack of its
     * certificate is deployed first.
     *
     * @param distribution the distribution that has those names
     */
    public void createRecords(Distribution distribution) {
        if (supportStack != null) {
            distribution.getNode().addDependency(supportStack);
        }
        boolean ipv6 = hasIpv6(distribution);
        Construct scope = scope();
        String target = distribution.getDistributionDomainName();
        zones.forEach((name, zone) -> DomainParts.aliases(scope, name, zone, target, CLOUDFRONT_ZONE_ID, ipv6));
    }

    private void checkRegion() {
        Check check = Check.of(construct);
        check.that(
                UsEast1.holds(construct) || domain.isCrossRegionCertificate(),
                "domain must have its certificate in us-east-1, where CloudFront looks for it, got "
                        + UsEast1.butGot(construct)
                        + "; deploy the stack in us-east-1, or let domain.crossRegionCertificate() make a support stack there,"
                        + " which must be bootstrapped and is destroyed by itself");
        if (!UsEast1.holds(construct)) {
            zones.values().stream()
                    .distinct()
                    .filter(zone -> Tokens.isUnresolved(zone.getHostedZoneId())
                            && Stack.of(zone).equals(Stack.of(construct)))
                    .forEach(zone -> check.that(
                            false,
                            "domain.crossRegionCertificate() must have a zone that is there before its stack, got %s, whose id only that stack knows; create the zone in a stack of its own, or import it by its id"
                                    .formatted(zone.getNode().getPath())));
        }
    }

    private String certificateArn(Construct scope, @Nullable ICertificate given) {
        if (given != null) {
            return DomainParts.across(scope, given, given.getCertificateArn());
        }
        return UsEast1.holds(construct) ? DomainParts.certificate(scope, zones).getRef() : inSupportStack(scope);
    }

    /** Whether CDK can refer to it without a custom resource: all but one that a stack of another region creates. */
    private boolean isHere(ICertificate given) {
        return !(given instanceof Certificate)
                || Stack.of(given).getRegion().equals(Stack.of(construct).getRegion());
    }

    private Construct scope() {
        return construct.getNode().tryFindChild("Domain") instanceof Construct existing
                ? existing
                : new Construct(construct, "Domain");
    }

    private String inSupportStack(Construct scope) {
        Stack stack = Stack.of(construct);
        Environment.Builder environment = Environment.builder().region(UsEast1.NAME);
        if (!Tokens.isUnresolved(stack.getAccount())) {
            environment.account(stack.getAccount());
        }
        Stack support = Stack.Builder.create(scope, "CertificateStack")
                .env(environment.build())
                .description("The certificate of " + construct.getNode().getPath()
                        + ", which CloudFront takes from us-east-1 alone")
                .tags(stack.getTags().tagValues())
                .build();
        CfnCertificate certificate = DomainParts.certificate(support, zones);
        // The former certificate is in use until the site's stack is updated, and that comes after this stack.
        certificate.getCfnOptions().setUpdateReplacePolicy(CfnDeletionPolicy.RETAIN);
        certificate.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.DELETE);
        CfnOutput output = CfnOutput.Builder.create(support, "CertificateArn")
                .description("The certificate's ARN, which the site's stack reads")
                .value(certificate.getRef())
                .build();
        supportStack = support;
        return Fn.getStackOutput(support.getStackName(), output.getLogicalId(), UsEast1.NAME);
    }

    private static boolean hasIpv6(Distribution distribution) {
        Object config = distribution.getNode().getDefaultChild() instanceof CfnDistribution resource
                ? Stack.of(distribution).resolve(resource.getDistributionConfig())
                : null;
        return !(config instanceof Map<?, ?> settings) || !Boolean.FALSE.equals(settings.get("ipv6Enabled"));
    }
}
