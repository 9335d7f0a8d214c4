package dev.ashlar.constructs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.ashlar.test.TestApp;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.IHostedZone;

class CustomDomainTest {
    private final Stack stack = new Stack(TestApp.create(), "Shop");
    private final IHostedZone zone = HostedZone.fromHostedZoneId(stack, "Zone", "Z1");
    private final IHostedZone other = HostedZone.fromHostedZoneId(stack, "Other", "Z2");

    @Test
    void hasDefaults() {
        CustomDomain domain = CustomDomain.of(zone, "app.example.com");

        assertThat(domain.getZone()).isSameAs(zone);
        assertThat(domain.getNames()).containsExactly("app.example.com");
        assertThat(domain.getRedirects()).isEmpty();
        assertThat(domain.getCertificate()).isNull();
        assertThat(domain.isCrossRegionCertificate()).isFalse();
    }

    @Test
    void namesKeepTheirOrderAndCountOnce() {
        assertThat(CustomDomain.of(zone, "b.example.com", "a.example.com", "b.example.com")
                        .getNames())
                .containsExactly("b.example.com", "a.example.com");
    }

    @Test
    void redirectsAreAddedEachWithItsZone() {
        CustomDomain domain = CustomDomain.of(zone, "app.example.com")
                .redirectFrom("example.com", "www.example.com")
                .redirectFrom(other, "example.net");

        assertThat(domain.getRedirects())
                .containsExactly(
                        entry("example.com", zone), entry("www.example.com", zone), entry("example.net", other));
    }

    @Test
    void eachStepIsAnotherValueThatKeepsTheRest() {
        ICertificate certificate = Certificate.fromCertificateArn(stack, "Certificate", "arn");
        CustomDomain plain = CustomDomain.of(zone, "app.example.com");
        CustomDomain all =
                plain.withCertificate(certificate).crossRegionCertificate().redirectFrom("example.com");

        assertThat(plain.getRedirects()).isEmpty();
        assertThat(plain.getCertificate()).isNull();
        assertThat(plain.isCrossRegionCertificate()).isFalse();
        assertThat(all.getNames()).containsExactly("app.example.com");
        assertThat(all.getRedirects()).containsOnlyKeys("example.com");
        assertThat(all.getCertificate()).isSameAs(certificate);
        assertThat(all.isCrossRegionCertificate()).isTrue();
        assertThat(all.withCertificate(null).getCertificate()).isNull();
    }

    @Test
    void collectionsCannotBeChanged() {
        CustomDomain domain = CustomDomain.of(zone, "app.example.com").redirectFrom("example.com");

        assertThatThrownBy(() -> domain.getNames().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> domain.getRedirects().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void nullNamesWhatIsMissing() {
        assertThatThrownBy(() -> CustomDomain.of(null, "app.example.com"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("zone");
        assertThatThrownBy(() -> CustomDomain.of(zone, "app.example.com").redirectFrom((IHostedZone) null, "a.b"))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("zone");
    }
}
