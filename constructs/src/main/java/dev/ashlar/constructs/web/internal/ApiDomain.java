package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.web.CustomDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnApiMapping;
import software.amazon.awscdk.services.apigatewayv2.CfnDomainName;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.constructs.Construct;

/**
 * What a domain is to a regional API, HTTP or REST. A construct that has one calls {@link #of} among its checks, and
 * {@link #create} after the stage. All of it lies below the construct's child {@code Domain}.
 */
public final class ApiDomain {
    private final Construct construct;
    private final CustomDomain domain;

    private ApiDomain(Construct construct, CustomDomain domain) {
        this.construct = construct;
        this.domain = domain;
    }

    /**
     * Checks a domain; it creates nothing.
     *
     * @param construct the construct that has the API
     * @param domain its domain
     * @return what the API needs of it
     * @throws IllegalArgumentException if the domain cannot lead to an API of that construct's stack
     */
    public static ApiDomain of(Construct construct, CustomDomain domain) {
        Check check = Check.of(construct);
        check.that(
                domain.getRedirects().isEmpty(),
                "domain.redirectFrom must have a distribution, got an API alone; put a site before it, or name all hosts"
                        + " in CustomDomain.of to answer them alike");
        check.that(
                !domain.isCrossRegionCertificate(),
                "domain.crossRegionCertificate() must have a distribution, got an API alone, whose certificate lies in its"
                        + " own region; drop it");
        DomainChecks checks = new DomainChecks(construct, domain);
        checks.names();
        String region = Stack.of(construct).getRegion();
        checks.certificate(Tokens.isUnresolved(region) ? null : region, "the region of the API");
        return new ApiDomain(construct, domain);
    }

    /**
     * Creates the certificate unless one was given, and for each name a domain name of API Gateway with its mapping and
     * the records A and AAAA.
     *
     * @param apiId the API's id
     * @param stage the name of its stage, as a reference to it, so that the mapping comes after it
     * @return the address of the first name, which ends with a slash
     */
    public String create(String apiId, String stage) {
        Construct scope = new Construct(construct, "Domain");
        ICertificate given = domain.getCertificate();
        String certificateArn = given != null
                ? given.getCertificateArn()
                : DomainParts.certificate(scope, DomainParts.zonesOf(domain)).getRef();
        for (String name : domain.getNames()) {
            CfnDomainName domainName = domainName(scope, name, certificateArn);
            CfnApiMapping.Builder.create(scope, "Mapping-" + name)
                    .apiId(apiId)
                    .domainName(domainName.getRef())
                    .stage(stage)
                    .build();
            DomainParts.aliases(
                    scope,
                    name,
                    domain.getZone(),
                    domainName.getAttrRegionalDomainName(),
                    domainName.getAttrRegionalHostedZoneId(),
                    true);
        }
        return "https://" + domain.getNames().get(0) + "/";
    }

    private CfnDomainName domainName(Construct scope, String name, String certificateArn) {
        return CfnDomainName.Builder.create(scope, "Name-" + name)
                .domainName(name)
                .mutualTlsAuthentication(mutualTls(domain.getTruststore()))
                .domainNameConfigurations(List.of(CfnDomainName.DomainNameConfigurationProperty.builder()
                        .certificateArn(certificateArn)
                        .endpointType("REGIONAL")
                        .securityPolicy("TLS_1_2")
                        // Without it there is no IPv6 address to lead an AAAA record to.
                        .ipAddressType("dualstack")
                        .build()))
                .build();
    }

    private static CfnDomainName.@Nullable MutualTlsAuthenticationProperty mutualTls(
            CustomDomain.@Nullable Truststore truststore) {
        return truststore == null
                ? null
                : CfnDomainName.MutualTlsAuthenticationProperty.builder()
                        .truststoreUri("s3://" + truststore.bucket().getBucketName() + "/" + truststore.key())
                        .truststoreVersion(truststore.version())
                        .build();
    }
}
