package dev.ashlar.constructs.function;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlCorsOptions;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.InvokeMode;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;

/** What only a function has that is invoked directly. */
class DirectInvocationTest {
    private static final String CONFIG = "AWS::Lambda::EventInvokeConfig";
    private static final String URL = "AWS::Lambda::Url";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void withoutOptionsLambdasOwnHold() {
        function().build();

        Template template = template();
        template.resourceCountIs(CONFIG, 0);
        template.resourceCountIs(URL, 0);
        template.hasResourceProperties("AWS::Lambda::Function", Map.of("ReservedConcurrentExecutions", Match.absent()));
    }

    @Test
    void retriesAndAgeHoldForTheAlias() {
        function().retryAttempts(0).maxEventAge(Duration.hours(1)).build();

        template()
                .hasResource(
                        CONFIG,
                        Map.of(
                                "Properties",
                                Map.of(
                                        "FunctionName",
                                        Map.of("Ref", Match.stringLikeRegexp("^NotesFunction")),
                                        "Qualifier",
                                        "live",
                                        "MaximumRetryAttempts",
                                        0,
                                        "MaximumEventAgeInSeconds",
                                        3600),
                                "DependsOn",
                                List.of(Match.stringLikeRegexp("^NotesAlias"))));
    }

    @Test
    void mayOnlySendToItsDestinations() {
        Queue failed = new Queue(stack, "Failed");
        Topic done = new Topic(stack, "Done");

        function()
                .onFailure(Destination.queue(failed))
                .onSuccess(Destination.topic(done))
                .build();

        assertPermissions(Permission.of("sqs:SendMessage", "${Failed.Arn}"), Permission.of("sns:Publish", "${Done}"));
        template()
                .hasResourceProperties(
                        CONFIG,
                        Map.of(
                                "DestinationConfig",
                                Map.of(
                                        "OnFailure",
                                        Map.of(
                                                "Destination",
                                                Map.of(
                                                        "Fn::GetAtt",
                                                        List.of(Match.stringLikeRegexp("^Failed"), "Arn"))),
                                        "OnSuccess",
                                        Map.of("Destination", Map.of("Ref", Match.stringLikeRegexp("^Done"))))));
    }

    @Test
    void busesAndFunctionsAreDestinationsToo() {
        WarmFunction next = WarmFunction.Builder.create(stack, "Next")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.Next")
                .build();

        function()
                .onFailure(Destination.eventBus(new EventBus(stack, "Bus")))
                .onSuccess(Destination.function(next))
                .build();

        assertPermissions(
                Permission.of("events:PutEvents", "${Bus.Arn}"),
                Permission.of("lambda:InvokeFunction", "${Next/Alias}"));
    }

    @Test
    void tellsWhereFailuresGo() {
        Destination failed = Destination.topic(new Topic(stack, "Failed"));

        assertThat(function().onFailure(failed).build().getOnFailure()).isSameAs(failed);
    }

    @Test
    void tellsThatFailuresAreDropped() {
        assertThat(function().retryAttempts(0).build().getOnFailure()).isNull();
    }

