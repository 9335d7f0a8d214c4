package dev.ashlar.constructs.web;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.s3.IBucket;

/**
 * The names under which a site or an API is reached, with a certificate and with the records that lead there over IPv4 and
 * IPv6.
 *
 * <pre>{@code
 * CustomDomain.of(zone, "app.example.com").redirectFrom("example.com")
 * }</pre>
 *
 * <p>The zone is a public one, created or imported, also by {@code HostedZone.fromLookup}. The certificate is requested
 * and validated by records in the zones, unless one is given. CloudFront takes certificates from us-east-1 alone: a stack
 * with a distribution lies there, or is given a certificate from there, or asks for {@link #crossRegionCertificate()}. An
 * API has its certificate in its own region.
 *
 * <p>Names are host names in lower case, known at synth. {@code *.example.com} stands for all that have one label more
 * than {@code example.com}.
 *
 * <p>It checks nothing before it is given to a construct: the construct's errors say where.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html">Use custom URLs by adding
 *     alternate domain names</a>
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html">Custom
 *     domain names for HTTP APIs</a>
 */
public final class CustomDomain {
    private final IHostedZone zone;
    private final List<String> names;
    private Map<String, IHostedZone> redirects = Map.of();
    private @Nullable ICertificate certificate;
    private boolean crossRegionCertificate;
    private @Nullable Truststore truststore;

    /**
     * The certificates of clients that are let in.
     *
     * @param bucket the bucket with the file
     * @param key its key there
     * @param version its version; null for the newest at deployment
     */
    public record Truststore(
            IBucket bucket, String key, @Nullable String version) {}

    private CustomDomain(IHostedZone zone, List<String> names) {
        this.zone = zone;
        this.names = names;
    }

    /**
     * Names in one zone. All of them are answered alike; the first is the one that redirects lead to.
     *
     * @param zone the public hosted zone that holds the names
     * @param names host names in lower case, at least one, such as {@code www.example.com}; one that is there twice
     *     counts once
     * @return the domain, with a certificate of its own and without redirects
     */
    public static CustomDomain of(IHostedZone zone, String... names) {
        return new CustomDomain(
                requireNonNull(zone, "zone"), List.copyOf(new LinkedHashSet<>(Check.elements("names", names))));
    }

    /**
     * Sets the certificate. It must cover all names, those that redirect too.
     *
     * <p>Default: a new one for all names, validated by records in their zones.
     *
     * @param certificate a certificate of ACM, in us-east-1 for a distribution and in the API's region for an API
     * @return the domain with that certificate
     */
    public CustomDomain withCertificate(@Nullable ICertificate certificate) {
        return with(domain -> domain.certificate = certificate);
    }

    /**
     * Adds names in the same zone that redirect to the first name, which takes a distribution. Path and query string are
     * kept.
     *
     * @param names host names in lower case, without wildcards
     * @return the domain with those redirects too
     */
    public CustomDomain redirectFrom(String... names) {
        return redirectFrom(zone, names);
    }

    /**
     * Adds names in another zone that redirect to the first name, which takes a distribution. Path and query string are
     * kept.
     *
     * @param zone the public hosted zone that holds these names
     * @param names host names in lower case, without wildcards
     * @return the domain with those redirects too
     */
    public CustomDomain redirectFrom(IHostedZone zone, String... names) {
        requireNonNull(zone, "zone");
        Map<String, IHostedZone> all = new LinkedHashMap<>(redirects);
        for (String name : Check.elements("names", names)) {
            all.put(name, zone);
        }
        return with(domain -> domain.redirects = Collections.unmodifiableMap(all));
    }

    /**
     * Lets a stack outside us-east-1 have a distribution: its certificate lies in a support stack in us-east-1, whose
     * output it reads with {@code Fn::GetStackOutput}. There are no custom resources and no functions in between.
     *
     * <p>What that brings: one more stack, which is deployed first and which {@code cdk destroy} of the site's stack
     * leaves alone; us-east-1 must be bootstrapped; and when names change, the former certificate stays in the account,
     * because it is in use until the site's stack is updated.
     *
     * <p>In us-east-1 it changes nothing. The zone must not be created in the same stack.
     *
     * <p>Default: a stack outside us-east-1 that is given no certificate is an error.
     *
     * @return the domain, with such a stack where one is needed
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html">Fn::GetStackOutput</a>
     */
    public CustomDomain crossRegionCertificate() {
        return with(domain -> domain.crossRegionCertificate = true);
    }

    /**
     * Lets in clients that show a certificate alone (mutual TLS). For an API without a site: CloudFront does not pass on what
     * a client shows.
     *
     * <p>Default: clients need no certificate.
     *
     * @param bucket a bucket in the API's region, with versions
     * @param key the key of a PEM file with the certificates of the authorities that sign clients' certificates
     * @return the domain with it
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html">Turn on mutual TLS
     *     authentication for HTTP APIs</a>
     */
    public CustomDomain mutualTls(IBucket bucket, String key) {
        return with(domain ->
                domain.truststore = new Truststore(requireNonNull(bucket, "bucket"), requireNonNull(key, "key"), null));
    }

    /**
     * Lets in clients that show a certificate alone, by one version of the file: another version is another deployment.
     *
     * @param bucket as for {@link #mutualTls(IBucket, String)}
     * @param key as there
     * @param version the version of the file
     * @return the domain with it
     */
    public CustomDomain mutualTls(IBucket bucket, String key, String version) {
        return with(domain -> domain.truststore = new Truststore(
                requireNonNull(bucket, "bucket"), requireNonNull(key, "key"), requireNonNull(version, "version")));
    }

    /** {@return the zone that holds the names} */
    public IHostedZone getZone() {
        return zone;
    }

    /** {@return the names that are answered, in the order given} */
    public List<String> getNames() {
        return names;
    }

    /** {@return the names that redirect to the first name, each with its zone, in the order given} */
    public Map<String, IHostedZone> getRedirects() {
        return redirects;
    }

    /** {@return the certificate that was given, or null} */
    public @Nullable ICertificate getCertificate() {
        return certificate;
    }

    /** {@return whether the certificate may lie in a support stack in us-east-1} */
    public boolean isCrossRegionCertificate() {
        return crossRegionCertificate;
    }

    /** {@return the certificates of clients that are let in; null if clients need none} */
    public @Nullable Truststore getTruststore() {
        return truststore;
    }

    /** Changes a copy, which nobody else knows yet. */
    private CustomDomain with(Consumer<CustomDomain> change) {
        CustomDomain copy = new CustomDomain(zone, names);
        copy.redirects = redirects;
        copy.certificate = certificate;
        copy.crossRegionCertificate = crossRegionCertificate;
        copy.truststore = truststore;
        change.accept(copy);
        return copy;
    }
}
