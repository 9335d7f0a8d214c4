package dev.ashlar.patterns.webapp;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

class WebAppSiteTest {
    private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";
    private static final String ROUTE = "AWS::ApiGatewayV2::Route";

    private final Stack stack = new Stack(
            TestApp.create(),
            "Shop",
            StackProps.builder()
                    .env(Environment.builder()
                            .account("123456789012")
                            .region("us-east-1")
                            .build())
                    .build());

    @Test
    void oneDistributionHasTheSiteTheApiAndWhatRunsAlready() {
        ServerlessWebApp web = web().site(Site.directory("site"))
                .origin("/legacy/*", ApiOrigin.host("orders.example.com"))
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(DISTRIBUTION, 1);
        template.hasResourceProperties(
                DISTRIBUTION,
                Map.of("DistributionConfig", Match.objectLike(Map.of("CustomErrorResponses", Match.absent()))));
        assertThat(assertThat(stack).json().findValue("CacheBehaviors").findValuesAsText("PathPattern"))
                .containsExactly("/api/*", "/api", "/legacy/*", "/legacy");
        template.hasResourceProperties("AWS::ApiGatewayV2::Api", Map.of("DisableExecuteApiEndpoint", false));
        assertThat(web.getDistribution()).isNotNull();
        assertThat(web.getBucket()).isNotNull();
    }

    @Test
    void theFunctionAnswersBelowApiAlone() {
        web().site(Site.directory("site")).build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(ROUTE, 2);
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "ANY /api"));
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "ANY /api/{proxy+}"));
    }

    @Test
    void aRestApiIsReachedAtItsStage() {
        web().front(ApiFront.rest()).site(Site.directory("site")).build();

        JsonNode origins = assertThat(stack).json().findValue("Origins");
        assertThat(origins.toString()).contains("\"OriginPath\":\"/live\"", ".execute-api.");
    }

    @Test
    void theDomainBelongsToTheDistribution() {
        ServerlessWebApp web =
                web().site(Site.directory("site")).domain(domain()).build();

        assertThat(web.getUrl()).isEqualTo("https://www.example.com/");
        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::ApiGatewayV2::DomainName", 0);
        template.hasResourceProperties(
                DISTRIBUTION,
                Map.of("DistributionConfig", Match.objectLike(Map.of("Aliases", List.of("www.example.com")))));
    }

    @Test
    void withoutASiteTheDomainIsTheApisAndItsOwnAddressIsOff() {
        Bucket trusted = new Bucket(stack, "Trusted");
        ServerlessWebApp web =
                web().domain(domain().mutualTls(trusted, "clients.pem")).build();

        assertThat(web.getUrl()).isEqualTo("https://www.example.com/");
        Template template = Template.fromStack(stack);
        template.resourceCountIs(DISTRIBUTION, 0);
        template.hasResourceProperties("AWS::ApiGatewayV2::Api", Map.of("DisableExecuteApiEndpoint", true));
        template.hasResourceProperties(
                "AWS::ApiGatewayV2::DomainName",
                Map.of(
                        "DomainName",
                        "www.example.com",
                        "MutualTlsAuthentication",
                        Match.objectLike(Map.of("TruststoreUri", Match.anyValue()))));
        template.resourceCountIs("AWS::ApiGatewayV2::ApiMapping", 1);
        template.hasOutput("*", Map.of("Value", "https://www.example.com/"));
    }

    @Test
    void aRestApiHasADomainToo() {
        web().front(ApiFront.rest()).domain(domain()).build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties("AWS::ApiGateway::RestApi", Map.of("DisableExecuteApiEndpoint", true));
        template.hasResourceProperties(
                "AWS::ApiGatewayV2::ApiMapping", Map.of("Stage", Map.of("Ref", Match.stringLikeRegexp("WebStage"))));
    }

    @Test
    void theApiCanTellWhatCameThroughTheSite() {
        Secret secret = new Secret(stack, "Secret");

        web().site(Site.directory("site")).originSecret(secret).build();

        assertThat(assertThat(stack).json().findValue("OriginCustomHeaders").toString())
                .contains("\"HeaderName\":\"X-Origin-Secret\"", "{{resolve:secretsmanager:");
    }

    @Test
    void theSiteIsCustomized() {
        web().site(Site.directory("site"))
                .customizeBucket(bucket -> bucket.versioned(true))
                .customizeDistribution(distribution -> distribution.comment("The shop"))
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                DISTRIBUTION, Map.of("DistributionConfig", Match.objectLike(Map.of("Comment", "The shop"))));
        template.hasResourceProperties(
                "AWS::S3::Bucket", Map.of("VersioningConfiguration", Map.of("Status", "Enabled")));
    }

    @ParameterizedTest
    @CsvSource({"GET /notes, GET, /notes", "ANY /apiary/{id}, ANY, /apiary/{id}", "GET /, GET, /"})
    void rejectsRoutesThatTheSiteWouldAnswer(String key, String method, String path) {
        assertRejected(
                web -> web.site(Site.directory("site")).route(key, function("Other")),
                "route must lie under /api/ beside a site, got \"%s\"; write %s /api%s, which is the path that the function sees"
                        .formatted(key, method, path));
    }

    @Test
    void rejectsAnotherApiInItsOwnPlace() {
        assertRejected(
                web -> web.site(Site.directory("site")).origin("/api/*", ApiOrigin.host("orders.example.com")),
                "origin must leave /api/* to the web app's own API, got it; give the other one another path");
    }

    @Test
    void rejectsWhatBelongsToASiteWithoutOne() {
        assertRejected(
                web -> web.origin("/legacy/*", ApiOrigin.host("orders.example.com")),
                "origin must be given together with site, got it alone; the API has a host name to itself");
        assertRejected(
                web -> web.originSecret(new Secret(stack, "Secret")),
                "originSecret must be given together with site, got it alone; nothing stands before the API that would send it");
        assertRejected(
                web -> web.customizeBucket(bucket -> bucket.versioned(true)),
                "customizeBucket and customizeDistribution must be given together with site, got one alone");
    }

    @Test
    void rejectsMutualTlsBesideASite() {
        Bucket trusted = new Bucket(stack, "Trusted");

        assertThatThrownBy(() -> web().site(Site.directory("site"))
                        .domain(domain().mutualTls(trusted, "clients.pem"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] domain.mutualTls must have an API alone, got a distribution, which does not pass on what"
                                + " clients show; drop it, or the site");
    }

    @Test
    void rejectsRedirectsOfAnApiAlone() {
        assertRejected(
                web -> web.domain(domain().redirectFrom("example.com")),
                "domain.redirectFrom must have a distribution, got an API alone; put a site before it, or name all hosts in"
                        + " CustomDomain.of to answer them alike");
    }

    private void assertRejected(Consumer<ServerlessWebApp.Builder> more, String message) {
        ServerlessWebApp.Builder web = web();
        more.accept(web);
        assertThatThrownBy(web::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] " + message);
        stack.getNode().tryRemoveChild("Web");
    }

    private CustomDomain domain() {
        return CustomDomain.of(
                HostedZone.fromHostedZoneAttributes(
                        stack,
                        "Zone",
                        HostedZoneAttributes.builder()
                                .hostedZoneId("Z1234567890ABC")
                                .zoneName("example.com")
                                .build()),
                "www.example.com");
    }

    private ServerlessWebApp.Builder web() {
        return ServerlessWebApp.Builder.create(stack, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private WarmFunction function(String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop." + id + "Handler")
                .build();
    }
}
