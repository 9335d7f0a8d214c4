package dev.ashlar.patterns.site;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.ServiceDashboard;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.route53.IHostedZone;
import software.amazon.awscdk.services.sns.Topic;

class StaticSiteWithCdnTest {
    private static final String DISTRIBUTION = "AWS::CloudFront::Distribution";

    @TempDir
    private Path directory;

    private final Stack stack = new Stack(TestApp.create(), "Shop");
    private final App building = TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**")));
    private final Stack built = new Stack(building, "Shop");

    @Test
    void usesDocumentedDefaults() {
        site(Site.directory("site")).build();

        template()
                .hasResourceProperties(
                        DISTRIBUTION,
                        Map.of(
                                "DistributionConfig",
                                Match.objectLike(Map.of(
                                        "HttpVersion",
                                        "http2and3",
                                        "IPV6Enabled",
                                        true,
                                        "PriceClass",
                                        "PriceClass_200",
                                        "DefaultRootObject",
                                        "index.html",
                                        "CustomErrorResponses",
                                        Match.absent(),
                                        "CacheBehaviors",
                                        Match.absent(),
                                        "DefaultCacheBehavior",
                                        Match.objectLike(Map.of(
                                                "Compress",
                                                true,
                                                "ViewerProtocolPolicy",
                                                "redirect-to-https",
                                                "FunctionAssociations",
                                                List.of(Match.objectLike(Map.of("EventType", "viewer-request")))))))));
    }

    @Test
    void pagesHaveSecurityHeaders() {
        site(Site.directory("site").contentSecurityPolicy("default-src 'self'")).build();

        template()
                .hasResourceProperties(
                        "AWS::CloudFront::ResponseHeadersPolicy",
                        Map.of(
                                "ResponseHeadersPolicyConfig",
                                Match.objectLike(Map.of(
                                        "SecurityHeadersConfig",
                                        Map.of(
                                                "ContentSecurityPolicy",
                                                Map.of("ContentSecurityPolicy", "default-src 'self'", "Override", true),
                                                "ContentTypeOptions",
                                                Map.of("Override", true),
                                                "FrameOptions",
                                                Map.of("FrameOption", "SAMEORIGIN", "Override", true),
                                                "ReferrerPolicy",
                                                Map.of(
                                                        "ReferrerPolicy",
                                                        "strict-origin-when-cross-origin",
                                                        "Override",
                                                        true),
                                                "StrictTransportSecurity",
                                                Map.of(
                                                        "AccessControlMaxAgeSec", 31536000,
                                                        "IncludeSubdomains", false,
                                                        "Preload", false,
                                                        "Override", true))))));
    }

