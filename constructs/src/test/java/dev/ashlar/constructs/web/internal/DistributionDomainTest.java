package dev.ashlar.constructs.web.internal;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.CertificateValidation;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.HostedZoneProviderProps;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.route53.PrivateHostedZone;
import software.amazon.awscdk.services.route53.PublicHostedZone;
import software.constructs.Construct;

class DistributionDomainTest {
    private static final String CERTIFICATE = "AWS::CertificateManager::Certificate";
    private static final String RECORD = "AWS::Route53::RecordSet";
    private static final String IN_US_EAST_1 = "arn:aws:acm:us-east-1:123456789012:certificate/1234";
    private static final String IN_EU_CENTRAL_1 = "arn:aws:acm:eu-central-1:123456789012:certificate/1234";

    private final DomainFixture shop = DomainFixture.in("us-east-1");

    @Test
    void aStackInUsEast1HasTheCertificateItself() {
        shop.distribution(CustomDomain.of(shop.zone, "app.example.com"));

        Template template = Template.fromStack(shop.stack);
        template.hasResourceProperties(
                CERTIFICATE,
                Map.of(
                        "DomainName",
                        "app.example.com",
                        "SubjectAlternativeNames",
                        Match.absent(),
                        "ValidationMethod",
                        "DNS",
                        "DomainValidationOptions",
                        List.of(Map.of("DomainName", "app.example.com", "HostedZoneId", "Z1"))));
        template.hasResourceProperties(
                "AWS::CloudFront::Distribution",
                Map.of(
                        "DistributionConfig",
                        Match.objectLike(Map.of(
                                "Aliases",
                                List.of("app.example.com"),
                                "ViewerCertificate",
                                Match.objectLike(Map.of(
                                        "AcmCertificateArn",
                                        Map.of("Ref", Match.stringLikeRegexp("^WebDomainCertificate"))))))));
        template.resourceCountIs(RECORD, 2);
        template.hasResourceProperties(RECORD, alias("A", "app.example.com.", "Z1"));
        template.hasResourceProperties(RECORD, alias("AAAA", "app.example.com.", "Z1"));
        assertThat(shop.stack).hasNoCustomResources();
    }

    @Test
    void redirectsAreNamesOfTheCertificateAndTheDistributionInWhateverZoneTheyLie() {
        IHostedZone other = shop.imported("Other", "example.net", "Z2");
        CustomDomain domain = CustomDomain.of(shop.zone, "app.example.com", "web.example.com")
                .redirectFrom("example.com")
                .redirectFrom(other, "www.example.net");

        DistributionDomain parts = DistributionDomain.of(shop.web, domain);
        shop.distribution(domain);

        assertThat(parts.getNames())
                .containsExactly("app.example.com", "web.example.com", "example.com", "www.example.net");
        assertThat(parts.getRedirects())
                .isEqualTo(Map.of("example.com", "app.example.com", "www.example.net", "app.example.com"));
        Template template = Template.fromStack(shop.stack);
        template.hasResourceProperties(
                CERTIFICATE,
                Map.of(
                        "DomainName",
                        "app.example.com",
                        "SubjectAlternativeNames",
                        List.of("web.example.com", "example.com", "www.example.net"),
                        "DomainValidationOptions",
                        List.of(
                                Map.of("DomainName", "app.example.com", "HostedZoneId", "Z1"),
                                Map.of("DomainName", "web.example.com", "HostedZoneId", "Z1"),
                                Map.of("DomainName", "example.com", "HostedZoneId", "Z1"),
                                Map.of("DomainName", "www.example.net", "HostedZoneId", "Z2"))));
        template.resourceCountIs(RECORD, 8);
        template.hasResourceProperties(RECORD, alias("AAAA", "www.example.net.", "Z2"));
    }

    @Test
    void aWildcardIsValidatedWithTheNameAboveIt() {
        shop.distribution(CustomDomain.of(shop.zone, "example.com", "*.example.com", "*.app.example.com"));

        Template template = Template.fromStack(shop.stack);
        template.hasResourceProperties(
                CERTIFICATE,
                Map.of(
                        "DomainValidationOptions",
                        List.of(
                                Map.of("DomainName", "example.com", "HostedZoneId", "Z1"),
                                Map.of("DomainName", "*.app.example.com", "HostedZoneId", "Z1"))));
        template.hasResourceProperties(RECORD, alias("A", "*.app.example.com.", "Z1"));
    }