    @Test
    void warnsOfPingsThatSucceed() {
        function()
                .warm(WarmStrategy.ping(Duration.minutes(5)))
                .onSuccess(Destination.topic(new Topic(stack, "Done")))
                .build();

        Annotations.fromStack(stack)
                .hasWarning(
                        "/Shop/Notes",
                        "onSuccess should not be given with pings, got both; it gets a record of each ping too [ack:"
                                + " ashlar:pingsSucceed]");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void rejectsRetriesBeyondTheLimits(int attempts) {
        assertThatThrownBy(() -> function().retryAttempts(attempts).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] retryAttempts must be a whole number of 0 to 2 attempts, got " + attempts);
    }

    @ParameterizedTest
    @ValueSource(ints = {59, 21601})
    void rejectsAgesBeyondTheLimits(int seconds) {
        assertThatThrownBy(
                        () -> function().maxEventAge(Duration.seconds(seconds)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[Shop/Notes] maxEventAge must be 60 to 21600 seconds, got ");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 21600})
    void takesAgesAtTheLimits(int seconds) {
        assertThatCode(() -> function().maxEventAge(Duration.seconds(seconds)).build())
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsCustomizersThatWouldNotReachTheAlias() {
        assertThatThrownBy(() -> function()
                        .customizeFunction(builder -> builder.retryAttempts(0))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] customizeFunction must not set retryAttempts, maxEventAge, onFailure or onSuccess,"
                                + " got some, which would not hold for the alias; set the options of these names");
    }

    @Test
    void tellsItsTimeoutAndWhatIsReserved() {
        WarmFunction usual = function("Usual").build();
        WarmFunction set = function("Set")
                .timeout(Duration.minutes(2))
                .reservedConcurrentExecutions(5)
                .build();
        WarmFunction customized = function("Customized")
                .timeout(Duration.minutes(2))
                .reservedConcurrentExecutions(5)
                .customizeFunction(
                        builder -> builder.timeout(Duration.minutes(3)).reservedConcurrentExecutions(7))
                .build();
        WarmFunction withdrawn = function("Withdrawn")
                .customizeFunction(builder -> builder.timeout(null))
                .build();

        assertThat(requireNonNull(usual.getTimeout()).toSeconds()).isEqualTo(29);
        assertThat(usual.getReservedConcurrentExecutions()).isNull();
        assertThat(requireNonNull(set.getTimeout()).toSeconds()).isEqualTo(120);
        assertThat(set.getReservedConcurrentExecutions()).isEqualTo(5);
        assertThat(requireNonNull(customized.getTimeout()).toSeconds()).isEqualTo(180);
        assertThat(customized.getReservedConcurrentExecutions()).isEqualTo(7);
        assertThat(withdrawn.getTimeout()).isNull();
    }

    @Test
    void reservesConcurrency() {
        function().reservedConcurrentExecutions(5).build();

        template().hasResourceProperties("AWS::Lambda::Function", Map.of("ReservedConcurrentExecutions", 5));
    }

    @Test
    void rejectsNegativeConcurrency() {
        assertThatThrownBy(() -> function().reservedConcurrentExecutions(-1).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] reservedConcurrentExecutions must be a whole number of 0 to 2147483647 instances,"
                                + " got -1");
    }

    @Test
    void theUrlIsTheAliasAndTakesSignedRequestsOnly() {
        WarmFunction notes =
                function().functionUrl(FunctionUrlOptions.builder().build()).build();

        Template template = template();
        template.hasResourceProperties(
                URL,
                Map.of(
                        "AuthType", "AWS_IAM",
                        "Qualifier", "live",
                        "TargetFunctionArn",
                                Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("^NotesFunction"), "Arn"))));
        template.resourceCountIs("AWS::Lambda::Permission", 0);
        assertThat(notes.getFunctionUrl()).isNotNull();
    }

    @Test
    void whoMayCallTheUrlMayNotInvokeOtherwise() {
        WarmFunction notes =
                function().functionUrl(FunctionUrlOptions.builder().build()).build();
        Role caller = Role.Builder.create(stack, "Caller")
                .assumedBy(new AccountPrincipal("123456789012"))
                .build();

        notes.grantInvokeUrl(caller);

        assertThat(stack)
                .permissionsOf("Caller")
                .areExactly(
                        Permission.of("lambda:InvokeFunctionUrl", "${Notes/Alias}")
                                .when("{\"StringEquals\":{\"lambda:FunctionUrlAuthType\":\"AWS_IAM\"}}"),
                        Permission.of("lambda:InvokeFunction", "${Notes/Alias}")
                                .when("{\"Bool\":{\"lambda:InvokedViaFunctionUrl\":\"true\"}}"));
    }

    @Test
    void grantsNoAddressThatIsNotThere() {
        WarmFunction notes = function().build();

        assertThatThrownBy(() -> notes.grantInvokeUrl(notes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("[Shop/Notes] functionUrl must be set for grantInvokeUrl, got none");
    }

    @Test
    void theUrlTakesCdksOptions() {
        function()
                .functionUrl(FunctionUrlOptions.builder()
                        .authType(FunctionUrlAuthType.NONE)
                        .cors(FunctionUrlCorsOptions.builder()
                                .allowedOrigins(List.of("https://www.example.com"))
                                .build())
                        .build())
                .build();

        Template template = template();
        template.hasResourceProperties(
                URL, Map.of("AuthType", "NONE", "Cors", Map.of("AllowOrigins", List.of("https://www.example.com"))));
        // Since the end of 2025 AWS asks for both.
        template.hasResourceProperties(
                "AWS::Lambda::Permission", Map.of("Action", "lambda:InvokeFunctionUrl", "Principal", "*"));
        template.hasResourceProperties(
                "AWS::Lambda::Permission",
                Map.of("Action", "lambda:InvokeFunction", "Principal", "*", "InvokedViaFunctionUrl", true));
    }

    @Test
    void rejectsStreamsOfJava() {
        FunctionUrlOptions streaming = FunctionUrlOptions.builder()
                .invokeMode(InvokeMode.RESPONSE_STREAM)
                .build();

        assertThatThrownBy(() -> function().functionUrl(streaming).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] functionUrl must be BUFFERED on Java, got RESPONSE_STREAM; Lambda's own Java"
                        + " runtimes do not stream, an image with a runtime that does may");
        assertThatCode(() -> WarmFunction.Builder.create(stack, "Node")
                        .code(FunctionCode.directory("node"))
                        .handler("index.handler")
                        .runtime(Runtime.NODEJS_24_X)
                        .functionUrl(streaming)
                        .build())
                .doesNotThrowAnyException();
        assertThatCode(() -> WarmFunction.Builder.create(stack, "Image")
                        .code(FunctionCode.image("image"))
                        .functionUrl(streaming)
                        .build())
                .doesNotThrowAnyException();
    }

    private void assertPermissions(Permission... more) {
        List<Permission> all = new ArrayList<>(List.of(
                Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                Permission.of("xray:PutTraceSegments", "*"),
                Permission.of("xray:PutTelemetryRecords", "*")));
        all.addAll(List.of(more));
        assertThat(stack).permissionsOf("Notes/Role").areExactly(all.toArray(Permission[]::new));
    }

    private WarmFunction.Builder function() {
        return function("Notes");
    }

    private WarmFunction.Builder function(String id) {
        return WarmFunction.Builder.create(stack, id)
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private Template template() {
        return Template.fromStack(stack);
    }
}
