package dev.ashlar.constructs.web.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ashlar.constructs.web.SiteMode;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CfnFunction;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.constructs.Construct;

class RequestRoutingTest {
    private static final String TYPE = "AWS::CloudFront::Function";

    private final App app = TestApp.create();
    private final Stack stack = new Stack(app, "Shop");
    private final Construct web = new Construct(stack, "Web");

    @Test
    void createsAPublishedFunctionOfTheNewerRuntime() {
        CfnFunction function = routing().forSite(SiteMode.SPA, List.of());

        assertThat(function.getNode().getPath()).isEqualTo("Shop/Web/SiteRequests");
        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "AutoPublish",
                                true,
                                "FunctionConfig",
                                Map.of(
                                        "Runtime",
                                        "cloudfront-js-2.0",
                                        "Comment",
                                        "Requests for the site: host redirects, index documents, fallback"),
                                "FunctionCode",
                                Match.stringLikeRegexp(
                                        "^const config = \\{\"redirects\":\\{},\"mode\":\"SPA\",\"extensions\":\\[\"avif\",")));
    }

    @Test
    void aBehaviourOfADistributionTakesIt() {
        CfnFunction function = routing().forOrigin(null);
        Distribution.Builder.create(web, "Distribution")
                .defaultBehavior(BehaviorOptions.builder()
                        .origin(new HttpOrigin("api.example.com"))
                        .functionAssociations(List.of(FunctionAssociation.builder()
                                .function(function)
                                .eventType(FunctionEventType.VIEWER_REQUEST)
                                .build()))
                        .build())
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::CloudFront::Distribution",
                        Map.of(
                                "DistributionConfig",
                                Match.objectLike(Map.of(
                                        "DefaultCacheBehavior",
                                        Match.objectLike(Map.of(
                                                "FunctionAssociations",
                                                List.of(Map.of(
                                                        "EventType",
                                                        "viewer-request",
                                                        "FunctionARN",
                                                        Map.of("Ref", stack.getLogicalId(function))))))))));
    }

    @Test
    void createsTheSameFunctionOnce() {
        RequestRouting routing = routing();

        CfnFunction origin = routing.forOrigin(null);
        CfnFunction stripped = routing.forOrigin("/api");
        CfnFunction site = routing.forSite(SiteMode.SPA, List.of("index.html"));

        assertThat(routing.forOrigin(null)).isSameAs(origin);
        assertThat(routing.forOrigin("/api")).isSameAs(stripped);
        assertThat(routing.forSite(SiteMode.SPA, List.of("index.html", "app.js")))
                .isSameAs(site);
        Template.fromStack(stack).resourceCountIs(TYPE, 3);
    }

    @Test
    void idsFollowFromThePrefix() {
        RequestRouting routing = routing();

        assertThat(routing.forOrigin("/api/v1").getNode().getPath()).isEqualTo("Shop/Web/ApiRequests-api:v1");
        assertThat(routing.forOrigin("/api-v1").getNode().getPath()).isEqualTo("Shop/Web/ApiRequests-api-v1");
        assertThat(routing.forOrigin("/~a.b_c").getNode().getPath()).isEqualTo("Shop/Web/ApiRequests-~a.b_c");
    }

    @Test
    void namesAreMadeOfStackPathAndRegion() {
        Stack elsewhere = new Stack(
                app,
                "Elsewhere",
                StackProps.builder()
                        .stackName("shop-eu")
                        .env(Environment.builder().region("eu-central-1").build())
                        .build());

        String name = nameIn(new Construct(elsewhere, "Web"));

        assertThat(name).matches("shopeu-Web-SiteRequests-[0-9A-F]{8}-eu-central-1");
        assertThat(nameIn(new Construct(TestApp.create(), "Other"), "shop-eu", "eu-central-1"))
                .isEqualTo(name);
        assertThat(nameIn(new Construct(TestApp.create(), "Other"), "shop-us", "eu-central-1"))
                .isNotEqualTo(name);
    }

    @Test
    void namesEndInTheRegionEvenIfItIsKnownOnlyAtDeployment() {
        String known = nameIn(new Construct(TestApp.create(), "Known"), "shop", "eu-central-1");
        String unknown = nameIn(new Construct(TestApp.create(), "Unknown"), "shop", null);

        assertThat(unknown).isEqualTo(known.replace("eu-central-1", "{Ref=AWS::Region}"));
    }

    @Test
    void longNamesAreShortenedToTheirLimit() {
        Stack deep = new Stack(
                app,
                "AStackWithANameThatIsLongerThanMostPeopleWouldEverChooseForOne",
                StackProps.builder()
                        .env(Environment.builder().region("us-isof-south-1").build())
                        .build());
        Construct scope = new Construct(new Construct(deep, "TheWebsiteOfTheDepartment"), "ForTheIntranet");

        String name = nameIn(scope);

        assertThat(name)
                .matches("[a-zA-Z0-9-]+-[0-9A-F]{8}-us-isof-south-1")
                .hasSizeBetween(55, RegionalName.MAX_LENGTH);
        assertThat(RegionalName.MAX_LENGTH).isEqualTo(64);
    }

    @Test
    void nestedStacksHaveNamesOfTheirOwn() {
        NestedStack nested = new NestedStack(stack, "Nested");

        String outside = nameIn(web);
        String inside = nameIn(new Construct(nested, "Web"));

        assertThat(inside).matches("Shop-Nested-Web-SiteRequests-[0-9A-F]{8}-\\{Ref=AWS::Region}");
        assertThat(inside).isNotEqualTo(outside);
    }

    @Test
    void redirectsHostsInWhateverCaseTheyAreWritten() {
        CfnFunction function = new RequestRouting(web, Map.of("Example.com", "WWW.example.com")).forOrigin(null);

        assertThat(function.getFunctionCode())
                .startsWith("const config = {\"redirects\":{\"example.com\":\"www.example.com\"}};\n");
    }

    @Test
    void redirectsToHostsThatAreKnownOnlyAtDeployment() {
        CfnParameter domain = new CfnParameter(stack, "Domain");

        new RequestRouting(web, Map.of("example.com", domain.getValueAsString())).forOrigin(null);

        Template.fromStack(stack)
                .hasResourceProperties(
                        TYPE,
                        Map.of(
                                "FunctionCode",
                                Map.of(
                                        "Fn::Join",
                                        List.of(
                                                "",
                                                List.of(
                                                        "const config = {\"redirects\":{\"example.com\":\"",
                                                        Map.of("Ref", "Domain"),
                                                        Match.stringLikeRegexp("^\"}};\n"))))));
    }

    @Test
    void rejectsWhatIsNoHostName() {
        for (String host : List.of(
                "https://example.com", "example.com/", "*.example.com", "-a.com", "a..b", "", "a".repeat(254))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RequestRouting(web, Map.of(host, "www.example.com")))
                    .withMessage("[Shop/Web] redirectFrom must hold host names such as example.com, got " + host);
        }
        new RequestRouting(web, Map.of("a".repeat(253), "xn--mnchen-3ya.de"));
    }

    @Test
    void rejectsRedirectsThatLeadToOthers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestRouting(web, Map.of("example.com", "EXAMPLE.com")))
                .withMessage(
                        "[Shop/Web] redirectFrom must not name a host that others are redirected to, got example.com");
    }

    @Test
    void rejectsWhatIsNoPrefix() {
        for (String prefix : List.of("", "/", "api", "/api/", "//api", "/api/*", "/a:b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> routing().forOrigin(prefix))
                    .withMessage("[Shop/Web] stripPrefix must be one or more segments of letters, digits, '.', '_', '~'"
                            + " and '-', such as /api, got " + prefix);
        }
    }

    @Test
    void rejectsMoreCodeThanCloudFrontTakes() {
        assertThat(routing()
                        .forSite(SiteMode.SPA, List.of(fileForCodeOf(10_240)))
                        .getFunctionCode())
                .hasSize(10_240);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RequestRouting(new Construct(stack, "Larger"), Map.of())
                        .forSite(SiteMode.SPA, List.of(fileForCodeOf(10_241))))
                .withMessage("[Shop/Larger] the code of SiteRequests must have at most 10240 bytes, got 10241; redirect"
                        + " fewer hosts, or have fewer extensions, and fewer files without one, in the site");
    }

    @Test
    void codeWithTokensIsNotMeasured() {
        CfnParameter domain = new CfnParameter(stack, "Domain");

        CfnFunction function = new RequestRouting(web, Map.of("example.com", domain.getValueAsString()))
                .forSite(SiteMode.SPA, List.of("x".repeat(10_240)));

        assertThat(function.getFunctionCode()).hasSizeGreaterThan(10_240);
    }

    private RequestRouting routing() {
        return new RequestRouting(web, Map.of());
    }

    /** {@return a file without an extension whose path makes the code of a site that large} */
    private static String fileForCodeOf(int bytes) {
        int one = RoutingCode.ofSite(SiteMode.SPA, List.of("x"), Map.of()).getBytes(UTF_8).length;
        return "x".repeat(1 + bytes - one);
    }

    private static String nameIn(Construct app, String stackName, @Nullable String region) {
        Stack stack = new Stack(
                app,
                "Stack",
                StackProps.builder()
                        .stackName(stackName)
                        .env(Environment.builder().region(region).build())
                        .build());
        return nameIn(new Construct(stack, "Web"));
    }

    /** {@return the name of the function of a site, with a reference in it as text} */
    private static String nameIn(Construct scope) {
        CfnFunction function = new RequestRouting(scope, Map.of()).forSite(SiteMode.SPA, List.of());
        Object name = Stack.of(scope).resolve(function.getName());
        if (name instanceof Map<?, ?> join) {
            List<?> parts = (List<?>) ((List<?>) requireNonNull(join.get("Fn::Join"))).get(1);
            return parts.stream().map(String::valueOf).reduce("", String::concat);
        }
        return String.valueOf(name);
    }
}
