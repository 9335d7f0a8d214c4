package dev.ashlar.patterns.webapp;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.ServiceDashboard;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Capture;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.sns.Topic;

class ServerlessWebAppTest {
    private static final String API = "AWS::ApiGatewayV2::Api";
    private static final String STAGE = "AWS::ApiGatewayV2::Stage";
    private static final String ROUTE = "AWS::ApiGatewayV2::Route";
    private static final String INTEGRATION = "AWS::ApiGatewayV2::Integration";
    private static final String PERMISSION = "AWS::Lambda::Permission";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void oneFunctionAnswersEverything() {
        web().build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(ROUTE, 2);
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "ANY /", "AuthorizationType", "NONE"));
        template.hasResourceProperties(ROUTE, Map.of("RouteKey", "ANY /{proxy+}", "AuthorizationType", "NONE"));
        template.resourceCountIs(INTEGRATION, 1);
        template.hasResourceProperties(
                INTEGRATION,
                Map.of(
                        "IntegrationType", "AWS_PROXY",
                        "PayloadFormatVersion", "2.0",
                        "IntegrationUri", Map.of("Ref", Match.stringLikeRegexp("WebFunctionAlias.*"))));
        template.resourceCountIs("AWS::Lambda::Function", 1);
    }

    @Test
    void thisApiAloneMayInvokeTheAlias() {
        web().build();

        Template.fromStack(stack).resourceCountIs(PERMISSION, 1);
        Capture arn = new Capture();
        Template.fromStack(stack)
                .hasResourceProperties(
                        PERMISSION,
                        Map.of(
                                "Action",
                                "lambda:InvokeFunction",
                                "Principal",
                                "apigateway.amazonaws.com",
                                "FunctionName",
                                Map.of("Ref", Match.stringLikeRegexp("WebFunctionAlias.*")),
                                "SourceArn",
                                Map.of("Fn::Join", List.of("", arn))));
        assertThat(arn.asArray().toString())
                .matches("\\[arn:, \\{Ref=AWS::Partition}, :execute-api:, \\{Ref=AWS::Region}, :,"
                        + " \\{Ref=AWS::AccountId}, :, \\{Ref=WebApi[0-9A-F]{8}}, /\\*/\\*]");
    }

    @Test
    void usesDocumentedDefaults() {
        web().build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                API,
                Map.of(
                        "ProtocolType",
                        "HTTP",
                        "IpAddressType",
                        "dualstack",
                        "DisableExecuteApiEndpoint",
                        false,
                        "CorsConfiguration",
                        Match.absent(),
                        "Name",
                        Map.of("Fn::Join", List.of("", List.of(Map.of("Ref", "AWS::StackName"), "-Web")))));
        template.hasResourceProperties(
                STAGE,
                Map.of(
                        "StageName",
                        "$default",
                        "AutoDeploy",
                        true,
                        "DefaultRouteSettings",
                        Match.absent(),
                        "AccessLogSettings",
                        Match.objectLike(Map.of("Format", Match.anyValue()))));
    }

    @Test
    void nullMeansDefault() {
        Stack other = new Stack(TestApp.create(), "Shop");
        web().build();

        ServerlessWebApp.Builder.create(other, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .function(null)
                .front(null)
                .authorization(null)
                .site(null)
                .domain(null)
                .originSecret(null)
                .customizeBucket(null)
                .customizeDistribution(null)
                .corsOrigins()
                .build();

        assertThat(Template.fromStack(other).toJSON())
                .isEqualTo(Template.fromStack(stack).toJSON());
    }

    @Test
    void logsRequestsAsJsonWithoutWhatPeopleTyped() {
        web().build();

        Capture format = new Capture();
        Template.fromStack(stack)
                .hasResourceProperties(STAGE, Map.of("AccessLogSettings", Match.objectLike(Map.of("Format", format))));
        assertThat(format.asString())
                .contains("\"requestId\":\"$context.requestId\"", "\"status\":\"$context.status\"")
                .doesNotContain("querystring", "header", "body", "authorizer");
    }

    @Test
    void accessLogsAreKeptAsTheProfileSays() {
        Profile.DEVELOPMENT.applyTo(stack);

        web().build();

        Template.fromStack(stack).allResourcesProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 7));
    }

    @Test
    void routesGoToFunctionsOfTheirOwn() {
        WarmFunction orders = function("Orders");
        WarmFunction prices = function("Prices");

        ServerlessWebApp web = ServerlessWebApp.Builder.create(stack, "Web")
                .route("GET /orders", orders)
                .route("GET /orders/{id}", orders)
                .route("POST /orders", orders)
                .route("GET /prices/{sku}", prices)
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(ROUTE, 4);
        template.resourceCountIs(INTEGRATION, 2);
        template.resourceCountIs(PERMISSION, 2);
        template.resourceCountIs("AWS::Lambda::Function", 2);
        template.hasResourceProperties(
                ROUTE,
                Map.of(
                        "RouteKey",
                        "GET /prices/{sku}",
                        "Target",
                        Map.of(
                                "Fn::Join",
                                List.of(
                                        "",
                                        List.of(
                                                "integrations/",
                                                Map.of("Ref", Match.stringLikeRegexp("WebPricesIntegration.*")))))));
        assertThat(web.getFunction()).isNull();
    }

    @Test
    void routesAndOneFunctionForTheRestGoTogether() {
        web().route("POST /uploads", function("Uploads")).build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(ROUTE, 3);
        template.resourceCountIs(INTEGRATION, 2);
    }

    @Test
    void aFunctionThatWasGivenIsUsedAsItIs() {
        WarmFunction notes = function("Notes");

        ServerlessWebApp web = ServerlessWebApp.Builder.create(stack, "Web")
                .function(notes)
                .route("GET /notes", notes)
                .build();

        assertThat(web.getFunction()).isSameAs(notes);
        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::Lambda::Function", 1);
        template.resourceCountIs(INTEGRATION, 1);
        template.resourceCountIs(ROUTE, 3);
    }

    @Test
    void oneFunctionServesTwoApps() {
        WarmFunction notes = function("Notes");

        ServerlessWebApp.Builder.create(stack, "Web").function(notes).build();
        ServerlessWebApp.Builder.create(stack, "Admin").function(notes).build();

        Template.fromStack(stack).resourceCountIs(PERMISSION, 2);
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Function", 1);
    }

    @Test
    void functionsOfOtherStacksDoNotCollide() {
        Stack other = new Stack((App) stack.getNode().getRoot(), "Other");
        WarmFunction here = function("Notes");
        WarmFunction there = WarmFunction.Builder.create(other, "Notes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();

        ServerlessWebApp.Builder.create(stack, "Web")
                .route("GET /here", here)
                .route("GET /there", there)
                .build();

        Template.fromStack(stack).resourceCountIs(INTEGRATION, 2);
        Template.fromStack(stack).resourceCountIs(PERMISSION, 2);
    }

    @Test
    void browsersOfTheNamedOriginsMayCall() {
        web().corsOrigins("https://www.example.com", "http://localhost:5173").build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        API,
                        Map.of(
                                "CorsConfiguration",
                                Map.of(
                                        "AllowOrigins", List.of("https://www.example.com", "http://localhost:5173"),
                                        "AllowMethods", List.of("*"),
                                        "AllowHeaders", List.of("authorization", "content-type"),
                                        "MaxAge", 3600)));
    }

    @Test
    void throttlesTheWholeApi() {
        web().throttle(0.5, 1).build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        STAGE,
                        Map.of("DefaultRouteSettings", Map.of("ThrottlingRateLimit", 0.5, "ThrottlingBurstLimit", 1)));
    }

    @Test
    void tellsItsAddress() {
        web().build();

        Template.fromStack(stack)
                .hasOutput(
                        "*",
                        Map.of(
                                "Value",
                                Map.of(
                                        "Fn::Join",
                                        List.of(
                                                "",
                                                List.of(
                                                        Map.of(
                                                                "Fn::GetAtt",
                                                                List.of(
                                                                        Match.stringLikeRegexp("WebApi.*"),
                                                                        "ApiEndpoint")),
                                                        "/")))));
    }

    @Test
    void theCustomizersHaveTheLastWord() {
        web().front(ApiFront.http().customizeApi(api -> api.description("Notes").disableExecuteApiEndpoint(true)))
                .customizeFunction(function -> function.description("Notes"))
                .build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(API, Map.of("Description", "Notes", "DisableExecuteApiEndpoint", true));
        template.hasResourceProperties("AWS::Lambda::Function", Map.of("Description", "Notes"));
        assertThat(template.findOutputs("*")).as("the address that was closed").isEmpty();
    }

    @Test
    void logicalIdsDoNotDependOnTheStage() {
        Stage stage = new Stage(TestApp.create(), "Prod");
        Stack inStage = new Stack(stage, "Shop");
        ServerlessWebApp.Builder.create(inStage, "Web")
                .route(
                        "GET /orders",
                        WarmFunction.Builder.create(inStage, "Orders")
                                .code(FunctionCode.jar("handlers.jar"))
                                .handler("shop.OrdersHandler")
                                .build())
                .build();
        ServerlessWebApp.Builder.create(stack, "Web")
                .route("GET /orders", function("Orders"))
                .build();

        assertThat(Template.fromStack(inStage).findResources(INTEGRATION).keySet())
                .isEqualTo(Template.fromStack(stack).findResources(INTEGRATION).keySet());
    }

    @Test
    void exactlyThirtySecondsAreLongEnough() {
        web().timeout(Duration.seconds(30)).build();

        Template.fromStack(stack).hasResourceProperties("AWS::Lambda::Function", Map.of("Timeout", 30));
    }

    @Test
    void rejectsTimeoutsThatAnHttpApiDoesNotWaitFor() {
        assertThatThrownBy(() -> web().timeout(Duration.seconds(31)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] timeout must be at most 30 seconds behind an HTTP API, got 31 seconds of Shop/Web/Function; answer at"
                                + " once and do the work in a function that is invoked asynchronously");
    }

    @Test
    void rejectsTimeoutsThatACustomizerHasSet() {
        assertThatThrownBy(() -> web().customizeFunction(function -> function.timeout(Duration.minutes(1)))
                        .build())
                .hasMessageStartingWith(
                        "[Shop/Web] timeout must be at most 30 seconds behind an HTTP API, got 1 minute of Shop/Web/Function; ");
    }

    @Test
    void rejectsTimeoutsOfFunctionsBehindRoutes() {
        WarmFunction slow = WarmFunction.Builder.create(stack, "Slow")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.SlowHandler")
                .timeout(Duration.minutes(2))
                .build();

        assertThatThrownBy(() -> web().route("GET /slow", slow).build())
                .hasMessageStartingWith(
                        "[Shop/Web] timeout must be at most 30 seconds behind an HTTP API, got 2 minutes of Shop/Slow; ");
    }

    @Test
    void rejectsAFunctionAndOptionsForAnother() {
        assertThatThrownBy(
                        () -> web().function(function("Notes")).memorySize(512).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] function must not be given together with code, handler, memorySize, got both; set"
                                + " these where the function is made");
    }

    @Test
    void rejectsNothingToRun() {
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Web").build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("code and handler, or function, or a route must be given");
    }

    @Test
    void rejectsOptionsOfAFunctionWithoutItsCode() {
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Web")
                        .memorySize(512)
                        .build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("code and handler must be given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANY /", "ANY /{proxy+}"})
    void rejectsRoutesThatTheFunctionHasAlready(String key) {
        assertThatThrownBy(() -> web().route(key, function("Other")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] route must leave ANY / and ANY /{proxy+} to the web app's own function, got \""
                        + key + "\"; drop either");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANY /", "ANY /{proxy+}"})
    void rejectsRoutesThatAGivenFunctionHasAlready(String key) {
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Web")
                        .function(function("Notes"))
                        .route(key, function("Other"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] route must leave ANY / and ANY /{proxy+} to the web app's own function, got \""
                        + key + "\"; drop either");
    }

    @Test
    void rejectsARouteThatIsGivenTwice() {
        WarmFunction orders = function("Orders");

        assertThatThrownBy(() -> web().route("GET /orders", orders)
                        .route("GET /orders", orders)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] route must be given once, got \"GET /orders\" and \"GET /orders\"; one of them would never"
                                + " answer");
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Other")
                        .route("GET /orders/{id}", orders)
                        .route("GET /orders/{key}", orders)
                        .build())
                .hasMessage(
                        "[Shop/Other] route must be given once, got \"GET /orders/{id}\" and \"GET /orders/{key}\"; one of"
                                + " them would never answer");
    }

    @Test
    void twoHundredRoutesOverFourFunctionsTakeUnderThreeHundredResources() {
        ServerlessWebApp.Builder web = ServerlessWebApp.Builder.create(stack, "Web");
        List<WarmFunction> functions =
                List.of(function("First"), function("Second"), function("Third"), function("Fourth"));
        for (int i = 0; i < 200; i++) {
            web.route("GET /items" + i + "/{id}", functions.get(i % 4));
        }

        web.build();

        assertThat(assertThat(stack).json().path("Resources").size()).isLessThan(300);
        Template.fromStack(stack).resourceCountIs(PERMISSION, 4);
        Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp(".*ashlar:routes.*"));
    }

    @Test
    void takesAsManyRoutesAsAwssQuota() {
        webOfRoutes(300);

        Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp(".*ashlar:routes.*"));
    }

    @Test
    void warnsAboveAwssQuotaOfRoutes() {
        webOfRoutes(301);

        Annotations.fromStack(stack)
                .hasWarning(
                        "/Shop/Web",
                        "The API has 301 routes, and AWS's quota is 300 an API unless it was raised; ask for more in Service"
                                + " Quotas, or let one function answer what is below a path by {proxy+} [ack: ashlar:routes]");
    }

    @Test
    void tellsWhatIsPublic() {
        web().route("GET /orders", function("Orders"), Authorization.iam()).build();

        Annotations.fromStack(stack)
                .hasInfo("/Shop/Web", "Anyone may call ANY /, ANY /{proxy+} [ack: ashlar:publicRoutes]");
    }

    @Test
    void rejectsRoutesThatAreNone() {
        assertThatThrownBy(() -> web().route("FETCH /x", function("Other")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] route must begin with one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, got"
                                + " \"FETCH /x\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "https://www.example.com/", "https://*.example.com", "null", ""})
    void rejectsOriginsThatBrowsersDoNotSend(String origin) {
        assertThatThrownBy(() -> web().corsOrigins(origin).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Web] corsOrigins must be origins such as https://www.example.com, without a path, or *"
                                + " alone, got \"" + origin + "\"");
    }

    @Test
    void rejectsAnyOriginBesideOthers() {
        assertThatThrownBy(
                        () -> web().corsOrigins("*", "https://www.example.com").build())
                .hasMessage(
                        "[Shop/Web] corsOrigins must be origins such as https://www.example.com, without a path, or *"
                                + " alone, got \"*\"");
    }

    @Test
    void rejectsThrottlesThatLetNothingThrough() {
        assertThatThrownBy(() -> web().throttle(0, 10).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] throttle must have a rate above 0 requests a second, got 0");
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Other")
                        .function(function("Notes"))
                        .throttle(10, 0)
                        .build())
                .hasMessage("[Shop/Other] throttle burst must be a whole number of 1 to 2147483647 requests, got 0");
    }

    @Test
    void alarmsWatchTheApiAndItsOwnFunction() {
        Topic topic = new Topic(stack, "Topic");

        ServerlessWebApp web = web().alarms(Alarms.to(topic).errors(3))
                .route("GET /other", function("Other"))
                .build();

        assertThat(web.getAlarms()).hasSize(3);
        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::CloudWatch::Alarm", 6);
        template.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of("ExtendedStatistic", "p99", "Threshold", 5000, "EvaluateLowSampleCountPercentile", "ignore"));
        template.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "Threshold",
                        0.5,
                        "EvaluationPeriods",
                        3,
                        "Metrics",
                        Match.arrayWith(List.of(
                                Match.objectLike(Map.of("Expression", "IF(requests >= 20, errors / requests, 0)"))))));
        template.hasResourceProperties(
                "AWS::CloudWatch::Alarm",
                Map.of(
                        "Namespace", "AWS/ApiGateway",
                        "MetricName", "5xx",
                        "Statistic", "Sum",
                        "Threshold", 3,
                        "AlarmActions", List.of(Map.of("Ref", Match.stringLikeRegexp("^Topic")))));
    }

    @Test
    void alarmsGoWithAFunctionOfOnesOwn() {
        Topic topic = new Topic(stack, "Topic");

        ServerlessWebApp.Builder.create(stack, "Web")
                .function(function("Notes"))
                .alarms(Alarms.to(topic))
                .build();
        ServerlessWebApp.Builder.create(stack, "Routes")
                .route("GET /other", function("Other"))
                .alarms(Alarms.to(topic))
                .build();

        Template.fromStack(stack).resourceCountIs("AWS::CloudWatch::Alarm", 6);
    }

    @Test
    void rejectsAlarmsThatAreAlwaysOn() {
        Alarms always = Alarms.to(new Topic(stack, "Topic")).errors(0);

        assertThatThrownBy(() -> web().alarms(always).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Web] alarms.errors must be a whole number of 1 to 2147483647 errors, got 0");
    }

    @Test
    void anAlarmMayBeOnAllRequests() {
        Alarms all = Alarms.to(new Topic(stack, "Topic")).clientErrors(1);

        assertThatCode(() -> web().alarms(all).build()).doesNotThrowAnyException();
    }

    @Test
    void rejectsAlarmsOnNoLatencyAndOnMoreThanAllRequests() {
        Topic topic = new Topic(stack, "Topic");

        assertThatThrownBy(
                        () -> web().alarms(Alarms.to(topic).clientErrors(1.1)).build())
                .hasMessage("[Shop/Web] alarms.clientErrors must be above 0 and at most 1, got 1.1");
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "None")
                        .function(function("Quotes"))
                        .alarms(Alarms.to(topic).clientErrors(0))
                        .build())
                .hasMessage("[Shop/None] alarms.clientErrors must be above 0 and at most 1, got 0");
        assertThatThrownBy(() -> ServerlessWebApp.Builder.create(stack, "Other")
                        .function(function("Notes"))
                        .alarms(Alarms.to(topic).latencyP99(Duration.millis(0)))
                        .build())
                .hasMessageStartingWith("[Shop/Other] alarms.latencyP99 must be above 0, got 0 ");
    }

    @Test
    void aDashboardShowsTheApiAndItsFunction() {
        web().build();

        new ServiceDashboard(stack, "Dashboard");

        assertThat(assertThat(stack).json().findValue("DashboardBody").toString())
                .contains("## Shop/Web", "Latency (ms)", "## Shop/Web/Function");
    }

    private ServerlessWebApp.Builder web() {
        return ServerlessWebApp.Builder.create(stack, "Web")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private void webOfRoutes(int count) {
        WarmFunction items = function("Items");
        ServerlessWebApp.Builder web = ServerlessWebApp.Builder.create(stack, "Web");
        for (int i = 0; i < count; i++) {
            web.route("GET /items" + i, items);
        }
        web.build();
    }

    private WarmFunction function(String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop." + id + "Handler")
                .build();
    }
}
