package dev.ashlar.patterns.webapp;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.test.TestApp;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.Period;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.cognito.UserPool;
import software.amazon.awscdk.services.sns.Topic;

class RestFrontTest {
    private static final String API = "AWS::ApiGateway::RestApi";
    private static final String STAGE = "AWS::ApiGateway::Stage";

    private final App app = TestApp.create();
    private final Stack stack = new Stack(app, "Shop");

    @Test
    void usesDocumentedDefaults() {
        ServerlessWebApp web = web(ApiFront.rest()).build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                API,
                Map.of(
                        "DisableExecuteApiEndpoint",
                        false,
                        "MinimumCompressionSize",
                        1024,
                        "EndpointConfiguration",
                        Map.of("Types", List.of("REGIONAL"), "IpAddressType", "dualstack")));
        template.hasResourceProperties(
                STAGE,
                Map.of(
                        "StageName",
                        "live",
                        "TracingEnabled",
                        true,
                        "MethodSettings",
                        Match.absent(),
                        "AccessLogSetting",
                        Match.objectLike(Map.of("Format", Match.anyValue()))));
        template.resourceCountIs("AWS::ApiGateway::Account", 0);
        template.resourceCountIs("AWS::ApiGateway::Deployment", 1);
        assertThat(web.getHttpApi()).isNull();
        assertThat(web.getRestApi()).isNotNull();
        assertThat(stack).hasNoCustomResources();
    }

    @Test
    void pathsTakeNoResourcesOfTheirOwn() {
        WarmFunction orders = function("Orders");
        ServerlessWebApp.Builder web =
                ServerlessWebApp.Builder.create(stack, "Web").front(ApiFront.rest());
        for (int i = 0; i < 200; i++) {
            web.route("GET /items" + i + "/{id}", orders);
        }

        web.build();

        assertThat(assertThat(stack).json().path("Resources").size()).isLessThan(20);
        assertThat(body().path("paths").size()).isEqualTo(200);
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Permission", 1);
    }

    @Test
    void functionsAreInvokedByTheirAliases() {
        web(ApiFront.rest()).route("GET /orders/{id}", function("Orders")).build();

        JsonNode any = body().path("paths").path("/{proxy+}");
        assertThat(any.path("parameters").get(0).path("name").asText()).isEqualTo("proxy");
        JsonNode integration = any.path("x-amazon-apigateway-any-method").path("x-amazon-apigateway-integration");
        assertThat(integration.path("type").asText()).isEqualTo("aws_proxy");
        assertThat(integration.path("httpMethod").asText()).isEqualTo("POST");
        assertThat(integration.path("timeoutInMillis").asInt()).isEqualTo(29_000);
        assertThat(integration.path("uri").toString())
                .contains("WebFunctionAlias", "lambda:path/2015-03-31/functions/", "/invocations");
        assertThat(body().path("paths").path("/orders/{id}").path("get").toString())
                .contains("OrdersAlias");
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Permission", 2);
    }

    @Test
    void anotherDefinitionIsAnotherDeployment() {
        web(ApiFront.rest()).build();
        Stack same = new Stack(TestApp.create(), "Shop");
        web(same, ApiFront.rest()).build();
        Stack changed = new Stack(TestApp.create(), "Shop");
        web(changed, ApiFront.rest().integrationTimeout(Duration.seconds(10)))
                .timeout(Duration.seconds(5))
                .build();

        assertThat(deployments(same)).isEqualTo(deployments(stack));
        assertThat(deployments(changed)).doesNotContainAnyElementsOf(deployments(stack));
    }

    @Test
    void theOrderOfWhatWasGivenIsNoOtherDefinition() {
        Stack other = new Stack(TestApp.create(), "Shop");
        Map<String, Object> oneWay = new LinkedHashMap<>();
        Map<String, Object> otherWay = new LinkedHashMap<>();
        List.of("type", "title").forEach(key -> oneWay.put(key, key));
        List.of("title", "type").forEach(key -> otherWay.put(key, key));

        web(ApiFront.rest().requestSchema("POST /orders", oneWay))
                .route("POST /orders", function("Orders"))
                .build();
        web(other, ApiFront.rest().requestSchema("POST /orders", otherWay))
                .route("POST /orders", function(other, "Orders"))
                .build();

        assertThat(deployments(other)).isEqualTo(deployments(stack));
        List<String> keys = new ArrayList<>();
        body().path("paths").fieldNames().forEachRemaining(keys::add);
        assertThat(keys).isSorted();
    }

    @Test
    void usersAreAskedForByAuthorizersInTheDefinition() {
        UserPool pool = new UserPool(stack, "Users");
        web(ApiFront.rest())
                .authorization(Authorization.cognito(pool))
                .route(
                        "DELETE /x",
                        function("Other"),
                        Authorization.cognito(pool).scopes("x/delete"))
                .route("GET /door", function("Other"), Authorization.lambda(function("Door")))
                .route("GET /signed", function("Other"), Authorization.iam())
                .build();

        JsonNode schemes = body().path("components").path("securitySchemes");
        assertThat(schemes.properties()).hasSize(3);
        assertThat(schemes.path("Cognito-Users").toString()).contains("cognito_user_pools", "providerARNs");
        assertThat(schemes.path("Lambda-Door")
                        .path("x-amazon-apigateway-authorizer")
                        .toString())
                .contains(
                        "\"identitySource\":\"method.request.header.Authorization, context.httpMethod, context.path\"",
                        "\"authorizerResultTtlInSeconds\":300",
                        "DoorAlias");
        assertThat(schemes.path("Iam").path("x-amazon-apigateway-authtype").asText())
                .isEqualTo("awsSigv4");
        JsonNode paths = body().path("paths");
        assertThat(paths.path("/x").path("delete").path("security").toString())
                .isEqualTo("[{\"Cognito-Users\":[\"x/delete\"]}]");
        assertThat(paths.path("/")
                        .path("x-amazon-apigateway-any-method")
                        .path("security")
                        .toString())
                .isEqualTo("[{\"Cognito-Users\":[]}]");
        assertThat(assertThat(stack).json().toString()).contains("/authorizers/*");
    }

    @Test
    void preflightIsAnsweredByApiGatewayItself() {
        web(ApiFront.rest())
                .authorization(Authorization.iam())
                .corsOrigins("https://www.example.com")
                .build();

        JsonNode options = body().path("paths").path("/{proxy+}").path("options");
        assertThat(options.path("security").isMissingNode()).isTrue();
        assertThat(options.path("x-amazon-apigateway-integration").path("type").asText())
                .isEqualTo("mock");
        assertThat(options.toString())
                .contains(
                        "\"method.response.header.Access-Control-Allow-Origin\":\"'https://www.example.com'\"",
                        "\"statusCode\":\"204\"");
        assertThat(body().path("x-amazon-apigateway-gateway-responses")
                        .path("DEFAULT_5XX")
                        .toString())
                .contains("\"gatewayresponse.header.Access-Control-Allow-Origin\":\"'https://www.example.com'\"");
    }

    @Test
    void ofSeveralOriginsTheOneThatAsksIsAllowed() {
        web(ApiFront.rest())
                .corsOrigins("https://www.example.com", "http://localhost:5173")
                .build();

        assertThat(body().path("paths").path("/").path("options").toString())
                .contains("$origin == \\\"https://www.example.com\\\" || $origin == \\\"http://localhost:5173\\\"");
    }

    @Test
    void keysAreInPlans() {
        web(ApiFront.rest()
                        .usagePlan(
                                "basic",
                                ThrottleSettings.builder()
                                        .rateLimit(5)
                                        .burstLimit(10)
                                        .build(),
                                QuotaSettings.builder()
                                        .limit(1000)
                                        .period(Period.MONTH)
                                        .build(),
                                "alice",
                                "bob"))
                .authorization(Authorization.iam())
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::ApiGateway::ApiKey", 2);
        template.resourceCountIs("AWS::ApiGateway::UsagePlanKey", 2);
        template.hasResourceProperties(
                "AWS::ApiGateway::UsagePlan",
                Map.of(
                        "Throttle",
                        Map.of("RateLimit", 5, "BurstLimit", 10),
                        "Quota",
                        Map.of("Limit", 1000, "Period", "MONTH")));
        assertThat(body().path("paths")
                        .path("/")
                        .path("x-amazon-apigateway-any-method")
                        .path("security")
                        .toString())
                .isEqualTo("[{\"ApiKey\":[],\"Iam\":[]}]");
    }

    @Test
    void bodiesAreValidated() {
        web(ApiFront.rest().requestSchema("POST /orders", Map.of("type", "object", "required", List.of("sku"))))
                .route("POST /orders", function("Orders"))
                .build();

        JsonNode post = body().path("paths").path("/orders").path("post");
        assertThat(post.path("x-amazon-apigateway-request-validator").asText()).isEqualTo("Body");
        assertThat(post.path("requestBody").toString()).contains("\"required\":[\"sku\"]");
        assertThat(body().path("x-amazon-apigateway-request-validators").toString())
                .isEqualTo("{\"Body\":{\"validateRequestBody\":true,\"validateRequestParameters\":false}}");
    }

    @Test
    void aWebAclLooksAtRequests() {
        Stack seoul = stackInSeoul();

        web(seoul, ApiFront.rest().webAcl("arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/shop/0123"))
                .build();

        Template.fromStack(seoul)
                .hasResourceProperties(
                        "AWS::WAFv2::WebACLAssociation",
                        Map.of(
                                "WebACLArn",
                                "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/shop/0123",
                                "ResourceArn",
                                Match.objectLike(Map.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:wafv2:us-east-1:123456789012:global/webacl/shop/0123",
                "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/shop/0123"
            })
    void rejectsAWebAclOfTheWrongScopeOrRegion(String arn) {
        assertThatThrownBy(
                        () -> web(stackInSeoul(), ApiFront.rest().webAcl(arn)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] front.webAcl must be the ARN of a web ACL of AWS WAF v2 of scope REGIONAL in the region"
                                + " of the API, got " + arn);
    }

    @Test
    void logsTakeARoleOfTheAccountThatIsNotOurs() {
        web(ApiFront.rest()).build();

        Annotations.fromStack(stack).hasWarning("/Shop/Web", Match.stringLikeRegexp(".*update-account.*"));
    }

    @Test
    void withoutLogsNothingIsWrittenAndNothingWarns() {
        ServerlessWebApp web = web(ApiFront.rest().withoutLogs()).build();

        Template.fromStack(stack).hasResourceProperties(STAGE, Map.of("AccessLogSetting", Match.absent()));
        assertThat(web.getAccessLogs()).isNull();
        Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp(".*update-account.*"));
    }

    @Test
    void anExecutionLogHasNoBodiesAndEnds() {
        web(ApiFront.rest().withoutLogs().executionLog(MethodLoggingLevel.ERROR))
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                STAGE,
                Map.of(
                        "MethodSettings",
                        List.of(Map.of(
                                "HttpMethod",
                                "*",
                                "ResourcePath",
                                "/*",
                                "LoggingLevel",
                                "ERROR",
                                "DataTraceEnabled",
                                false))));
        template.hasResourceProperties(
                "AWS::Logs::LogGroup",
                Map.of(
                        "LogGroupName",
                        Map.of(
                                "Fn::Join",
                                List.of(
                                        "",
                                        List.of(
                                                "API-Gateway-Execution-Logs_",
                                                Map.of("Ref", Match.stringLikeRegexp("WebApi")),
                                                "/live"))),
                        "RetentionInDays",
                        Match.anyValue()));
        Annotations.fromStack(stack).hasWarning("/Shop/Web", Match.stringLikeRegexp(".*update-account.*"));
    }

    @Test
    void throttlesTheWholeApi() {
        web(ApiFront.rest()).throttle(50, 100).build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        STAGE,
                        Map.of(
                                "MethodSettings",
                                List.of(Match.objectLike(
                                        Map.of("ThrottlingRateLimit", 50, "ThrottlingBurstLimit", 100)))));
    }

    @Test
    void aLongerAnswerWarnsThatTheQuotaMustBeRaised() {
        web(ApiFront.rest().integrationTimeout(Duration.seconds(60)))
                .timeout(Duration.seconds(60))
                .build();

        Annotations.fromStack(stack)
                .hasWarning("/Shop/Web", Match.stringLikeRegexp(".*raised quota.*--desired-value 60000.*"));
    }

    @Test
    void rejectsTimeoutsThatARestApiDoesNotWaitFor() {
        assertThatThrownBy(
                        () -> web(ApiFront.rest()).timeout(Duration.seconds(30)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] timeout must be at most 29 seconds behind this REST API, got 30 seconds of"
                        + " Shop/Web/Function; set front.integrationTimeout, or answer at once and do the work in a function"
                        + " that is invoked asynchronously");
    }

    @Test
    void theUsualTimeoutTakesNoRaisedQuota() {
        web(ApiFront.rest()).build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp(".*ashlar:integrationTimeout.*"));
    }

    @Test
    void takesAnIntegrationTimeoutOfFiveMinutes() {
        web(ApiFront.rest().integrationTimeout(Duration.minutes(5)))
                .timeout(Duration.minutes(5))
                .build();

        assertThat(body().findValue("timeoutInMillis").asInt()).isEqualTo(300_000);
    }

    @Test
    void theShortestIntegrationTimeoutIsShorterThanThatOfAnyFunction() {
        assertRejected(
                ApiFront.rest().integrationTimeout(Duration.millis(50)),
                web -> web.timeout(Duration.seconds(1)),
                "timeout must be at most 0.05 seconds behind this REST API, got 1 second of Shop/Web/Function; set"
                        + " front.integrationTimeout, or answer at once and do the work in a function that is invoked"
                        + " asynchronously");
    }

    @Test
    void severalMethodsOfAPathAreOneOfItsQuota() {
        WarmFunction items = function("Items");
        ServerlessWebApp.Builder web = web(ApiFront.rest());
        for (int i = 0; i < 151; i++) {
            web.route("GET /items" + i, items).route("PUT /items" + i, items);
        }

        web.build();

        Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp(".*ashlar:routes.*"));
    }

    @Test
    void rejectsIntegrationTimeoutsBeyondTheLimits() {
        assertRejected(
                ApiFront.rest().integrationTimeout(Duration.millis(49)),
                web -> {},
                "front.integrationTimeout must be 50 milliseconds to 5 minutes, got 49 millis");
        assertRejected(
                ApiFront.rest().integrationTimeout(Duration.seconds(301)),
                web -> {},
                "front.integrationTimeout must be 50 milliseconds to 5 minutes, got 5 minutes 1 second");
    }

    @Test
    void rejectsAnIntegrationTimeoutThatNobodyKnows() {
        Number token = CfnParameter.Builder.create(stack, "Seconds")
                .type("Number")
                .build()
                .getValueAsNumber();

        assertRejected(
                ApiFront.rest().integrationTimeout(Duration.seconds(token)),
                web -> {},
                "front.integrationTimeout must be known at synth, got a token; timeouts are compared with it");
    }

    @Test
    void whatOnlyARestApiHasCannotBeSaidToAnHttpApi() {
        assertThat(ApiFront.Http.class.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .extracting(Method::getName)
                .containsExactlyInAnyOrder("customizeApi", "getCustomizeApi");
        assertThat(ApiFront.Rest.class.getDeclaredMethods())
                .extracting(Method::getName)
                .contains("usagePlan", "requestSchema", "webAcl", "integrationTimeout", "executionLog", "withoutLogs");
    }

    @Test
    void rejectsPathsThatARestApiCannotHave() {
        assertRejected(
                ApiFront.rest(),
                web -> web.route("GET /a+b", function("Other")),
                "route must have a path of segments, of {variables}, and of {variable+} at its end, without a slash behind it,"
                        + " got \"GET /a+b\"");
        assertRejected(
                ApiFront.rest(),
                web -> web.route("GET /a@b", function("Other")),
                "route must have segments of letters, digits and ._:- behind a REST API, got \"/a@b\"");
        assertRejected(
                ApiFront.rest(),
                web -> web.route("GET /orders/{id}", function("Other"))
                        .route("GET /orders/{key}/lines", function("Other")),
                "route must name what varies below /orders/ alike behind a REST API, got {id} and {key}; name both {id}, or use"
                        + " ApiFront.http()");
    }

    @Test
    void rejectsPathsThatDifferFromThoseOfTheFunctionInTheNameOfAVariable() {
        String message =
                "[Shop/Web] route must name what varies below / alike behind a REST API, got {id} and {proxy+}; name"
                        + " both {id}, or use ApiFront.http()";

        assertRejected(
                ApiFront.rest(),
                web -> web.route("GET /{id}", function("Other")),
                message.substring("[Shop/Web] ".length()));
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Web")
                        .front(ApiFront.rest())
                        .function(function("Notes"))
                        .route("GET /{id}", function("Other"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void rejectsASchemaForNoRoute() {
        assertRejected(
                ApiFront.rest().requestSchema("POST /order", Map.of("type", "object")),
                web -> web.route("POST /orders", function("Other")),
                "front.requestSchema must be for a route of the web app, got \"POST /order\"; the routes are POST /orders");
    }

    @Test
    void rejectsPlansWithoutKeysAndKeysOfTwoPlans() {
        assertRejected(
                ApiFront.rest().usagePlan("basic", null, null),
                web -> {},
                "front.usagePlan must have a key, got none for basic; name one for each who calls");
        assertRejected(
                ApiFront.rest().usagePlan("basic", null, null, "alice").usagePlan("more", null, null, "alice"),
                web -> {},
                "front.usagePlan must have keys of its own, got alice twice; a key is in one plan alone");
    }

    @Test
    void alarmsLookAtTheMetricsOfRestApis() {
        web(ApiFront.rest()).alarms(Alarms.to(new Topic(stack, "Topic"))).build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                "AWS::CloudWatch::Alarm", Map.of("Namespace", "AWS/ApiGateway", "MetricName", "5XXError"));
        template.hasResourceProperties(
                "AWS::CloudWatch::Alarm", Map.of("ExtendedStatistic", "p99", "MetricName", "Latency"));
    }

    @Test
    void theCustomizerHasTheLastWord() {
        web(ApiFront.rest().customizeApi(api -> api.description("Notes").disableExecuteApiEndpoint(true)))
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(API, Map.of("DisableExecuteApiEndpoint", true));
        assertThat(template.findOutputs("*")).as("the address that was closed").isEmpty();
    }

    private void assertRejected(ApiFront front, Consumer<ServerlessWebApp.Builder> more, String message) {
        ServerlessWebApp.Builder web = web(front);
        more.accept(web);
        assertThatThrownBy(web::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] " + message);
        stack.getNode().tryRemoveChild("Web");
    }

    private static Stack stackInSeoul() {
        return new Stack(
                TestApp.create(),
                "Shop",
                StackProps.builder()
                        .env(Environment.builder()
                                .account("123456789012")
                                .region("ap-northeast-2")
                                .build())
                        .build());
    }

    private static List<String> deployments(Stack stack) {
        return List.copyOf(Template.fromStack(stack)
                .findResources("AWS::ApiGateway::Deployment")
                .keySet());
    }

    private JsonNode body() {
        return StreamSupport.stream(assertThat(stack).json().path("Resources").spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals(API))
                .findFirst()
                .orElseThrow()
                .path("Properties")
                .path("Body");
    }

    private ServerlessWebApp.Builder web(ApiFront front) {
        return web(stack, front);
    }

    private static ServerlessWebApp.Builder web(Stack stack, ApiFront front) {
        return ServerlessWebApp.Builder.create(stack, "Web")
                .front(front)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private WarmFunction function(String id) {
        return function(stack, id);
    }

    private static WarmFunction function(Stack stack, String id) {
        if (stack.getNode().tryFindChild(id) instanceof WarmFunction existing) {
            return existing;
        }
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop." + id + "Handler")
                .build();
    }
}
