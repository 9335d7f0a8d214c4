package dev.ashlar.constructs.web.internal;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.web.CustomDomain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.s3.Bucket;

class ApiDomainTest {
    private static final String CERTIFICATE = "AWS::CertificateManager::Certificate";
    private static final String DOMAIN_NAME = "AWS::ApiGatewayV2::DomainName";
    private static final String MAPPING = "AWS::ApiGatewayV2::ApiMapping";
    private static final String RECORD = "AWS::Route53::RecordSet";

    private final DomainFixture shop = DomainFixture.in("eu-central-1");

    @Test
    void anApiHasItsCertificateInItsOwnRegion() {
        create(CustomDomain.of(shop.zone, "api.example.com"));

        Template template = Template.fromStack(shop.stack);
        template.hasResourceProperties(
                CERTIFICATE,
                Map.of(
                        "DomainName",
                        "api.example.com",
                        "SubjectAlternativeNames",
                        Match.absent(),
                        "ValidationMethod",
                        "DNS",
                        "DomainValidationOptions",
                        List.of(Map.of("DomainName", "api.example.com", "HostedZoneId", "Z1"))));
        template.hasResourceProperties(
                DOMAIN_NAME,
                Map.of(
                        "DomainName",
                        "api.example.com",
                        "DomainNameConfigurations",
                        List.of(Map.of(
                                "CertificateArn",
                                Map.of("Ref", Match.stringLikeRegexp("^WebDomainCertificate")),
                                "EndpointType",
                                "REGIONAL",
                                "IpAddressType",
                                "dualstack",
                                "SecurityPolicy",
                                "TLS_1_2"))));
        assertThat(shop.stack).hasNoCustomResources();
    }

    @Test
    void theWholeApiIsMappedOnceItsStageIsThere() {
        create(CustomDomain.of(shop.zone, "api.example.com"));

        Template.fromStack(shop.stack)
                .hasResourceProperties(
                        MAPPING,
                        Map.of(
                                "ApiId",
                                Map.of("Ref", Match.stringLikeRegexp("^WebApi")),
                                "ApiMappingKey",
                                Match.absent(),
                                "DomainName",
                                Map.of("Ref", Match.stringLikeRegexp("^WebDomainName")),
                                "Stage",
                                Map.of("Ref", Match.stringLikeRegexp("^WebStage"))));
    }

    @Test
    void itsRecordsLeadThereOverIpv4AndIpv6() {
        create(CustomDomain.of(shop.zone, "api.example.com"));

        Template template = Template.fromStack(shop.stack);
        template.resourceCountIs(RECORD, 2);
        for (String type : List.of("A", "AAAA")) {
            template.hasResourceProperties(
                    RECORD,
                    Map.of(
                            "Type",
                            type,
                            "Name",
                            "api.example.com.",
                            "HostedZoneId",
                            "Z1",
                            "AliasTarget",
                            Map.of(
                                    "DNSName",
                                    domainName("RegionalDomainName"),
                                    "HostedZoneId",
                                    domainName("RegionalHostedZoneId"),
                                    "EvaluateTargetHealth",
                                    false)));
        }
    }

    @Test
    void eachNameIsADomainNameUnderOneCertificate() {
        String url = create(CustomDomain.of(shop.zone, "api.example.com", "*.api.example.com"));

        assertThat(url).isEqualTo("https://api.example.com/");
        Template template = Template.fromStack(shop.stack);
        template.resourceCountIs(DOMAIN_NAME, 2);
        template.resourceCountIs(MAPPING, 2);
        template.resourceCountIs(RECORD, 4);
        template.resourceCountIs(CERTIFICATE, 1);
        template.hasResourceProperties(
                CERTIFICATE,
                Map.of("DomainName", "api.example.com", "SubjectAlternativeNames", List.of("*.api.example.com")));
    }

    @Test
    void resourcesKeepTheirLogicalIdsWhenNamesComeAndGo() {
        DomainFixture before = DomainFixture.in("eu-central-1");
        create(before, CustomDomain.of(before.zone, "api.example.com"));
        create(CustomDomain.of(shop.zone, "new.example.com", "api.example.com"));

        for (String type : List.of(CERTIFICATE, DOMAIN_NAME, MAPPING, RECORD)) {
            assertThat(Template.fromStack(shop.stack).findResources(type).keySet())
                    .containsAll(
                            Template.fromStack(before.stack).findResources(type).keySet());
        }
    }

