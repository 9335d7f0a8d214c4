package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Tokens;
import dev.ashlar.constructs.web.CustomDomain;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.CfnHostedZone;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.IPrivateHostedZone;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** What is wrong with a domain, whatever it leads to. */
final class DomainChecks {
    // https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_FIRST_NAME = 64;
    // https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
    private static final int USUAL_NAMES = 10;
    private static final int MOST_NAMES = 100;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile("(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")+");
    private static final Pattern CERTIFICATE = Pattern.compile("arn:[^:]+:acm:([^:]+):[^:]+:certificate/.+");

    private final Construct construct;
    private final CustomDomain domain;
    private final Check check;

    DomainChecks(Construct construct, CustomDomain domain) {
        this.construct = construct;
        this.domain = domain;
        this.check = Check.of(construct);
    }

    void names() {
        check.that(
                !domain.getNames().isEmpty(),
                "domain must have a name, got none; write CustomDomain.of(zone, \"www.example.com\")");
        domain.getNames().forEach(name -> host("domain", name));
        domain.getRedirects().keySet().forEach(name -> host("domain.redirectFrom", name));
        redirects();
        publicZone(domain.getZone());
        domain.getRedirects().values().stream().distinct().forEach(this::publicZone);
        domain.getNames().forEach(name -> held("domain", name, domain.getZone(), ""));
        domain.getRedirects()
                .forEach((name, zone) ->
                        held("domain.redirectFrom", name, zone, ": redirectFrom(zone, \"%s\")".formatted(name)));
    }

    /** Checks the certificate, where it must lie in the given region; none means that any will do. */
    void certificate(@Nullable String region, String why) {
        ICertificate given = domain.getCertificate();
        if (given == null) {
            newCertificate();
            return;
        }
        check.that(
                !domain.isCrossRegionCertificate(),
                "domain.crossRegionCertificate() must stand without withCertificate, got both; drop either");
        regionOf(given)
                .filter(actual -> region != null && !actual.equals(region))
                .ifPresent(actual -> check.that(
                        false,
                        "domain.withCertificate must be in %s, %s, got one in %s: %s; request it in %s, or give none"
                                .formatted(region, why, actual, describe(given), region)));
    }

    /** The zone's name in lower case and without a last dot, unless nobody knows it yet. */
    private static Optional<String> nameOf(IHostedZone zone) {
        try {
            String name = zone.getZoneName();
            return Tokens.isUnresolved(name)
                    ? Optional.empty()
                    : Optional.of(name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
        } catch (RuntimeException e) {
            // HostedZone.fromHostedZoneId: CDK throws rather than says that it does not know.
            return Optional.empty();
        }
    }

    private void host(String prop, String name) {
        check.that(
                !Tokens.isUnresolved(name),
                prop + " must have names that are known at synth, got a token; take them from the app's code or its"
                        + " context");
        check.that(
                name.length() <= LONGEST_NAME && HOST.matcher(name).matches(),
                prop + " must have host names in lower case such as www.example.com, of at most " + LONGEST_NAME
                        + " characters and labels of at most 63, got \"" + name + "\"");
    }

    private void redirects() {
        if (domain.getRedirects().isEmpty()) {
            return;
        }
        String first = domain.getNames().get(0);
        check.that(
                !first.startsWith("*"),
                "domain must begin with a name that redirects can lead to, got \"" + first
                        + "\"; name one without a wildcard first");
        for (String name : domain.getRedirects().keySet()) {
            check.that(
                    !name.startsWith("*"),
                    "domain.redirectFrom must have names without wildcards, got \"" + name + "\"; name each host");
            check.that(
                    !domain.getNames().contains(name),
                    "domain.redirectFrom must have names that the domain does not serve itself, got \"" + name
                            + "\"; drop either");
        }
    }

    private void publicZone(IHostedZone zone) {
        check.that(
                !isPrivate(zone),
                "domain must have a public zone, got the private zone "
                        + zone.getNode().getPath() + "; certificates are validated, and browsers look, in public ones");
    }

    private static boolean isPrivate(IHostedZone zone) {
        if (zone instanceof IPrivateHostedZone) {
            return true;
        }
        if (!(zone instanceof HostedZone)) {
            return false;
        }
        // A zone is private by its networks, which may have been added after it was created.
        IConstruct resource = zone.getNode().getDefaultChild();
        Object networks =
                resource instanceof CfnHostedZone created ? Stack.of(zone).resolve(created.getVpcs()) : null;
        return networks instanceof Iterable<?> some && some.iterator().hasNext();
    }

    private void held(String prop, String name, IHostedZone zone, String how) {
        nameOf(zone)
                .filter(apex -> !name.equals(apex) && !name.endsWith("." + apex))
                .ifPresent(apex -> check.that(
                        false,
                        "%s must lie in its zone %s, got \"%s\"; give the zone that holds it%s"
                                .formatted(prop, apex, name, how)));
    }

    private void newCertificate() {
        int count = domain.getNames().size() + domain.getRedirects().size();
        String first = domain.getNames().get(0);
        check.that(
                first.length() <= LONGEST_FIRST_NAME,
                "domain must begin with a name of at most %d characters, the longest that a certificate can begin with, got %d: \"%s\"; name a shorter one first"
                        .formatted(LONGEST_FIRST_NAME, first.length(), first));
        check.that(
                count <= MOST_NAMES,
                "domain must have at most %d names, as many as a certificate can have, got %d; use a wildcard such as *.example.com"
                        .formatted(MOST_NAMES, count));
        if (count > USUAL_NAMES) {
            Annotations.of(construct)
                    .addWarningV2(
                            "ashlar:domainNames",
                            "domain has %d names, and a certificate has at most %d unless AWS raised the account's quota; use a wildcard such as *.example.com, or ask for more"
                                    .formatted(count, USUAL_NAMES));
        }
    }

    private Optional<String> regionOf(ICertificate given) {
        String arn = given.getCertificateArn();
        var parts = CERTIFICATE.matcher(arn);
        if (parts.matches()) {
            return known(parts.group(1));
        }
        check.that(
                Tokens.isUnresolved(arn),
                "domain.withCertificate must be a certificate of ACM, got \"" + arn
                        + "\"; its ARN is like arn:aws:acm:us-east-1:123456789012:certificate/1234");
        // An imported certificate says nothing of its region: it has that of the stack where it is imported.
        return given instanceof Certificate ? known(Stack.of(given).getRegion()) : Optional.empty();
    }

    private static Optional<String> known(String region) {
        return Tokens.isUnresolved(region) ? Optional.empty() : Optional.of(region);
    }

    private static String describe(ICertificate given) {
        return given instanceof Certificate ? given.getNode().getPath() : given.getCertificateArn();
    }
}
