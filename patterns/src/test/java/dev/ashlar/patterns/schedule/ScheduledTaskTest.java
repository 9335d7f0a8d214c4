package dev.ashlar.patterns.schedule;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.ServiceDashboard;
import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.queue.DeadLetterQueue;
import dev.ashlar.patterns.queue.QueueProcessor;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import dev.ashlar.test.Permission;
import dev.ashlar.test.TestApp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.sns.Topic;

class ScheduledTaskTest {
    private static final String SCHEDULE = "AWS::Scheduler::Schedule";
    private static final String ALARM = "AWS::CloudWatch::Alarm";

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @Test
    void usesDocumentedDefaults() {
        nightly().build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                SCHEDULE,
                Map.of(
                        "ScheduleExpression",
                        "cron(0 3 * * ? *)",
                        "ScheduleExpressionTimezone",
                        "Asia/Seoul",
                        "State",
                        "ENABLED",
                        "FlexibleTimeWindow",
                        Map.of("Mode", "OFF"),
                        "Name",
                        Match.absent(),
                        "GroupName",
                        Map.of("Ref", Match.stringLikeRegexp("^NightlyGroup")),
                        "StartDate",
                        Match.absent(),
                        "EndDate",
                        Match.absent()));
        template.hasResourceProperties("AWS::Lambda::Function", Map.of("SnapStart", Match.absent(), "Timeout", 29));
        template.resourceCountIs(ALARM, 0);
        assertThat(stack).hasNoCustomResources();
    }

    @Test
    void theFunctionIsToldWhichRunItIs() {
        nightly().input(Map.of("days", 7)).build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        SCHEDULE,
                        Map.of(
                                "Target",
                                Match.objectLike(
                                        Map.of(
                                                "Arn",
                                                Map.of("Ref", Match.stringLikeRegexp("NightlyFunctionAlias")),
                                                "Input",
                                                "{\"schedule\":\"Nightly\",\"scheduledTime\":\"<aws.scheduler.scheduled-time>\",\"days\":7}"))));
    }

    @Test
    void withoutATimeZoneItIsUtcAndSaysSo() {
        task().schedule(ScheduleExpression.rate(Duration.hours(1))).build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        SCHEDULE,
                        Map.of("ScheduleExpression", "rate(1 hour)", "ScheduleExpressionTimezone", "Etc/UTC"));
    }

    @Test
    void whatIsNotDeliveredLiesInTheQueue() {
        nightly().build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        SCHEDULE,
                        Map.of(
                                "Target",
                                Match.objectLike(Map.of(
                                        "RetryPolicy",
                                        Map.of("MaximumRetryAttempts", 2, "MaximumEventAgeInSeconds", 3600),
                                        "DeadLetterConfig",
                                        Map.of(
                                                "Arn",
                                                Map.of(
                                                        "Fn::GetAtt",
                                                        List.of(
                                                                Match.stringLikeRegexp("NightlyFailedQueue"),
                                                                "Arn")))))));
    }

    @Test
    void whatFailsLiesInTheSameQueue() {
        nightly().build();

        Template template = Template.fromStack(stack);
        template.hasResourceProperties(
                "AWS::Lambda::EventInvokeConfig",
                Map.of(
                        "Qualifier",
                        "live",
                        "MaximumRetryAttempts",
                        2,
                        "MaximumEventAgeInSeconds",
                        3600,
                        "DestinationConfig",
                        Map.of(
                                "OnFailure",
                                Map.of(
                                        "Destination",
                                        Map.of(
                                                "Fn::GetAtt",
                                                List.of(Match.stringLikeRegexp("NightlyFailedQueue"), "Arn"))))));
        template.hasResourceProperties("AWS::SQS::Queue", Map.of("MessageRetentionPeriod", 1209600));
    }

    @Test
    void theSchedulersRoleMayDoTwoThings() {
        nightly().build();

        assertThat(stack)
                .permissionsOf("Nightly/Role")
                .areExactly(
                        Permission.of("lambda:InvokeFunction", "${Nightly/Function/Alias}"),
                        Permission.of("sqs:SendMessage", "${Nightly/Failed/Queue.Arn}"));
        Template.fromStack(stack)
                .hasResourceProperties(
                        "AWS::IAM::Role",
                        Map.of(
                                "AssumeRolePolicyDocument",
                                Match.objectLike(Map.of(
                                        "Statement",
                                        List.of(Match.objectLike(Map.of(
                                                "Principal",
                                                Map.of("Service", "scheduler.amazonaws.com"),
                                                "Condition",
                                                Map.of(
                                                        "StringEquals",
                                                        Map.of(
                                                                "aws:SourceAccount",
                                                                Map.of("Ref", "AWS::AccountId"),
                                                                "aws:SourceArn",
                                                                Match.anyValue())))))))));
    }

    @Test
    void severalSchedulesRunOneFunction() {
        ScheduledTask task = task().schedule("nightly", cron("0 3 * * ? *"))
                .schedule("weekly", cron("0 4 ? * SUN *"))
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(SCHEDULE, 2);
        template.resourceCountIs("AWS::Scheduler::ScheduleGroup", 2);
        template.resourceCountIs("AWS::Lambda::Function", 1);
        template.resourceCountIs("AWS::SQS::Queue", 1);
        assertThat(task.getSchedules()).containsOnlyKeys("nightly", "weekly");
        assertThat(assertThat(stack).json().toString()).contains("{\\\"schedule\\\":\\\"weekly\\\"");
    }

    @Test
    void runsWithinItsTimeAndWindow() {
        nightly()
                .start(Instant.parse("2190-01-01T00:00:00Z"))
                .end(Instant.parse("2191-01-01T00:00:00Z"))
                .flexibleTimeWindow(Duration.minutes(15))
                .enabled(false)
                .customizeSchedule(schedule -> schedule.description("Reports"))
                .build();

        Template.fromStack(stack)
                .hasResourceProperties(
                        SCHEDULE,
                        Map.of(
                                "StartDate",
                                "2190-01-01T00:00:00Z",
                                "EndDate",
                                "2191-01-01T00:00:00Z",
                                "State",
                                "DISABLED",
                                "Description",
                                "Reports",
                                "FlexibleTimeWindow",
                                Map.of("Mode", "FLEXIBLE", "MaximumWindowInMinutes", 15)));
    }

    @ParameterizedTest
    @CsvSource({
        "cron(0 3 * * ? *), 3600, 26",
        "rate(1 day), 3600, 26",
        "rate(6 hours), 3600, 8",
        "rate(2 hours), 300, 25",
        "rate(5 minutes), 300, 2",
        "rate(1 minute), 300, 2"
    })
    void anAlarmTellsThatARunDidNotHappen(String expression, int period, int periods) {
        ScheduledTask task = task().schedule(ScheduleExpression.expression(expression))
                .alarms(Alarms.to(new Topic(stack, "Topic")))
                .build();

        assertThat(task.getAlarms()).hasSize(1);
        Template.fromStack(stack)
                .hasResourceProperties(
                        ALARM,
                        Map.of(
                                "Namespace",
                                "AWS/Scheduler",
                                "MetricName",
                                "InvocationAttemptCount",
                                "Period",
                                period,
                                "EvaluationPeriods",
                                periods,
                                "TreatMissingData",
                                "missing",
                                "InsufficientDataActions",
                                List.of(Map.of("Ref", Match.stringLikeRegexp("^Topic"))),
                                "Dimensions",
                                List.of(Map.of(
                                        "Name",
                                        "ScheduleGroup",
                                        "Value",
                                        Map.of("Ref", Match.stringLikeRegexp("NightlyGroup"))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cron(0 3 ? * MON-FRI *)", "rate(2 days)", "at(2190-01-01T00:00:00)"})
    void noAlarmLooksForRunsThatAreRarerThanDaily(String expression) {
        ScheduledTask task = task().schedule(ScheduleExpression.expression(expression))
                .alarms(Alarms.to(new Topic(stack, "Topic")))
                .build();

        assertThat(task.getAlarms()).isEmpty();
    }

    @Test
    void whatIsPausedMissesNothing() {
        ScheduledTask task = nightly()
                .enabled(false)
                .alarms(Alarms.to(new Topic(stack, "Topic")))
                .build();

        assertThat(task.getAlarms()).isEmpty();
    }

    @Test
    void alarmsWatchTheFunctionAndTheQueueToo() {
        nightly().alarms(Alarms.to(new Topic(stack, "Topic"))).build();

        Template template = Template.fromStack(stack);
        for (String metric : List.of("Errors", "Throttles", "Duration", "ApproximateNumberOfMessagesVisible")) {
            template.hasResourceProperties(ALARM, Map.of("MetricName", metric));
        }
        // Errors, throttles, duration, the queue, what did not reach it, and runs that did not happen: each once.
        template.resourceCountIs(ALARM, 6);
    }

    @Test
    void aFunctionThatWasGivenIsUsedAsItIs() {
        WarmFunction given = function(true);

        ScheduledTask task = ScheduledTask.Builder.create(stack, "Nightly")
                .function(given)
                .schedule(cron("0 3 * * ? *"))
                .build();

        assertThat(task.getFunction()).isSameAs(given);
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Function", 1);
    }

    @Test
    void alarmsWatchTheQueueWhereTheFunctionWasGiven() {
        ScheduledTask.Builder.create(stack, "Nightly")
                .function(function(true))
                .schedule(cron("0 3 * * ? *"))
                .alarms(Alarms.to(new Topic(stack, "Topic")))
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs(ALARM, 2);
        template.hasResourceProperties(ALARM, Map.of("MetricName", "ApproximateNumberOfMessagesVisible"));
    }

    @Test
    void oneFunctionServesTwoTasks() {
        WarmFunction given = function(true);

        for (String id : List.of("First", "Second")) {
            ScheduledTask.Builder.create(stack, id)
                    .function(given)
                    .schedule(cron("0 3 * * ? *"))
                    .build();
        }

        Template.fromStack(stack).resourceCountIs(SCHEDULE, 2);
        Template.fromStack(stack).resourceCountIs("AWS::Lambda::Function", 1);
    }

    @Test
    void aGivenFunctionServesSeveralPatterns() {
        WarmFunction given = function(true);
        ServerlessWebApp.Builder.create(stack, "Web").function(given).build();
        QueueProcessor.Builder.create(stack, "Orders").function(given).build();

        ScheduledTask.Builder.create(stack, "Nightly")
                .function(given)
                .schedule(cron("0 3 * * ? *"))
                .build();

        Template template = Template.fromStack(stack);
        template.resourceCountIs("AWS::Lambda::Function", 1);
        template.resourceCountIs("AWS::Lambda::EventSourceMapping", 1);
        template.resourceCountIs(SCHEDULE, 1);
    }

    @Test
    void aDashboardShowsItsRuns() {
        nightly().build();

        new ServiceDashboard(stack, "Dashboard");

        assertThat(assertThat(stack).json().findValue("DashboardBody").toString())
                .contains("## Shop/Nightly", "InvocationAttemptCount");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cron(0 3 * * *)  | have six fields, minutes hours day-of-month month day-of-week year, got the five of Unix: cron(0 3 * * *); write cron(0 3 * * ? *)",
                "0 3 * * *        | be cron(0 3 * * ? *), rate(5 minutes) or at(2030-01-31T03:00:00) and their like, got \"0 3 * * *\"",
                "rate(5 weeks)    | be cron(0 3 * * ? *), rate(5 minutes) or at(2030-01-31T03:00:00) and their like, got \"rate(5 weeks)\"",
                "rate(0 minutes)  | have a rate of 1 to 9999999, got rate(0 minutes)",
                "at(2190-02-30T00:00:00) | be a date that there is, got at(2190-02-30T00:00:00)"
            })
    void rejectsExpressionsThatAwsRefuses(String expression, String message) {
        assertRejected(task -> task.schedule(ScheduleExpression.expression(expression)), "schedule must " + message);
    }

    @Test
    void rejectsNamesThatAreNoneOrRepeated() {
        assertRejected(
                task -> task.schedule("a b", cron("0 3 * * ? *")),
                "schedule must have a name of 1 to 40 letters, digits and hyphens, got \"a b\"");
        assertRejected(
                task -> task.schedule("weekly", cron("0 3 * * ? *")).schedule("weekly", cron("0 4 * * ? *")),
                "schedule must have names of its own, got weekly twice; one of them would never run");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 minutes", "1441, 1 day 1 minute"})
    void rejectsWindowsBeyondTheLimits(int minutes, String got) {
        assertRejected(
                task -> task.schedule(cron("0 3 * * ? *")).flexibleTimeWindow(Duration.minutes(minutes)),
                "flexibleTimeWindow must be 1 to 1440 whole minutes, got " + got);
    }

    @Test
    void rejectsAnEndBeforeTheStart() {
        assertRejected(
                task -> task.schedule(cron("0 3 * * ? *"))
                        .start(Instant.parse("2190-01-02T00:00:00Z"))
                        .end(Instant.parse("2190-01-01T00:00:00Z")),
                "end must be after start, got 2190-01-01T00:00:00Z and 2190-01-02T00:00:00Z");
    }

    @Test
    void rejectsInputThatIsOurs() {
        assertRejected(
                task -> task.schedule(cron("0 3 * * ? *")).input(Map.of("schedule", "x")),
                "input must leave schedule to Ashlar, got a value for it; choose another name");
    }

    @Test
    void rejectsAFunctionThatLosesWhatFails() {
        WarmFunction given = function(false);

        assertThatThrownBy(() -> ScheduledTask.Builder.create(stack, "Nightly")
                        .function(given)
                        .schedule(cron("0 3 * * ? *"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "[Shop/Nightly] function must have onFailure, got Shop/Report without it; a run that fails would be"
                                + " lost");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> task().build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("schedule must be given");
    }

    @Test
    void warnsOfDatesThatHaveGone() {
        task().schedule(ScheduleExpression.expression("at(2020-01-01T00:00:00)", TimeZone.ASIA_SEOUL))
                .start(Instant.parse("2020-01-01T00:00:00Z"))
                .end(Instant.parse("2021-01-01T00:00:00Z"))
                .build();

        Annotations annotations = Annotations.fromStack(stack);
        for (String what : List.of("schedule at\\(2020-01-01T00:00:00\\)", "start 2020", "end 2021")) {
            annotations.hasWarning("/Shop/Nightly", Match.stringLikeRegexp(what + ".* has gone; AWS refuses.*"));
        }
    }

    @Test
    void tokensPass() {
        CfnParameter expression =
                CfnParameter.Builder.create(stack, "Expression").type("String").build();

        ScheduledTask task = task().schedule(ScheduleExpression.expression(expression.getValueAsString()))
                .alarms(Alarms.to(new Topic(stack, "Topic")))
                .build();

        assertThat(task.getAlarms()).isEmpty();
        Template.fromStack(stack)
                .hasResourceProperties(SCHEDULE, Map.of("ScheduleExpression", Map.of("Ref", "Expression")));
    }

    private void assertRejected(Consumer<ScheduledTask.Builder> more, String message) {
        ScheduledTask.Builder task = task();
        more.accept(task);
        assertThatThrownBy(task::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop/Nightly] " + message);
        stack.getNode().tryRemoveChild("Nightly");
    }

    private static ScheduleExpression cron(String fields) {
        return ScheduleExpression.expression("cron(" + fields + ")", TimeZone.ASIA_SEOUL);
    }

    private ScheduledTask.Builder nightly() {
        return task().schedule(cron("0 3 * * ? *"));
    }

    private ScheduledTask.Builder task() {
        return ScheduledTask.Builder.create(stack, "Nightly")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NightlyHandler");
    }

    private WarmFunction function(boolean keepsWhatFails) {
        WarmFunction.Builder builder = WarmFunction.Builder.create(stack, "Report")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ReportHandler");
        if (keepsWhatFails) {
            builder.onFailure(Destination.queue(
                    DeadLetterQueue.Builder.create(stack, "Lost").build().getQueue()));
        }
        return builder.build();
    }
}