    @Test
    void aStackWithoutRegionHasItsCertificateToo() {
        DomainFixture anywhere = DomainFixture.withoutRegion();
        create(anywhere, CustomDomain.of(anywhere.zone, "api.example.com"));

        Template.fromStack(anywhere.stack).resourceCountIs(CERTIFICATE, 1);
    }

    @Test
    void aGivenCertificateIsUsed() {
        String arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1234";
        create(CustomDomain.of(shop.zone, "api.example.com").withCertificate(imported(shop, arn)));

        Template template = Template.fromStack(shop.stack);
        template.resourceCountIs(CERTIFICATE, 0);
        template.hasResourceProperties(
                DOMAIN_NAME,
                Map.of("DomainNameConfigurations", List.of(Match.objectLike(Map.of("CertificateArn", arn)))));
    }

    @Test
    void rejectsACertificateOfAnotherRegion() {
        ICertificate given = imported(shop, "arn:aws:acm:us-east-1:123456789012:certificate/1234");

        assertThatThrownBy(() -> ApiDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "api.example.com").withCertificate(given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.withCertificate must be in eu-central-1, the region of the API, got one in"
                                + " us-east-1: arn:aws:acm:us-east-1:123456789012:certificate/1234; request it in eu-central-1, or"
                                + " give none");
    }

    @Test
    void whereTheRegionIsNotKnownAnyCertificatePasses() {
        DomainFixture anywhere = DomainFixture.withoutRegion();
        ICertificate given = imported(anywhere, "arn:aws:acm:us-east-1:123456789012:certificate/1234");

        assertThatCode(() -> ApiDomain.of(
                        anywhere.web,
                        CustomDomain.of(anywhere.zone, "api.example.com").withCertificate(given)))
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsRedirects() {
        assertThatThrownBy(() -> ApiDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "api.example.com").redirectFrom("example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.redirectFrom must have a distribution, got an API alone; put a site before it,"
                                + " or name all hosts in CustomDomain.of to answer them alike");
    }

    @Test
    void rejectsACertificateInUsEast1() {
        assertThatThrownBy(() -> ApiDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "api.example.com").crossRegionCertificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.crossRegionCertificate() must have a distribution, got an API alone, whose"
                                + " certificate lies in its own region; drop it");
    }

    @Test
    void rejectsNamesAsForADistribution() {
        assertThatThrownBy(() -> ApiDomain.of(shop.web, CustomDomain.of(shop.zone, "api.example.org")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain must lie in its zone example.com, got \"api.example.org\"; give the zone that"
                                + " holds it");
    }

    @Test
    void checksCreateNothing() {
        ApiDomain.of(shop.web, CustomDomain.of(shop.zone, "api.example.com"));

        assertThat(shop.web.getNode().getChildren()).isEmpty();
    }

    @Test
    void clientsShowACertificateWhereTheyMust() {
        Bucket trusted = new Bucket(shop.stack, "Trusted");

        create(CustomDomain.of(shop.zone, "api.example.com").mutualTls(trusted, "clients.pem", "7"));

        Template.fromStack(shop.stack)
                .hasResourceProperties(
                        DOMAIN_NAME,
                        Map.of(
                                "MutualTlsAuthentication",
                                Map.of(
                                        "TruststoreUri",
                                        Map.of(
                                                "Fn::Join",
                                                List.of(
                                                        "",
                                                        List.of(
                                                                "s3://",
                                                                Map.of("Ref", Match.stringLikeRegexp("^Trusted")),
                                                                "/clients.pem"))),
                                        "TruststoreVersion",
                                        "7")));
    }

    private String create(CustomDomain domain) {
        return create(shop, domain);
    }

    /** Does what a pattern with an API alone does. */
    private static String create(DomainFixture shop, CustomDomain given) {
        ApiDomain domain = ApiDomain.of(shop.web, given);
        HttpApi api = HttpApi.Builder.create(shop.web, "Api")
                .createDefaultStage(false)
                .build();
        CfnStage stage = CfnStage.Builder.create(shop.web, "Stage")
                .apiId(api.getApiId())
                .stageName("$default")
                .autoDeploy(true)
                .build();
        return domain.create(api.getApiId(), stage.getRef());
    }

    private static ICertificate imported(DomainFixture shop, String arn) {
        return Certificate.fromCertificateArn(shop.stack, "Certificate", arn);
    }

    private static Map<String, Object> domainName(String attribute) {
        return Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("^WebDomainName"), attribute));
    }
}
