package dev.ashlar.constructs.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;

class AlarmsTest {
    private static final String ALARM = "AWS::CloudWatch::Alarm";

    private final Stack stack = new Stack(TestApp.create(), "Shop");
    private final Topic topic = new Topic(stack, "Topic");

    @Test
    void thereIsNoneWithoutATopic() {
        WarmFunction notes = function().build();

        assertThat(notes.getAlarms()).isEmpty();
        template().resourceCountIs(ALARM, 0);
    }

    @Test
    void aTopicIsToldOfErrorsThrottlesAndDurations() {
        function().alarms(Alarms.to(topic)).build();

        Template template = template();
        template.resourceCountIs(ALARM, 3);
        template.hasResourceProperties(
                ALARM,
                Map.of(
                        "MetricName",
                        "Errors",
                        "Statistic",
                        "Sum",
                        "Period",
                        300,
                        "Threshold",
                        1,
                        "ComparisonOperator",
                        "GreaterThanOrEqualToThreshold",
                        "EvaluationPeriods",
                        1,
                        "TreatMissingData",
                        "notBreaching",
                        "AlarmActions",
                        List.of(Map.of("Ref", Match.stringLikeRegexp("^Topic"))),
                        "AlarmDescription",
                        "Invocations fail: look at the log group of the function, at level ERROR, and at the traces"
                                + " with errors"));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Throttles", "Threshold", 1));
        template.hasResourceProperties(
                ALARM,
                Map.of(
                        "MetricName", "Duration",
                        "ExtendedStatistic", "p99",
                        "Threshold", 23200,
                        "ComparisonOperator", "GreaterThanThreshold",
                        "EvaluationPeriods", 3,
                        "EvaluateLowSampleCountPercentile", "ignore"));
    }

    @Test
    void allLookAtTheAlias() {
        function().alarms(Alarms.to(topic)).build();

        assertThat(template().findResources(ALARM).values())
                .allSatisfy(alarm ->
                        assertThat(String.valueOf(alarm.get("Properties"))).contains("Resource", ":live"));
    }

    @Test
    void thresholdsCanBeSet() {
        function()
                .timeout(Duration.seconds(10))
                .reservedConcurrentExecutions(20)
                .alarms(Alarms.to(topic).errors(5).throttles(6).durationP99(0.5).concurrency(0.9))
                .build();

        Template template = template();
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Errors", "Threshold", 5));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Throttles", "Threshold", 6));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "Duration", "Threshold", 5000));
        template.hasResourceProperties(
                ALARM, Map.of("MetricName", "ConcurrentExecutions", "Statistic", "Maximum", "Threshold", 18));
    }

    @Test
    void theTimeoutIsThatOfTheCustomizer() {
        function()
                .customizeFunction(builder -> builder.timeout(Duration.seconds(100)))
                .alarms(Alarms.to(topic))
                .build();

        template().hasResourceProperties(ALARM, Map.of("MetricName", "Duration", "Threshold", 80000));
    }

    @Test
    void oneReservedInstanceMayBeInUse() {
        function().reservedConcurrentExecutions(1).alarms(Alarms.to(topic)).build();

        template().resourceCountIs(ALARM, 3);
    }

    @Test
    void warnsOfATimeoutThatIsNotKnown() {
        function()
                .timeout(Duration.seconds(Token.asNumber(Map.of("Ref", "Seconds"))))
                .alarms(Alarms.to(topic))
                .build();

        template().resourceCountIs(ALARM, 2);
        Annotations.fromStack(stack)
                .hasWarning(
                        "/Shop/Notes",
                        "timeout should be known at synth with alarms, got a token; there is no alarm on durations [ack:"
                                + " ashlar:noDurationAlarm]");
    }

    @Test
    void nullMeansDefault() {
        Alarms alarms =
                Alarms.to(topic).errors(null).throttles(null).durationP99(null).concurrency(null);

        assertThat(List.of(alarms.getErrors(), alarms.getThrottles(), alarms.getDurationP99(), alarms.getConcurrency()))
                .containsExactly(1, 1, 0.8, 0.8);
    }

    @Test
    void aQueueOfFailuresIsWatched() {
        Queue failed = new Queue(stack, "Failed");

        function().onFailure(Destination.queue(failed)).alarms(Alarms.to(topic)).build();

        Template template = template();
        template.resourceCountIs(ALARM, 5);
        template.hasResourceProperties(
                ALARM,
                Map.of(
                        "MetricName", "ApproximateNumberOfMessagesVisible",
                        "Namespace", "AWS/SQS",
                        "Statistic", "Maximum",
                        "Threshold", 1));
        template.hasResourceProperties(ALARM, Map.of("MetricName", "DestinationDeliveryFailures"));
    }

    @Test
    void eventsThatGoElsewhereAreCounted() {
        function()
                .onFailure(Destination.topic(new Topic(stack, "Failed")))
                .alarms(Alarms.to(topic))
                .build();

        template().hasResourceProperties(ALARM, Map.of("MetricName", "AsyncEventsDropped", "Statistic", "Sum"));
    }

    @Test
    void anyAlarmOfCdksCanTellTheTopic() {
        WarmFunction notes = function().build();
        Alarm own = Alarm.Builder.create(stack, "Own")
                .metric(notes.metricInvocations())
                .threshold(1000)
                .evaluationPeriods(1)
                .build();

        assertThat(Alarms.to(topic).add(own)).isSameAs(own);

        template()
                .hasResourceProperties(
                        ALARM,
                        Map.of(
                                "MetricName",
                                "Invocations",
                                "AlarmActions",
                                List.of(Map.of("Ref", Match.stringLikeRegexp("^Topic")))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void rejectsThresholdsBeyondTheLimits(UnaryOperator<Alarms> change, String message) {
        assertThatThrownBy(
                        () -> function().alarms(change.apply(Alarms.to(topic))).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Notes] " + message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(
                        alarms -> alarms.errors(0),
                        "alarms.errors must be a whole number of 1 to 2147483647 errors, got 0"),
                refused(
                        alarms -> alarms.throttles(1.5),
                        "alarms.throttles must be a whole number of 1 to 2147483647 invocations, got 1.5"),
                refused(alarms -> alarms.durationP99(0), "alarms.durationP99 must be above 0 and at most 1, got 0"),
                refused(alarms -> alarms.durationP99(80), "alarms.durationP99 must be above 0 and at most 1, got 80"),
                refused(
                        alarms -> alarms.durationP99(Token.asNumber(Map.of("Ref", "Part"))),
                        "alarms.durationP99 must be known at synth, got a token; a threshold is calculated from it"),
                refused(
                        alarms -> alarms.concurrency(1.01),
                        "alarms.concurrency must be above 0 and at most 1, got 1.01"));
    }

    private static Arguments refused(UnaryOperator<Alarms> change, String message) {
        return Arguments.of(change, message);
    }

    private WarmFunction.Builder function() {
        return WarmFunction.Builder.create(stack, "Notes")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler");
    }

    private Template template() {
        return Template.fromStack(stack);
    }
}
