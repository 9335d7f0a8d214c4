package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.web.CustomDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ReferenceStrength;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.CfnCertificate;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** The resources that a domain has, whatever it leads to. */
final class DomainParts {
    private DomainParts() {}

    /** All names in a fixed order, each with its zone. */
    static Map<String, IHostedZone> zonesOf(CustomDomain domain) {
        Map<String, IHostedZone> zones = new LinkedHashMap<>();
        domain.getNames().forEach(name -> zones.put(name, domain.getZone()));
        zones.putAll(domain.getRedirects());
        return zones;
    }

    static CfnCertificate certificate(Construct scope, Map<String, IHostedZone> zones) {
        List<String> names = List.copyOf(zones.keySet());
        List<CfnCertificate.DomainValidationOptionProperty> validation = new ArrayList<>();
        zones.forEach((name, zone) -> {
            // A name and the wildcard below it have the same record, which is written once.
            if (!name.startsWith("*.") || !zones.containsKey(name.substring(2))) {
                validation.add(CfnCertificate.DomainValidationOptionProperty.builder()
                        .domainName(name)
                        .hostedZoneId(zoneId(scope, zone))
                        .build());
            }
        });
        return CfnCertificate.Builder.create(scope, "Certificate")
                .domainName(names.get(0))
                .subjectAlternativeNames(names.size() == 1 ? null : names.subList(1, names.size()))
                .validationMethod("DNS")
                .domainValidationOptions(validation)
                .build();
    }

    /** Creates the records of one name. Their ids are made of the name, so that they stay when others come and go. */
    static void aliases(
            Construct scope, String name, IHostedZone zone, String target, String targetZoneId, boolean ipv6) {
        alias(scope, "Ipv4-" + name, "A", name, zone, target, targetZoneId);
        if (ipv6) {
            alias(scope, "Ipv6-" + name, "AAAA", name, zone, target, targetZoneId);
        }
    }

    private static void alias(
            Construct scope,
            String id,
            String type,
            String name,
            IHostedZone zone,
            String target,
            String targetZoneId) {
        CfnRecordSet.Builder.create(scope, id)
                .hostedZoneId(zoneId(scope, zone))
                .name(name + ".")
                .type(type)
                .aliasTarget(CfnRecordSet.AliasTargetProperty.builder()
                        .dnsName(target)
                        .hostedZoneId(targetZoneId)
                        .evaluateTargetHealth(false)
                        .build())
                .build();
    }

    private static String zoneId(Construct scope, IHostedZone zone) {
        String id = zone.getHostedZoneId();
        return zone instanceof HostedZone ? across(scope, zone, id) : id;
    }

    /** A reference to what the app creates; across regions a weak one, which takes no custom resource and no function. */
    static String across(Construct scope, IConstruct created, String attribute) {
        String here = Stack.of(scope).getRegion();
        String there = Stack.of(created).getRegion();
        return here.equals(there) || Tokens.isUnresolved(there)
                ? attribute
                : Stack.consumeReference(attribute, ReferenceStrength.WEAK);
    }
}
