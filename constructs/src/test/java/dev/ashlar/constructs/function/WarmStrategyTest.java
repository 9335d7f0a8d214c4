package dev.ashlar.constructs.function;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;

class WarmStrategyTest {
    private static final String ALIAS = "AWS::Lambda::Alias";
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String RULE = "AWS::Events::Rule";
    private static final String TARGET = "AWS::ApplicationAutoScaling::ScalableTarget";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void provisionedKeepsThatManyOnTheAlias() {
        function(WarmStrategy.provisioned(2)).build();

        Template template = template();
        template.hasResourceProperties(
                ALIAS,
                Map.of("Name", "live", "ProvisionedConcurrencyConfig", Map.of("ProvisionedConcurrentExecutions", 2)));
        template.hasResourceProperties(FUNCTION, Map.of("SnapStart", Match.absent()));
        template.resourceCountIs(TARGET, 0);
    }

    @Test
    void scalingFollowsTheLoadOfTheAlias() {
        function(WarmStrategy.provisioned(2, 10)).build();

        Template template = template();
        template.hasResourceProperties(ALIAS, Map.of("ProvisionedConcurrencyConfig", Match.absent()));
        template.hasResourceProperties(
                TARGET,
                Map.of(
                        "MinCapacity",
                        2,
                        "MaxCapacity",
                        10,
                        "ServiceNamespace",
                        "lambda",
                        "ScalableDimension",
                        "lambda:function:ProvisionedConcurrency",
                        "ScheduledActions",
                        Match.absent()));
        template.hasResourceProperties(
                "AWS::ApplicationAutoScaling::ScalingPolicy",
                Map.of(
                        "PolicyType",
                        "TargetTrackingScaling",
                        "TargetTrackingScalingPolicyConfiguration",
                        Map.of(
                                "TargetValue",
                                0.7,
                                "PredefinedMetricSpecification",
                                Map.of("PredefinedMetricType", "LambdaProvisionedConcurrencyUtilization"))));
        assertThat(assertThat(stack).json().findValue("ResourceId").toString())
                .startsWith("{\"Fn::Join\":[\"\",[\"function:\"")
                .endsWith(":live\"]]}");
    }

    @Test
    void scalingTakesUtilizationAndTimes() {
        function(WarmStrategy.provisioned(1, 10)
                        .utilization(0.5)
                        .atLeast(5, ScheduleExpression.expression("cron(0 8 * * ? *)", TimeZone.ASIA_SEOUL))
                        .atLeast(1, ScheduleExpression.expression("cron(0 20 * * ? *)", TimeZone.ASIA_SEOUL)))
                .build();

        Template template = template();
        template.hasResourceProperties(
                TARGET,
                Map.of(
                        "ScheduledActions",
                        List.of(
                                action("AtLeast1", "cron(0 8 * * ? *)", 5),
                                action("AtLeast2", "cron(0 20 * * ? *)", 1))));
        template.hasResourceProperties(
                "AWS::ApplicationAutoScaling::ScalingPolicy",
                Map.of("TargetTrackingScalingPolicyConfiguration", Match.objectLike(Map.of("TargetValue", 0.5))));
    }

    private static Map<String, Object> action(String name, String schedule, int instances) {
        return Map.of(
                "ScheduledActionName",
                name,
                "Schedule",
                schedule,
                "Timezone",
                "Asia/Seoul",
                "ScalableTargetAction",
                Map.of("MinCapacity", instances));
    }

