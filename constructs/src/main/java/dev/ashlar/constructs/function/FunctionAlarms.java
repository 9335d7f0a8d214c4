package dev.ashlar.constructs.function;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Threshold;
import dev.ashlar.constructs.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Alias;

/** The alarms of one function, each of which says what to look at first. */
final class FunctionAlarms {
    private static final String LOGS = "the log group of the function, at level ERROR";
    private static final String READ_BY_CODEDEPLOY =
            "CodeDeploy reads it and rolls back; whom to tell is what alarms(Alarms.to(topic)) says.";

    private final WarmFunction function;
    private final Alias alias;

    FunctionAlarms(WarmFunction function, Alias alias) {
        this.function = function;
        this.alias = alias;
    }

    /** Checks the thresholds. */
    static void check(@Nullable Alarms alarms, Check check) {
        if (alarms != null) {
            check.between("alarms.errors", alarms.getErrors(), 1, Integer.MAX_VALUE, "errors");
            check.between("alarms.throttles", alarms.getThrottles(), 1, Integer.MAX_VALUE, "invocations");
            checkPart("alarms.durationP99", alarms.getDurationP99(), check);
            checkPart("alarms.concurrency", alarms.getConcurrency(), check);
        }
    }

    private static void checkPart(String name, Number part, Check check) {
        check.that(
                !Tokens.isUnresolved(part),
                name + " must be known at synth, got a token; a threshold is calculated from it");
        check.that(
                part.doubleValue() > 0 && part.doubleValue() <= 1,
                name + " must be above 0 and at most 1, got " + part);
    }

    /** Creates what a topic asks for. */
    List<Alarm> create(@Nullable Alarms alarms, WarmFunctionProps props) {
        List<Alarm> created = new ArrayList<>();
        if (alarms != null) {
            created.add(errors(alarms.getErrors()));
            created.add(throttles(alarms.getThrottles()));
            Number timeout = Known.millisOf(function.getTimeout());
            if (timeout == null) {
                warnOfTimeout();
            } else {
                created.add(duration(timeout, alarms.getDurationP99()));
            }
            Number reserved = props.getReservedConcurrentExecutions();
            // Of one instance that is reserved all are in use whenever it runs.
            if (reserved != null && !Tokens.isUnresolved(reserved) && reserved.intValue() > 1) {
                created.add(concurrency(
                        reserved.intValue() * alarms.getConcurrency().doubleValue()));
            }
            if (props.getOnFailure() != null) {
                created.add(deadLetters(props.getOnFailure()));
            }
            if (props.getOnFailure() != null || props.getOnSuccess() != null) {
                created.add(undelivered());
            }
            created.forEach(alarms::add);
        }
        return List.copyOf(created);
    }

    /** The alarm that rolls a deployment back: it looks at each minute, and tells nobody. */
    Alarm rollback(Number errors) {
        Alarm rollback = alarm(
                "RolloutErrorsAlarm",
                alias.metricErrors(
                        MetricOptions.builder().period(Duration.minutes(1)).build()),
                errors,
                "Invocations fail while a new version goes live, which rolls it back: look at " + LOGS
                        + ", then at what that version changed");
        Acknowledged.in(rollback).standard(rollback, "CloudWatchAlarmAction", READ_BY_CODEDEPLOY);
        return rollback;
    }

    private Alarm errors(Number threshold) {
        return alarm(
                "ErrorsAlarm",
                alias.metricErrors(),
                threshold,
                "Invocations fail: look at " + LOGS + ", and at the traces with errors");
    }

    private Alarm throttles(Number threshold) {
        return alarm(
                "ThrottlesAlarm",
                alias.metricThrottles(),
                threshold,
                "Invocations are refused for want of concurrency: look at the reserved concurrency of the function, then at"
                        + " the concurrent executions of the account");
    }

    private void warnOfTimeout() {
        Annotations.of(function)
                .addWarningV2(
                        "ashlar:noDurationAlarm",
                        "timeout should be known at synth with alarms, got a token; there is no alarm on durations");
    }

    private Alarm duration(Number timeoutMillis, Number part) {
        Metric p99 =
                alias.metricDuration(MetricOptions.builder().statistic("p99").build());
        double millis = timeoutMillis.doubleValue() * part.doubleValue();
        return Alarm.Builder.create(function, "DurationAlarm")
                .alarmDescription(
                        "The slowest invocations come close to the timeout: look at the traces for what they wait"
                                + " for, then at memory and timeout")
                .metric(p99)
                .threshold(millis)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(3)
                .evaluateLowSampleCountPercentile("ignore")
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
    }

    private Alarm concurrency(double threshold) {
        return alarm(
                "ConcurrencyAlarm",
                function.getFunction()
                        .metric(
                                "ConcurrentExecutions",
                                MetricOptions.builder().statistic("Maximum").build()),
                threshold,
                "The reserved concurrency is nearly used up: look at what invokes the function, then at how long it takes");
    }

    private Alarm deadLetters(Destination onFailure) {
        String what = "Events failed for good: look at ";
        return onFailure
                .queue()
                .map(queue -> alarm(
                        "DeadLettersAlarm",
                        queue.metricApproximateNumberOfMessagesVisible(
                                MetricOptions.builder().statistic("Maximum").build()),
                        1,
                        what + "the messages of the queue " + queue.getQueueName()
                                + ", each of which holds an event and" + " its error"))
                .orElseGet(() -> alarm(
                        "DeadLettersAlarm",
                        asyncMetric("AsyncEventsDropped"),
                        1,
                        what + "what the destination for failures received"));
    }

    private Alarm undelivered() {
        return alarm(
                "UndeliveredAlarm",
                asyncMetric("DestinationDeliveryFailures"),
                1,
                "Records do not reach their destination and are lost: look at the permissions of the function's role and at"
                        + " the key and the policy of the destination");
    }

    private Metric asyncMetric(String name) {
        return alias.metric(name, MetricOptions.builder().statistic("Sum").build());
    }

    private Alarm alarm(String id, IMetric metric, Number threshold, String description) {
        return Threshold.of(function, id, metric, threshold, description);
    }
}