    @Test
    void onlyThisDistributionReadsTheBucket() {
        site(Site.directory("site")).build();

        List<JsonNode> statements = assertThat(stack).json().findValues("PolicyDocument").stream()
                .map(document -> document.path("Statement"))
                .filter(each -> each.toString().contains("cloudfront.amazonaws.com"))
                .toList();
        assertThat(statements).hasSize(1);
        assertThat(statements.get(0))
                .filteredOn(statement -> statement.path("Effect").asText().equals("Allow"))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.path("Action").asText()).isEqualTo("s3:GetObject");
                    assertThat(statement.path("Condition").toString())
                            .startsWith("{\"StringEquals\":{\"AWS:SourceArn\":")
                            .contains("distribution/", "SiteDistribution");
                });
    }

    @Test
    void anApiIsReachedUnderTheSameName() {
        site(Site.directory("site"))
                .origin("/api/*", ApiOrigin.host("api.example.com"))
                .build();

        template()
                .hasResourceProperties(
                        DISTRIBUTION,
                        Map.of(
                                "DistributionConfig",
                                Match.objectLike(Map.of(
                                        "CacheBehaviors",
                                        List.of(behavior("/api/*"), behavior("/api")),
                                        "Origins",
                                        Match.arrayWith(List.of(Match.objectLike(Map.of(
                                                "DomainName",
                                                "api.example.com",
                                                "CustomOriginConfig",
                                                Map.of(
                                                        "OriginProtocolPolicy",
                                                        "https-only",
                                                        "OriginSSLProtocols",
                                                        List.of("TLSv1.2"))))))))));
        // CachingDisabled and AllViewerExceptHostHeader.
        assertThat(assertThat(stack).json().findValue("CacheBehaviors").toString())
                .contains("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "b689b0a8-53d0-40ab-baf2-68738e2966ac");
        template().resourceCountIs("AWS::CloudFront::Function", 2);
    }

    private static Map<String, Object> behavior(String path) {
        return Map.of(
                "PathPattern",
                path,
                "ViewerProtocolPolicy",
                "https-only",
                "Compress",
                true,
                "AllowedMethods",
                List.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"),
                "CachePolicyId",
                "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
                "OriginRequestPolicyId",
                "b689b0a8-53d0-40ab-baf2-68738e2966ac",
                "TargetOriginId",
                Match.anyValue(),
                "FunctionAssociations",
                Match.anyValue());
    }

    @Test
    void anHttpApiOfTheAppIsAnOriginToo() {
        HttpApi api = new HttpApi(stack, "Api");

        site(Site.directory("site")).origin("/api/*", ApiOrigin.httpApi(api)).build();

        assertThat(assertThat(stack).json().findValue("Origins").toString())
                .contains("{\"Fn::Select\":[2,{\"Fn::Split\":[\"/\",{\"Fn::GetAtt\":[\"Api");
    }

    @Test
    void ownNamesHaveACertificateRecordsAndRedirects() {
        Stack virginia = stackIn("us-east-1");
        IHostedZone zone = HostedZone.fromHostedZoneAttributes(
                virginia,
                "Zone",
                HostedZoneAttributes.builder()
                        .hostedZoneId("Z1234567890ABC")
                        .zoneName("example.com")
                        .build());

        StaticSiteWithCdn site = StaticSiteWithCdn.Builder.create(virginia, "Site")
                .site(Site.directory("site"))
                .domain(CustomDomain.of(zone, "app.example.com").redirectFrom("example.com"))
                .build();

        assertThat(site.getUrl()).isEqualTo("https://app.example.com/");
        Template template = Template.fromStack(virginia);
        template.hasResourceProperties(
                DISTRIBUTION,
                Map.of(
                        "DistributionConfig",
                        Match.objectLike(Map.of(
                                "Aliases",
                                List.of("app.example.com", "example.com"),
                                "ViewerCertificate",
                                Match.objectLike(Map.of(
                                        "MinimumProtocolVersion", "TLSv1.2_2025",
                                        "SslSupportMethod", "sni-only"))))));
        template.resourceCountIs("AWS::Route53::RecordSet", 4);
        template.resourceCountIs("AWS::CertificateManager::Certificate", 1);
        assertThat(assertThat(virginia).json().findValue("FunctionCode").toString())
                .contains("\\\"example.com\\\":\\\"app.example.com\\\"");
    }

    @Test
    void aPageForWhatIsNotThereHasStatus404() {
        site(Site.directory("site").notFoundPage("404.html")).build();

        assertThat(assertThat(stack).json().findValue("CustomErrorResponses").toString())
                .isEqualTo("[{\"ErrorCode\":403,\"ResponseCode\":404,\"ResponsePagePath\":\"/404.html\"},"
                        + "{\"ErrorCode\":404,\"ResponseCode\":404,\"ResponsePagePath\":\"/404.html\"}]");
    }

    @Test
    void aSiteIsBuiltOnceForAsLongAsNothingChanges() throws IOException {
        Files.writeString(directory.resolve("page.txt"), "Hello");
        String command =
                "echo run >> ../" + directory.getFileName() + "-runs; mkdir -p dist; cp page.txt dist/index.html";

        for (String id : List.of("First", "Second")) {
            StaticSiteWithCdn.Builder.create(built, id)
                    .site(Site.build(command, directory.toString(), "dist"))
                    .build();
        }

        Path runs = directory.resolveSibling(directory.getFileName() + "-runs");
        assertThat(runs).hasContent("run");
        Files.delete(runs);
    }

    @Test
    void aFailedBuildShowsWhatItSaid() {
        assertThatThrownBy(() -> StaticSiteWithCdn.Builder.create(built, "Site")
                        .site(Site.build("echo no such page; exit 2", directory.toString(), "dist"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[Shop/Site] site must build, got exit code 2 of the command for " + directory)
                .hasMessageEndingWith("\nno such page");
    }

    @Test
    void rejectsADirectoryThatIsNotThere() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> StaticSiteWithCdn.Builder.create(built, "Site")
                        .site(Site.directory(missing.toString()))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Site] site must be a directory, got " + missing
                        + ", which is not there; build it first, or correct the path");
    }

    @Test
    void rejectsANotFoundPageThatTheSiteHasNot() throws IOException {
        Files.writeString(directory.resolve("index.html"), "x");

        assertThatThrownBy(() -> StaticSiteWithCdn.Builder.create(built, "Site")
                        .site(Site.directory(directory.toString()).notFoundPage("404.html"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Site] notFoundPage must be a file of the site, got 404.html, which is not in "
                        + directory);
    }

    @Test
    void rejectsANotFoundPageBesideAnApi() {
        assertThatThrownBy(() -> site(Site.directory("site").notFoundPage("404.html"))
                        .origin("/api/*", ApiOrigin.host("api.example.com"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Site] notFoundPage must not be given together with origin, got both; an API's own 404 would"
                                + " become that page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "api/*", "/api", "/api/", "/a b/*", "/api/*/x/*"})
    void rejectsPathsThatAreNoPrefix(String path) {
        assertThatThrownBy(() -> site(Site.directory("site"))
                        .origin(path, ApiOrigin.host("api.example.com"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Site] origin must have a path of segments of letters, digits and ._~- that ends with /*,"
                                + " such as /api/*, got \"" + path + "\"");
    }

    @Test
    void rejectsPathsThatOverlap() {
        assertThatThrownBy(() -> site(Site.directory("site"))
                        .origin("/api/*", ApiOrigin.host("api.example.com"))
                        .origin("/api/v1/*", ApiOrigin.host("old.example.com"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Site] origin must have a path of its own, got /api/* and /api/v1/*; one of them would get"
                                + " what is meant for the other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.example.com", "api.example.com/v1", "localhost", ""})
    void rejectsWhatIsNoHostName(String host) {
        assertThatThrownBy(() -> site(Site.directory("site"))
                        .origin("/api/*", ApiOrigin.host(host))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Site] origin must have a host name such as api.example.com, without a scheme or a path,"
                                + " got \"" + host + "\"");
    }

    @Test
    void letsTokensPass() {
        site(Site.directory("site"))
                .origin("/api/*", ApiOrigin.host(Fn.importValue("ApiHost")))
                .build();

        template().resourceCountIs(DISTRIBUTION, 1);
    }

    @Test
    void anAlarmCountsAnswersThatFailed() {
        Stack virginia = stackIn("us-east-1");

        StaticSiteWithCdn site = StaticSiteWithCdn.Builder.create(virginia, "Site")
                .site(Site.directory("site").accessLogs())
                .alarms(Alarms.to(new Topic(virginia, "Topic")).errors(5))
                .build();

        assertThat(site.getAlarms()).hasSize(1);
        assertThat(site.getAccessLogs()).isNotNull();
        Template.fromStack(virginia)
                .hasResourceProperties(
                        "AWS::CloudWatch::Alarm",
                        Map.of(
                                "Threshold",
                                5,
                                "ComparisonOperator",
                                "GreaterThanOrEqualToThreshold",
                                "TreatMissingData",
                                "notBreaching",
                                "Metrics",
                                Match.arrayWith(List.of(
                                        Match.objectLike(Map.of("Expression", "requests * rate / 100")),
                                        Match.objectLike(Map.of(
                                                "MetricStat",
                                                Match.objectLike(Map.of(
                                                        "Period",
                                                        300,
                                                        "Metric",
                                                        Match.objectLike(Map.of(
                                                                "MetricName",
                                                                "Requests",
                                                                "Dimensions",
                                                                Match.arrayWith(List.of(Map.of(
                                                                        "Name", "Region", "Value",
                                                                        "Global")))))))))))));
    }

    @ParameterizedTest
    @CsvSource({"eu-central-1, in eu-central-1", ", whose region is not known at synth"})
    void rejectsAlarmsElsewhere(@Nullable String region, String got) {
        Stack elsewhere = stackIn(region);

        assertThatThrownBy(() -> StaticSiteWithCdn.Builder.create(elsewhere, "Site")
                        .site(Site.directory("site"))
                        .alarms(Alarms.to(new Topic(elsewhere, "Topic")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Site] alarms must be in us-east-1, where CloudFront's metrics are, got a stack "
                        + got + "; deploy the stack in us-east-1, or drop them");
    }

    @Test
    void rejectsAnAlarmOnNothing() {
        Stack virginia = stackIn("us-east-1");

        assertThatThrownBy(() -> StaticSiteWithCdn.Builder.create(virginia, "Site")
                        .site(Site.directory("site"))
                        .alarms(Alarms.to(new Topic(virginia, "Topic")).errors(0))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Site] alarms.errors must be a whole number of 1 to 2147483647 errors, got 0");
    }

    @Test
    void aDashboardFindsItInAnyRegion() {
        StaticSiteWithCdn site = site(Site.directory("site")).build();

        new ServiceDashboard(stack, "Dashboard");

        assertThat(site.getWidgets()).hasSize(2);
        assertThat(assertThat(stack).json().findValue("DashboardBody").toString())
                .contains("5xxErrorRate", "us-east-1", "Global");
    }

    @Test
    void metricsAreThoseOfTheWholeWorld() {
        StaticSiteWithCdn site = site(Site.directory("site")).build();

        for (Metric metric : List.of(
                site.metricRequests(),
                site.metricBytesDownloaded(),
                site.metricClientErrorRate(),
                site.metricServerErrorRate())) {
            assertThat(metric.getNamespace()).isEqualTo("AWS/CloudFront");
            assertThat(metric.getRegion()).isEqualTo("us-east-1");
            assertThat(metric.getDimensions()).containsEntry("Region", "Global").containsKey("DistributionId");
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> StaticSiteWithCdnProps.builder().build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("site must be given");
    }

    private static Stack stackIn(@Nullable String region) {
        StackProps.Builder props = StackProps.builder();
        if (region != null) {
            props.env(
                    Environment.builder().account("123456789012").region(region).build());
        }
        return new Stack(TestApp.create(), "Shop", props.build());
    }

    private StaticSiteWithCdn.Builder site(Site site) {
        return StaticSiteWithCdn.Builder.create(stack, "Site").site(site);
    }

    private Template template() {
        return Template.fromStack(stack);
    }
}
