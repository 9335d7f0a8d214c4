package dev.ashlar.constructs.web.internal;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.StrictTransportSecurity;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigateway.EndpointConfiguration;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudfront.GeoRestriction;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.VpcOrigin;
import software.amazon.awscdk.services.cloudfront.VpcOriginEndpoint;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;

class SiteDeliveryTest {
    private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";
    private static final String PERMISSION = "AWS::Lambda::Permission";
    private static final String WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/01234567";

    private final App app = TestApp.create();
    private final Stack stack = stackIn(app, "us-east-1");

    @TempDir
    private Path directory;

    @Test
    void aFunctionUrlIsReachedByCloudFrontAlone() {
        FunctionUrl url = functionUrl(FunctionUrlAuthType.AWS_IAM);

        deliver(Map.of("/api/*", ApiOrigin.functionUrl(url)));

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                "AWS::CloudFront::OriginAccessControl",
                Map.of(
                        "OriginAccessControlConfig",
                        Map.of(
                                "Name",
                                "Shop-FunctionAccess-us-east-1",
                                "OriginAccessControlOriginType",
                                "lambda",
                                "SigningBehavior",
                                "always",
                                "SigningProtocol",
                                "sigv4")));
        assertThat(origins()).anySatisfy(origin -> {
            assertThat(origin.path("OriginAccessControlId").toString()).contains("FunctionAccess");
            assertThat(origin.path("DomainName").toString()).contains("Fn::Select");
        });
        assertThat(permissionsOfCloudFront())
                .extracting(permission -> permission.path("Action").asText())
                .containsExactlyInAnyOrder("lambda:InvokeFunctionUrl", "lambda:InvokeFunction");
        assertThat(permissionsOfCloudFront()).allSatisfy(permission -> {
            assertThat(permission.path("SourceArn").toString()).contains("distribution/", "Distribution");
            // The alias, not the function.
            assertThat(permission.path("FunctionName").toString()).endsWith(",\":live\"]]}");
        });
        assertThat(assertThat(stack)
                        .json()
                        .path("Resources")
                        .path("apiInvoke")
                        .path("DependsOn")
                        .toString())
                .contains("QuotesAliasFunctionUrl");
        template.hasResourceProperties(
                PERMISSION, Map.of("Action", "lambda:InvokeFunction", "InvokedViaFunctionUrl", true));
        template.hasResourceProperties(
                PERMISSION, Map.of("Action", "lambda:InvokeFunctionUrl", "FunctionUrlAuthType", "AWS_IAM"));
    }

    @Test
    void functionUrlsShareOneOriginAccessControl() {
        ApiOrigin origin = ApiOrigin.functionUrl(functionUrl(FunctionUrlAuthType.AWS_IAM));

        deliver(Map.of("/api/*", origin, "/other/*", origin.stripPrefix()));

        // The other one is that of the bucket.
        Template.fromStack(stack).resourceCountIs("AWS::CloudFront::OriginAccessControl", 2);
        assertThat(permissionsOfCloudFront()).hasSize(4);
    }

    @Test
    void rejectsAFunctionUrlThatAllTheWorldReaches() {
        FunctionUrl url = functionUrl(FunctionUrlAuthType.NONE);

        assertRejected(
                Map.of("/api/*", ApiOrigin.functionUrl(url)),
                "origin /api/* must have a function URL with authType AWS_IAM, got Shop/Quotes/Alias/FunctionUrl with NONE,"
                        + " which all the world reaches past the site; set AWS_IAM, CloudFront signs its requests");
    }

    @Test
    void aRestApiIsReachedAtItsStage() {
        RestApi api = RestApi.Builder.create(stack, "Api")
                .cloudWatchRole(false)
                .endpointConfiguration(EndpointConfiguration.builder()
                        .types(List.of(EndpointType.REGIONAL))
                        .build())
                .build();
        api.getRoot().addMethod("GET");

        deliver(Map.of("/api/*", ApiOrigin.restApi(api)));

        assertThat(origins()).anySatisfy(origin -> {
            assertThat(origin.path("OriginPath").toString()).contains("ApiDeploymentStage");
            assertThat(origin.path("DomainName").toString()).contains("Fn::Select", "execute-api");
        });
    }

    @Test
    void rejectsARestApiThatCannotBeReached() {
        RestApi closed = RestApi.Builder.create(stack, "Closed")
                .disableExecuteApiEndpoint(true)
                .build();
        RestApi inside = RestApi.Builder.create(stack, "Inside")
                .endpointConfiguration(EndpointConfiguration.builder()
                        .types(List.of(EndpointType.PRIVATE))
                        .build())
                .build();

        assertRejected(
                Map.of("/api/*", ApiOrigin.restApi(closed)),
                "origin /api/* must have an API whose own address stays on, got Shop/Closed with disableExecuteApiEndpoint;"
                        + " CloudFront reaches it there");
        assertRejected(
                Map.of("/api/*", ApiOrigin.restApi(inside)),
                "origin /api/* must have an API that the internet reaches, got the private Shop/Inside; make it a regional"
                        + " one");
    }

    @Test
    void rejectsTheBrowsersHostWhereItIsRefused() {
        HttpApi api = new HttpApi(stack, "Api");
        FunctionUrl url = functionUrl(FunctionUrlAuthType.AWS_IAM);

        assertRejected(
                Map.of("/api/*", ApiOrigin.httpApi(api).forwardHost()),
                "origin /api/* must be without forwardHost(), got it for an API of API Gateway, which refuses a name that is"
                        + " not its own; drop it");
        assertRejected(
                Map.of("/api/*", ApiOrigin.functionUrl(url).forwardHost()),
                "origin /api/* must be without forwardHost(), got it for a function URL, which refuses a name that is not"
                        + " its own; drop it");
    }

    @Test
    void aLoadBalancerIsAskedForTheSitesOwnName() {
        deliver(Map.of("/legacy/*", ApiOrigin.loadBalancer(loadBalancer(true))), domain());

        assertThat(origins()).anySatisfy(origin -> {
            assertThat(origin.path("DomainName").toString()).contains("DNSName");
            assertThat(origin.path("CustomOriginConfig")
                            .path("OriginProtocolPolicy")
                            .asText())
                    .isEqualTo("https-only");
        });
        // AllViewer, which has the Host header.
        assertThat(assertThat(stack).json().findValue("CacheBehaviors").toString())
                .contains("216adef6-5c7f-47e4-b989-5492eafa07d3");
    }

    @Test
    void rejectsALoadBalancerThatCannotHaveACertificate() {
        assertRejected(
                Map.of("/legacy/*", ApiOrigin.loadBalancer(loadBalancer(true))),
                "origin /legacy/* must have a certificate for the name that browsers ask for, got the load balancer"
                        + " Shop/Balancer and no domain; set domain, or give the load balancer a name of its own and use"
                        + " ApiOrigin.host");
    }

    @Test
    void rejectsAnInternalLoadBalancer() {
        ApplicationLoadBalancer internal = loadBalancer(false);

        assertThatThrownBy(() -> deliver(Map.of("/legacy/*", ApiOrigin.loadBalancer(internal)), domain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop] origin /legacy/* must have a load balancer that the internet reaches, got the internal"
                                + " Shop/Balancer; use ApiOrigin.vpcOrigin");
    }

    @Test
    void whatLiesInPrivateSubnetsIsReachedThroughAVpcOrigin() {
        VpcOrigin origin = VpcOrigin.Builder.create(stack, "Inside")
                .endpoint(VpcOriginEndpoint.applicationLoadBalancer(loadBalancer(false)))
                .protocolPolicy(OriginProtocolPolicy.HTTP_ONLY)
                .build();

        deliver(Map.of("/legacy/*", ApiOrigin.vpcOrigin(origin).readTimeout(Duration.seconds(60))));

        assertThat(origins()).anySatisfy(each -> {
            assertThat(each.path("VpcOriginConfig").path("VpcOriginId").toString())
                    .contains("Inside");
            assertThat(each.path("VpcOriginConfig").path("OriginReadTimeout").asInt())
                    .isEqualTo(60);
            assertThat(each.path("DomainName").toString()).contains("DNSName");
        });
    }

    @Test
    void rejectsAVpcOriginWithoutADomainName() {
        assertRejected(
                Map.of("/legacy/*", ApiOrigin.vpcOrigin(VpcOrigin.fromVpcOriginId(stack, "Inside", "vo_123"))),
                "origin /legacy/* must have a VPC origin that knows its domain name, got Shop/Inside without one; import it"
                        + " by VpcOrigin.fromVpcOriginAttributes with domainName");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 180})
    void takesReadTimeoutsWithinTheLimits(int seconds) {
        deliver(Map.of("/api/*", ApiOrigin.host("api.example.com").readTimeout(Duration.seconds(seconds))));

        assertThat(origins())
                .anySatisfy(origin -> assertThat(origin.path("CustomOriginConfig")
                                .path("OriginReadTimeout")
                                .asInt())
                        .isEqualTo(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 seconds", "181, 3 minutes 1 second"})
    void rejectsReadTimeoutsBeyondTheLimits(int seconds, String got) {
        assertRejected(
                Map.of("/api/*", ApiOrigin.host("api.example.com").readTimeout(Duration.seconds(seconds))),
                "origin readTimeout must be 1 to 180 seconds, got " + got);
    }

    @Test
    void accessLogsHaveNobodysData() {
        SiteDelivery.Delivered delivered = deliver(Site.directory("site").accessLogs());

        assertThat(delivered.accessLogs()).isNotNull();
        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                "AWS::Logs::DeliverySource", Map.of("LogType", "ACCESS_LOGS", "Name", "Shop-SiteLogSource-us-east-1"));
        template.hasResourceProperties("AWS::Logs::DeliveryDestination", Map.of("OutputFormat", "json"));
        template.hasResourceProperties(
                "AWS::Logs::Delivery",
                Map.of(
                        "DeliverySourceName",
                        Map.of("Ref", Match.stringLikeRegexp("SiteLogSource")),
                        "DeliveryDestinationArn",
                        Match.objectLike(Map.of()),
                        "RecordFields",
                        Match.arrayWith(List.of("c-ip", "cs-uri-stem", "sc-status"))));
        assertThat(assertThat(stack).json().findValue("RecordFields").toString())
                .doesNotContain("query", "Cookie", "Referer");
    }

    @ParameterizedTest
    @CsvSource({"eu-central-1, in eu-central-1", ", whose region is not known at synth"})
    void rejectsAccessLogsElsewhere(@Nullable String region, String got) {
        Stack elsewhere = stackIn(TestApp.create(), region);

        assertThatThrownBy(
                        () -> SiteDelivery.of(elsewhere, Site.directory("site").accessLogs(), Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop] accessLogs() must be in us-east-1, where CloudFront delivers logs from, got a stack "
                                + got + "; deploy the stack in us-east-1, or drop them");
    }

    @Test
    void countriesAndTheWebAclHoldForTheWholeHost() {
        deliver(Site.directory("site")
                .geoRestriction(GeoRestriction.allowlist("KR", "JP"))
                .webAcl(WEB_ACL));

        Template.fromStack(stack)
                .hasResourceProperties(
                        DISTRIBUTION,
                        Map.of(
                                "DistributionConfig",
                                Match.objectLike(Map.of(
                                        "WebACLId",
                                        WEB_ACL,
                                        "Restrictions",
                                        Map.of(
                                                "GeoRestriction",
                                                Map.of(
                                                        "Locations",
                                                        List.of("KR", "JP"),
                                                        "RestrictionType",
                                                        "whitelist"))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/01234567",
                "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/shop/01234567",
                "arn:aws:wafv2:us-east-1:123456789012:global/rulegroup/shop/01234567",
                "01234567-89ab-cdef-0123-456789abcdef"
            })
    void rejectsAWebAclOfTheWrongScope(String arn) {
        assertThatThrownBy(() -> deliver(Site.directory("site").webAcl(arn)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop] webAcl must be the ARN of a web ACL of AWS WAF v2 of scope CLOUDFRONT in us-east-1, such"
                                + " as arn:aws:wafv2:us-east-1:123456789012:global/webacl/name/id, got " + arn);
    }

    @Test
    void aWebAclOfTheAppPasses() {
        deliver(Site.directory("site").webAcl(Fn.importValue("WebAcl")));

        Template.fromStack(stack).resourceCountIs(DISTRIBUTION, 1);
    }

    @ParameterizedTest
    @CsvSource({"HOST, false, false", "SUBDOMAINS, true, false", "PRELOAD, true, true"})
    void httpsIsRememberedForTheHostsThatWereAskedFor(
            StrictTransportSecurity hosts, boolean subdomains, boolean preload) {
        deliver(Site.directory("site").strictTransportSecurity(hosts));

        assertThat(assertThat(stack).json().findValue("StrictTransportSecurity").toString())
                .isEqualTo(
                        "{\"AccessControlMaxAgeSec\":31536000,\"IncludeSubdomains\":%s,\"Override\":true,\"Preload\":%s}"
                                .formatted(subdomains, preload));
    }

    @ParameterizedTest
    @CsvSource({"/fonts/*, max-age=1", "'', max-age=1", "fonts/*, ' '"})
    void rejectsRulesThatHoldForNothing(String glob, String value) {
        assertThatThrownBy(() -> deliver(Site.directory("site").cacheControl(glob, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop] cacheControl must have a glob such as fonts/*, without a slash before it, and a value"
                                + " such as max-age=86400, got \"%s\" and \"%s\"".formatted(glob, value));
    }

    @Test
    void warnsOfARuleWithoutFiles() throws IOException {
        Files.writeString(directory.resolve("index.html"), "x");
        Stack building = new Stack(TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**"))), "Shop");

        SiteDelivery.of(
                        building,
                        Site.directory(directory.toString())
                                .cacheControl("font/*", "max-age=1")
                                .cacheControl("*.html", "max-age=1"),
                        Map.of(),
                        null)
                .create(null, null);

        Annotations annotations = Annotations.fromStack(building);
        annotations.hasWarning(
                "/Shop",
                "cacheControl holds for no file of the site: font/*; correct the glob, or drop it [ack: ashlar:siteCacheControl]");
        annotations.hasNoWarning("/Shop", Match.stringLikeRegexp(".*html.*"));
    }

    private FunctionUrl functionUrl(FunctionUrlAuthType authType) {
        WarmFunction function = WarmFunction.Builder.create(stack, "Quotes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.QuotesHandler")
                .functionUrl(FunctionUrlOptions.builder().authType(authType).build())
                .build();
        return requireNonNull(function.getFunctionUrl());
    }

    private ApplicationLoadBalancer loadBalancer(boolean internetFacing) {
        return ApplicationLoadBalancer.Builder.create(stack, "Balancer")
                .vpc(Vpc.Builder.create(stack, "Network")
                        .natGateways(0)
                        .maxAzs(2)
                        .build())
                .internetFacing(internetFacing)
                .build();
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

    private SiteDelivery.Delivered deliver(Site site) {
        return SiteDelivery.of(stack, site, Map.of(), null).create(null, null);
    }

    private void deliver(Map<String, ApiOrigin> origins) {
        deliver(origins, null);
    }

    private void deliver(Map<String, ApiOrigin> origins, @Nullable CustomDomain domain) {
        SiteDelivery.of(stack, Site.directory("site"), origins, domain).create(null, null);
    }

    private void assertRejected(Map<String, ApiOrigin> origins, String message) {
        assertThatThrownBy(() -> SiteDelivery.of(stack, Site.directory("site"), origins, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] " + message);
    }

    private List<JsonNode> origins() {
        return list(assertThat(stack).json().findValue("Origins"));
    }

    private List<JsonNode> permissionsOfCloudFront() {
        return list(assertThat(stack).json().path("Resources")).stream()
                .filter(resource -> resource.path("Type").asText().equals(PERMISSION))
                .map(resource -> resource.path("Properties"))
                .filter(permission -> permission.path("Principal").asText().startsWith("cloudfront"))
                .toList();
    }

    private static List<JsonNode> list(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false).toList();
    }

    private static Stack stackIn(App app, @Nullable String region) {
        StackProps.Builder props = StackProps.builder();
        if (region != null) {
            props.env(
                    Environment.builder().account("123456789012").region(region).build());
        }
        return new Stack(app, "Shop", props.build());
    }
}