    @Test
    void recordsKeepTheirLogicalIdsWhenNamesComeAndGo() {
        DomainFixture before = DomainFixture.in("us-east-1");
        before.distribution(CustomDomain.of(before.zone, "app.example.com"));
        shop.distribution(
                CustomDomain.of(shop.zone, "new.example.com", "app.example.com").redirectFrom("example.com"));

        assertThat(Template.fromStack(shop.stack).findResources(RECORD).keySet())
                .containsAll(
                        Template.fromStack(before.stack).findResources(RECORD).keySet());
    }

    @Test
    void aDistributionWithoutIpv6HasNoAaaaRecord() {
        shop.distribution(CustomDomain.of(shop.zone, "app.example.com"), false);

        Template template = Template.fromStack(shop.stack);
        template.resourceCountIs(RECORD, 1);
        template.hasResourceProperties(RECORD, Map.of("Type", "A"));
    }

    @Test
    void aGivenCertificateIsUsed() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        ICertificate given = Certificate.fromCertificateArn(frankfurt.stack, "Certificate", IN_US_EAST_1);
        frankfurt.distribution(
                CustomDomain.of(frankfurt.zone, "app.example.com").withCertificate(given));

        Template template = Template.fromStack(frankfurt.stack);
        template.resourceCountIs(CERTIFICATE, 0);
        template.hasResourceProperties(
                "AWS::CloudFront::Distribution",
                Map.of(
                        "DistributionConfig",
                        Match.objectLike(Map.of(
                                "ViewerCertificate", Match.objectLike(Map.of("AcmCertificateArn", IN_US_EAST_1))))));
    }

    @Test
    void aGivenCertificateWhoseRegionIsNotKnownPasses() {
        DomainFixture anywhere = DomainFixture.withoutRegion();
        CustomDomain domain = CustomDomain.of(anywhere.zone, "app.example.com");
        String arn = Fn.importValue("certificate");
        String somewhere = "arn:aws:acm:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":certificate/1234";

        assertThatCode(() -> {
                    DistributionDomain.of(anywhere.web, domain.withCertificate(created(anywhere.stack)));
                    DistributionDomain.of(
                            anywhere.web,
                            domain.withCertificate(Certificate.fromCertificateArn(anywhere.stack, "Token", arn)));
                    DistributionDomain.of(
                            anywhere.web,
                            domain.withCertificate(Certificate.fromCertificateArn(anywhere.stack, "Part", somewhere)));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsACertificateOfAnotherRegion() {
        CustomDomain domain = CustomDomain.of(shop.zone, "app.example.com");
        ICertificate imported = Certificate.fromCertificateArn(shop.stack, "Certificate", IN_EU_CENTRAL_1);
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        ICertificate created = created(frankfurt.stack);

        assertThatThrownBy(() -> DistributionDomain.of(shop.web, domain.withCertificate(imported)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.withCertificate must be in us-east-1, where CloudFront looks for it, got one"
                                + " in eu-central-1: arn:aws:acm:eu-central-1:123456789012:certificate/1234; request it in"
                                + " us-east-1, or give none");
        assertThatThrownBy(() -> DistributionDomain.of(shop.web, domain.withCertificate(created)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.withCertificate must be in us-east-1, where CloudFront looks for it, got one"
                                + " in eu-central-1: Shop/Created; request it in us-east-1, or give none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234", "arn:aws:iam::123456789012:server-certificate/1234", "arn:aws:acm:us-east-1"})
    void rejectsWhatIsNoCertificateOfAcm(String arn) {
        ICertificate given = Certificate.fromCertificateArn(shop.stack, "Certificate", arn);

        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "app.example.com").withCertificate(given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] domain.withCertificate must be a certificate of ACM, got \"" + arn
                        + "\"; its ARN is like arn:aws:acm:us-east-1:123456789012:certificate/1234");
    }

    @Test
    void rejectsAStackOutsideUsEast1() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");

        assertThatThrownBy(
                        () -> DistributionDomain.of(frankfurt.web, CustomDomain.of(frankfurt.zone, "app.example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain must have its certificate in us-east-1, where CloudFront looks for it, got a"
                                + " stack in eu-central-1; deploy the stack in us-east-1, or let"
                                + " domain.crossRegionCertificate() make a support stack there, which must be bootstrapped and is"
                                + " destroyed by itself");
    }

    @Test
    void rejectsAStackWhoseRegionIsNotKnown() {
        DomainFixture anywhere = DomainFixture.withoutRegion();

        assertThatThrownBy(() -> DistributionDomain.of(anywhere.web, CustomDomain.of(anywhere.zone, "app.example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain must have its certificate in us-east-1, where CloudFront looks for it, got a"
                                + " stack whose region is not known at synth; deploy the stack in us-east-1, or let"
                                + " domain.crossRegionCertificate() make a support stack there, which must be bootstrapped and is"
                                + " destroyed by itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-central-1", ""})
    void aCertificateAcrossRegionsLiesInASupportStackWithoutCustomResources(String region) {
        DomainFixture abroad = region.isEmpty() ? DomainFixture.withoutRegion() : DomainFixture.in(region);
        abroad.distribution(CustomDomain.of(abroad.zone, "app.example.com")
                .redirectFrom("example.com")
                .crossRegionCertificate());

        Stack support = support(abroad.web);
        assertThat(support.getRegion()).isEqualTo("us-east-1");
        Template certificates = Template.fromStack(support);
        assertThat(abroad.stack.getDependencies()).containsExactly(support);
        assertThat((Map<?, ?>) certificates.toJSON().get("Resources")).hasSize(1);
        certificates.hasResource(
                CERTIFICATE,
                Map.of(
                        "Properties",
                        Match.objectLike(Map.of(
                                "DomainName", "app.example.com", "SubjectAlternativeNames", List.of("example.com"))),
                        "UpdateReplacePolicy",
                        "Retain",
                        "DeletionPolicy",
                        "Delete"));
        certificates.hasOutput("CertificateArn", Map.of("Value", Map.of("Ref", "Certificate")));
        Template site = Template.fromStack(abroad.stack);
        site.resourceCountIs(CERTIFICATE, 0);
        site.resourceCountIs(RECORD, 4);
        site.hasResourceProperties(
                "AWS::CloudFront::Distribution",
                Map.of(
                        "DistributionConfig",
                        Match.objectLike(Map.of(
                                "ViewerCertificate",
                                Match.objectLike(Map.of(
                                        "AcmCertificateArn",
                                        Map.of(
                                                "Fn::GetStackOutput",
                                                Map.of(
                                                        "StackName", support.getStackName(),
                                                        "OutputName", "CertificateArn",
                                                        "Region", "us-east-1"))))))));
        assertThat(abroad.stack).hasNoCustomResources();
        assertThat(support).hasNoCustomResources();
    }

    @Test
    void twoSitesOfAStackHaveSupportStacksOfTheirOwn() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        CustomDomain domain = CustomDomain.of(frankfurt.zone, "app.example.com").crossRegionCertificate();
        Construct other = new Construct(frankfurt.stack, "Other");
        DistributionDomain.of(frankfurt.web, domain).createCertificate();
        DistributionDomain.of(other, domain).createCertificate();

        assertThat(support(frankfurt.web).getStackName()).startsWith("ShopWebDomainCertificateStack");
        assertThat(support(other).getStackName()).startsWith("ShopOtherDomainCertificateStack");
    }

    @Test
    void aSupportStackLiesInTheAccountAndTheStageOfItsSite() {
        App app = TestApp.create();
        Stage stage = new Stage(app, "Beta");
        Stack stack = Stack.Builder.create(stage, "Shop")
                .env(Environment.builder()
                        .account("123456789012")
                        .region("eu-central-1")
                        .build())
                .tags(Map.of("team", "shop"))
                .build();
        Construct web = new Construct(stack, "Web");
        IHostedZone zone = HostedZone.fromHostedZoneAttributes(
                stack,
                "Zone",
                HostedZoneAttributes.builder()
                        .zoneName("example.com")
                        .hostedZoneId("Z1")
                        .build());
        DistributionDomain.of(web, CustomDomain.of(zone, "app.example.com").crossRegionCertificate())
                .createCertificate();

        Stack support = support(web);
        assertThat(support.getStackName()).startsWith("Beta-ShopWebDomainCertificateStack");
        assertThat(support.getAccount()).isEqualTo("123456789012");
        assertThat(support.getTags().tagValues()).isEqualTo(Map.of("team", "shop"));
        assertThat((Object) Stage.of(support)).isEqualTo(stage);
        assertThat(app.synth().getNestedAssembly("assembly-Beta").getStacks()).hasSize(2);
    }

    @Test
    void aSupportStackServesANestedStack() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        NestedStack nested = new NestedStack(frankfurt.stack, "Nested");
        Construct web = new Construct(nested, "Web");
        DistributionDomain domain = DistributionDomain.of(
                web, CustomDomain.of(frankfurt.zone, "app.example.com").crossRegionCertificate());
        domain.createRecords(Distribution.Builder.create(web, "Distribution")
                .defaultBehavior(BehaviorOptions.builder()
                        .origin(new HttpOrigin("origin.example.com"))
                        .build())
                .domainNames(domain.getNames())
                .certificate(domain.createCertificate())
                .build());

        Template.fromStack(support(web)).resourceCountIs(CERTIFICATE, 1);
        assertThat(frankfurt.stack.getDependencies()).containsExactly(support(web));
    }

    @Test
    void inUsEast1NoSupportStackIsNeeded() {
        shop.distribution(CustomDomain.of(shop.zone, "app.example.com").crossRegionCertificate());

        Template.fromStack(shop.stack).resourceCountIs(CERTIFICATE, 1);
        assertThat(shop.stack.getDependencies()).isEmpty();
    }

    @Test
    void rejectsASupportStackThatWouldWaitForItsOwnSite() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        IHostedZone zone = PublicHostedZone.Builder.create(frankfurt.stack, "Created")
                .zoneName("example.com")
                .build();

        assertThatThrownBy(() -> DistributionDomain.of(
                        frankfurt.web, CustomDomain.of(zone, "app.example.com").crossRegionCertificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.crossRegionCertificate() must have a zone that is there before its stack, got Shop/Created, whose id only that stack knows; create the zone in a stack of its own, or import it by its id");
    }

    @Test
    void aZoneOfAnotherRegionIsReferredToWithoutCustomResources() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        Stack names = Stack.Builder.create(frankfurt.app, "Names")
                .env(Environment.builder().region("eu-west-1").build())
                .build();
        IHostedZone zone = PublicHostedZone.Builder.create(names, "Zone")
                .zoneName("example.com")
                .build();
        frankfurt.distribution(CustomDomain.of(zone, "app.example.com").crossRegionCertificate());

        Map<String, Map<String, String>> zoneId = Map.of(
                "Fn::GetStackOutput",
                Map.of("StackName", "Names", "OutputName", outputOf(names), "Region", "eu-west-1"));
        Template.fromStack(support(frankfurt.web))
                .hasResourceProperties(
                        CERTIFICATE,
                        Map.of(
                                "DomainValidationOptions",
                                List.of(Map.of("DomainName", "app.example.com", "HostedZoneId", zoneId))));
        Template.fromStack(frankfurt.stack).hasResourceProperties(RECORD, Map.of("HostedZoneId", zoneId));
        assertThat(names).hasNoCustomResources();
        assertThat(frankfurt.stack).hasNoCustomResources();
    }

    @Test
    void aCertificateThatAnotherStackCreatesInUsEast1IsReferredToWithoutCustomResources() {
        DomainFixture frankfurt = DomainFixture.in("eu-central-1");
        Stack certificates = Stack.Builder.create(frankfurt.app, "Certificates")
                .env(Environment.builder().region("us-east-1").build())
                .build();
        frankfurt.distribution(
                CustomDomain.of(frankfurt.zone, "app.example.com").withCertificate(created(certificates)));

        Template.fromStack(frankfurt.stack)
                .hasResourceProperties(
                        "AWS::CloudFront::Distribution",
                        Map.of(
                                "DistributionConfig",
                                Match.objectLike(Map.of(
                                        "ViewerCertificate",
                                        Match.objectLike(Map.of(
                                                "AcmCertificateArn",
                                                Map.of(
                                                        "Fn::GetStackOutput",
                                                        Map.of(
                                                                "StackName",
                                                                "Certificates",
                                                                "OutputName",
                                                                outputOf(certificates),
                                                                "Region",
                                                                "us-east-1"))))))));
        assertThat(certificates).hasNoCustomResources();
        assertThat(frankfurt.stack).hasNoCustomResources();
    }

    @Test
    void aZoneThatAnotherStackImportsByATokenIsTakenAsItIs() {
        Stack names = Stack.Builder.create(shop.app, "Names")
                .env(Environment.builder().region("eu-west-1").build())
                .build();
        IHostedZone zone = HostedZone.fromHostedZoneId(names, "Zone", Fn.importValue("zone"));
        shop.distribution(CustomDomain.of(zone, "app.example.com"));

        Template.fromStack(shop.stack)
                .hasResourceProperties(RECORD, Map.of("HostedZoneId", Map.of("Fn::ImportValue", "zone")));
    }

    @Test
    void rejectsACertificateThatIsBothGivenAndMade() {
        ICertificate given = Certificate.fromCertificateArn(shop.stack, "Certificate", IN_US_EAST_1);

        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web,
                        CustomDomain.of(shop.zone, "app.example.com")
                                .withCertificate(given)
                                .crossRegionCertificate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.crossRegionCertificate() must stand without withCertificate, got both; drop"
                                + " either");
    }

    @Test
    void importedAndLookedUpZonesPass() {
        Stack stack = Stack.Builder.create(TestApp.create(), "Looks")
                .env(Environment.builder()
                        .account("123456789012")
                        .region("us-east-1")
                        .build())
                .build();
        Construct web = new Construct(stack, "Web");
        IHostedZone lookedUp = HostedZone.fromLookup(
                stack,
                "Zone",
                HostedZoneProviderProps.builder().domainName("example.com").build());
        IHostedZone byId = HostedZone.fromHostedZoneId(stack, "ById", "Z3");
        IHostedZone byTokens = HostedZone.fromHostedZoneAttributes(
                stack,
                "ByTokens",
                HostedZoneAttributes.builder()
                        .zoneName(Fn.importValue("name"))
                        .hostedZoneId(Fn.importValue("id"))
                        .build());

        DistributionDomain domain = DistributionDomain.of(
                web,
                CustomDomain.of(lookedUp, "app.example.com")
                        .redirectFrom(byId, "example.net")
                        .redirectFrom(byTokens, "example.org"));
        domain.createCertificate();

        Template.fromStack(stack)
                .hasResourceProperties(
                        CERTIFICATE,
                        Map.of(
                                "DomainValidationOptions",
                                List.of(
                                        Map.of("DomainName", "app.example.com", "HostedZoneId", "DUMMY"),
                                        Map.of("DomainName", "example.net", "HostedZoneId", "Z3"),
                                        Map.of(
                                                "DomainName",
                                                "example.org",
                                                "HostedZoneId",
                                                Map.of("Fn::ImportValue", "id")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "example.com.", "EXAMPLE.com", "app.example.com"})
    void aZoneHoldsItsOwnNameAndAllBelow(String zoneName) {
        IHostedZone zone = shop.imported("Given", zoneName, "Z9");

        assertThatCode(() -> DistributionDomain.of(shop.web, CustomDomain.of(zone, "app.example.com")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "other.example.com", "ple.com", "www.app.example.com"})
    void rejectsAZoneThatDoesNotHoldTheName(String zoneName) {
        IHostedZone zone = shop.imported("Given", zoneName, "Z9");

        assertThatThrownBy(() -> DistributionDomain.of(shop.web, CustomDomain.of(zone, "app.example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] domain must lie in its zone " + zoneName
                        + ", got \"app.example.com\"; give the zone that holds it");
    }

    @Test
    void rejectsARedirectFromAnotherZone() {
        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "app.example.com").redirectFrom("example.net")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.redirectFrom must lie in its zone example.com, got \"example.net\"; give the"
                                + " zone that holds it: redirectFrom(zone, \"example.net\")");
    }

    @Test
    void rejectsPrivateZones() {
        Vpc vpc = Vpc.Builder.create(shop.stack, "Vpc").maxAzs(1).natGateways(0).build();
        PrivateHostedZone created = PrivateHostedZone.Builder.create(shop.stack, "Created")
                .zoneName("example.com")
                .vpc(vpc)
                .build();
        HostedZone withNetworks = HostedZone.Builder.create(shop.stack, "WithNetworks")
                .zoneName("example.com")
                .vpcs(List.of(vpc))
                .build();
        HostedZone later = HostedZone.Builder.create(shop.stack, "Later")
                .zoneName("example.com")
                .build();
        later.addVpc(Vpc.fromVpcAttributes(
                shop.stack,
                "Network",
                VpcAttributes.builder()
                        .vpcId("vpc-1234")
                        .availabilityZones(List.of("us-east-1a"))
                        .build()));
        IHostedZone imported = PrivateHostedZone.fromPrivateHostedZoneId(shop.stack, "Imported", "Z9");

        for (IHostedZone zone : List.of(created, withNetworks, later, imported)) {
            String message = "[Shop/Web] domain must have a public zone, got the private zone "
                    + zone.getNode().getPath()
                    + "; certificates are validated, and browsers look, in public ones";
            assertThatThrownBy(() -> DistributionDomain.of(shop.web, CustomDomain.of(zone, "app.example.com")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> DistributionDomain.of(
                            shop.web,
                            CustomDomain.of(shop.zone, "app.example.com").redirectFrom(zone, "example.com")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void createdPublicZonesPass() {
        IHostedZone created = HostedZone.Builder.create(shop.stack, "Created")
                .zoneName("example.com")
                .build();
        shop.distribution(CustomDomain.of(created, "app.example.com"));

        Template.fromStack(shop.stack)
                .hasResourceProperties(
                        RECORD, Map.of("HostedZoneId", Map.of("Ref", Match.stringLikeRegexp("^Created"))));
    }

    @Test
    void rejectsADomainWithoutNames() {
        assertThatThrownBy(() -> DistributionDomain.of(shop.web, CustomDomain.of(shop.zone)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] domain must have a name, got none; write CustomDomain.of(zone,"
                        + " \"www.example.com\")");
    }

    @Test
    void rejectsNamesThatAreNotKnownAtSynth() {
        String token = Fn.importValue("name");

        assertThatThrownBy(() -> DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, token)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] domain must have names that are known at synth, got a token; take them from the"
                        + " app's code or its context");
        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "app.example.com").redirectFrom(token)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.redirectFrom must have names that are known at synth, got a token; take them"
                                + " from the app's code or its context");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "App.example.com",
                "https://app.example.com",
                "app.example.com.",
                "app..example.com",
                "-app.example.com",
                "app-.example.com",
                "app_1.example.com",
                "app.*.example.com",
                "a*.example.com",
                "*",
                "com"
            })
    void rejectsWhatIsNoHostName(String name) {
        assertThatThrownBy(() -> DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain must have host names in lower case such as www.example.com, of at most 253"
                                + " characters and labels of at most 63, got \"" + name + "\"");
    }

    @Test
    void namesHave253CharactersAndLabels63() {
        String label = "a".repeat(63);
        String longest = (label + ".").repeat(3) + "b".repeat(49) + ".example.com";
        String longer = "c" + longest.replaceFirst("a", "");
        CustomDomain domain = CustomDomain.of(shop.zone, "app.example.com");

        assertThat(longest).hasSize(253);
        assertThatCode(() -> DistributionDomain.of(shop.web, domain.redirectFrom(longest)))
                .doesNotThrowAnyException();
        assertThat(longer).hasSize(253);
        for (String tooLong : List.of(longest.replace("b.", "bb."), label + "a.example.com")) {
            assertThatThrownBy(() -> DistributionDomain.of(shop.web, domain.redirectFrom(tooLong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("[Shop/Web] domain.redirectFrom must have host names in lower case such as"
                            + " www.example.com, of at most 253 characters and labels of at most 63, got \"" + tooLong
                            + "\"");
        }
    }

    @Test
    void aNewCertificateBeginsWithANameOfAtMost64Characters() {
        String longest = "a".repeat(52) + ".example.com";
        String tooLong = "a" + longest;
        ICertificate given = Certificate.fromCertificateArn(shop.stack, "Certificate", IN_US_EAST_1);

        assertThat(longest).hasSize(64);
        assertThatCode(() -> {
                    DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, longest));
                    DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, "example.com", tooLong));
                    DistributionDomain.of(
                            shop.web, CustomDomain.of(shop.zone, tooLong).withCertificate(given));
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, tooLong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] domain must begin with a name of at most 64 characters, the longest that a"
                        + " certificate can begin with, got 65: \"" + tooLong + "\"; name a shorter one first");
    }

    @Test
    void aNewCertificateHasAtMost100Names() {
        DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, names(100)));

        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, names(100)).redirectFrom("example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain must have at most 100 names, as many as a certificate can have, got 101; use"
                                + " a wildcard such as *.example.com");
    }

    @Test
    void warnsOfMoreThan10NamesOnACertificate() {
        DomainFixture ten = DomainFixture.in("us-east-1");
        ten.distribution(CustomDomain.of(ten.zone, names(10)));
        shop.distribution(CustomDomain.of(shop.zone, names(10)).redirectFrom("example.com"));

        Annotations.fromStack(ten.stack).hasNoWarning("*", Match.stringLikeRegexp("ashlar:domainNames"));
        Annotations.fromStack(shop.stack)
                .hasWarning(
                        "/Shop/Web",
                        "domain has 11 names, and a certificate has at most 10 unless AWS raised the account's quota; use a"
                                + " wildcard such as *.example.com, or ask for more [ack: ashlar:domainNames]");
    }

    @Test
    void rejectsRedirectsThatLeadNowhere() {
        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "*.example.com").redirectFrom("example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain must begin with a name that redirects can lead to, got \"*.example.com\";"
                                + " name one without a wildcard first");
    }

    @Test
    void rejectsRedirectsFromWildcards() {
        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "example.com").redirectFrom("*.example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.redirectFrom must have names without wildcards, got \"*.example.com\"; name"
                                + " each host");
    }

    @Test
    void rejectsRedirectsFromNamesThatAreServed() {
        assertThatThrownBy(() -> DistributionDomain.of(
                        shop.web, CustomDomain.of(shop.zone, "example.com").redirectFrom("example.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] domain.redirectFrom must have names that the domain does not serve itself, got"
                        + " \"example.com\"; drop either");
    }

    @Test
    void checksCreateNothing() {
        DistributionDomain.of(shop.web, CustomDomain.of(shop.zone, "app.example.com"));

        assertThat(shop.web.getNode().getChildren()).isEmpty();
    }

    private static Map<String, Object> alias(String type, String name, String zoneId) {
        return Map.of(
                "Type",
                type,
                "Name",
                name,
                "HostedZoneId",
                zoneId,
                "AliasTarget",
                Map.of(
                        "DNSName",
                        Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("^WebDistribution"), "DomainName")),
                        "HostedZoneId",
                        "Z2FDTNDATAQYW2",
                        "EvaluateTargetHealth",
                        false));
    }

    private static ICertificate created(Stack stack) {
        return Certificate.Builder.create(stack, "Created")
                .domainName("app.example.com")
                .validation(CertificateValidation.fromDns())
                .build();
    }

    private static Stack support(Construct web) {
        return (Stack) web.getNode().findChild("Domain").getNode().findChild("CertificateStack");
    }

    private static String outputOf(Stack stack) {
        Map<String, Map<String, Object>> outputs = Template.fromStack(stack).findOutputs("*");
        return outputs.keySet().iterator().next();
    }

    private static String[] names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "app" + i + ".example.com")
                .toArray(String[]::new);
    }
}