    @Test
    void aPingIsARuleOnTheAlias() {
        function(WarmStrategy.ping(Duration.minutes(5))).build();

        Template template = template();
        template.resourceCountIs(RULE, 1);
        template.hasResourceProperties(
                RULE,
                Map.of(
                        "ScheduleExpression",
                        "cron(0/5 * * * ? *)",
                        "Targets",
                        List.of(Map.of(
                                "Id",
                                "Instance1",
                                "Arn",
                                Map.of("Ref", Match.stringLikeRegexp("^NotesAlias")),
                                "Input",
                                "{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}",
                                "RetryPolicy",
                                Map.of("MaximumRetryAttempts", 0, "MaximumEventAgeInSeconds", 60)))));
        template.resourcePropertiesCountIs(
                "AWS::Lambda::Permission",
                Map.of(
                        "FunctionName", Map.of("Ref", Match.stringLikeRegexp("^NotesAlias")),
                        "Principal", "events.amazonaws.com",
                        "SourceArn", Map.of("Fn::GetAtt", List.of(Match.stringLikeRegexp("^NotesPing"), "Arn"))),
                1);
        template.hasResourceProperties(FUNCTION, Map.of("SnapStart", Map.of("ApplyOn", "PublishedVersions")));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 1, 5", "6, 2, 6", "12, 3, 12"})
    void moreThanFiveInstancesTakeMoreRules(int instances, int rules, int targets) {
        function(WarmStrategy.ping(Duration.minutes(5)).instances(instances)).build();

        Template template = template();
        template.resourceCountIs(RULE, rules);
        template.resourceCountIs("AWS::Lambda::Permission", rules);
        assertThat(assertThat(stack).json().findValues("Input")).hasSize(targets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1; cron(0/1 * * * ? *)", "15; cron(0/15 * * * ? *)", "60; cron(0 * * * ? *)", "7; rate(7 minutes)"
            })
    void intervalsThatDivideAnHourBeginTogether(int minutes, String expression) {
        function(WarmStrategy.ping(Duration.minutes(minutes))).build();

        template().hasResourceProperties(RULE, Map.of("ScheduleExpression", expression));
    }

    @Test
    void aPingGivesNoPermission() {
        function(WarmStrategy.ping(Duration.minutes(5))).build();

        assertThat(stack)
                .permissionsOf("Notes/Role")
                .areExactly(
                        Permission.of("logs:CreateLogStream", "${Notes/Logs.Arn}"),
                        Permission.of("logs:PutLogEvents", "${Notes/Logs.Arn}"),
                        Permission.of("xray:PutTraceSegments", "*"),
                        Permission.of("xray:PutTelemetryRecords", "*"));
    }

    @Test
    void pingsLeaveSnapStartOffWhereItIsNoDefault() {
        function(WarmStrategy.ping(Duration.minutes(5)))
                .ephemeralStorageSize(Size.gibibytes(1))
                .build();

        template().hasResourceProperties(FUNCTION, Map.of("SnapStart", Match.absent()));
    }

    @Test
    void pingsWorkOnAnyRuntime() {
        function(WarmStrategy.ping(Duration.minutes(5)))
                .runtime(Runtime.NODEJS_24_X)
                .build();

        template().resourceCountIs(RULE, 1);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rejectsWhatLambdaWouldRefuse(WarmStrategy strategy, String message) {
        assertThatThrownBy(() -> function(strategy).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] " + message);
    }

    static Stream<Arguments> refused() {
        ScheduleExpression morning = ScheduleExpression.expression("cron(0 8 * * ? *)");
        return Stream.of(
                Arguments.of(
                        WarmStrategy.provisioned(0),
                        "warm.provisioned must be a whole number of 1 to 2147483647 instances, got 0"),
                Arguments.of(
                        WarmStrategy.provisioned(0, 5),
                        "warm.provisioned min must be a whole number of 1 to 2147483647 instances, got 0"),
                Arguments.of(
                        WarmStrategy.provisioned(1, 1.5),
                        "warm.provisioned max must be a whole number of 1 to 2147483647 instances, got 1.5"),
                Arguments.of(
                        WarmStrategy.provisioned(5, 2),
                        "warm.provisioned must have a min of at most its max, got 5 and 2"),
                Arguments.of(
                        WarmStrategy.provisioned(1, 2).utilization(0.09),
                        "warm.utilization must be 0.1 to 0.9, got 0.09"),
                Arguments.of(
                        WarmStrategy.provisioned(1, 2).utilization(0.91),
                        "warm.utilization must be 0.1 to 0.9, got 0.91"),
                Arguments.of(
                        WarmStrategy.provisioned(1, 2).atLeast(0, morning),
                        "warm.atLeast must be 1 or more instances, got 0; at 0 Lambda refuses the next deployment"),
                Arguments.of(
                        WarmStrategy.provisioned(1, 2).atLeast(3, morning),
                        "warm.atLeast must be at most the max of provisioned, got 3 and 2"),
                Arguments.of(
                        WarmStrategy.ping(Duration.seconds(59)),
                        "warm.ping must be 1 to 60 whole minutes, got 59 seconds"),
                Arguments.of(
                        WarmStrategy.ping(Duration.minutes(61)),
                        "warm.ping must be 1 to 60 whole minutes, got 1 hour 1 minute"),
                Arguments.of(
                        WarmStrategy.ping(Duration.seconds(90)),
                        "warm.ping must be 1 to 60 whole minutes, got 1 minute 30 seconds"),
                Arguments.of(
                        WarmStrategy.ping(Duration.minutes(5)).instances(0),
                        "warm.ping.instances must be a whole number of 1 to 100 instances, got 0"),
                Arguments.of(
                        WarmStrategy.ping(Duration.minutes(5)).instances(101),
                        "warm.ping.instances must be a whole number of 1 to 100 instances, got 101"),
                Arguments.of(
                        WarmStrategy.ping(Duration.minutes(5)).instances(Token.asNumber(Map.of("Ref", "Instances"))),
                        "warm.ping.instances must be known at synth, got a token; each instance is a target of a rule"));
    }

    @ParameterizedTest
    @MethodSource("sixInstances")
    void rejectsMoreInstancesThanAreReserved(WarmStrategy six) {
        assertThatThrownBy(() -> function(six).reservedConcurrentExecutions(5).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Notes] warm must be for at most as many instances as reservedConcurrentExecutions, got 6"
                                + " and 5");
    }

    private static Stream<WarmStrategy> sixInstances() {
        return Stream.of(
                WarmStrategy.provisioned(6),
                WarmStrategy.provisioned(1, 6),
                WarmStrategy.ping(Duration.minutes(5)).instances(6));
    }

    @Test
    void takesAsManyInstancesAsAreReserved() {
        assertThatCode(() -> WarmFunction.Builder.create(stack, "Quotes")
                        .code(FunctionCode.jar("handlers.jar"))
                        .handler("shop.QuotesHandler")
                        .warm(WarmStrategy.ping(Duration.minutes(5)).instances(5))
                        .reservedConcurrentExecutions(5)
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void letsTokensPass() {
        Number token = Token.asNumber(Map.of("Ref", "Instances"));

        assertThatCode(() -> function(WarmStrategy.provisioned(token, token)
                                .utilization(token)
                                .atLeast(token, ScheduleExpression.expression("rate(1 day)")))
                        .build())
                .doesNotThrowAnyException();
    }

    private WarmFunction.Builder function(WarmStrategy strategy) {
        return WarmFunction.Builder.create(stack, "Notes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .warm(strategy);
    }

    private Template template() {
        return Template.fromStack(stack);
    }
}
