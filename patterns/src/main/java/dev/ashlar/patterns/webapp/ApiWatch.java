package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.internal.Threshold;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/** Metrics, graphs and alarms of an API. */
final class ApiWatch {
    private static final int LEAST_REQUESTS = 20;

    private final Front front;

    ApiWatch(Front front) {
        this.front = front;
    }

    Metric count() {
        return front.count(statistic("SampleCount"));
    }

    Metric clientErrors() {
        return front.clientErrors(statistic("Sum"));
    }

    Metric serverErrors() {
        return front.serverErrors(statistic("Sum"));
    }

    Metric latency(String statistic) {
        return front.latency(
                MetricOptions.builder().statistic(statistic).label(statistic).build());
    }

    List<IWidget> widgets() {
        return List.of(
                graph("Requests", List.of(count(), clientErrors(), serverErrors())),
                graph("Latency (ms)", List.of(latency("p50"), latency("p99"))));
    }

    List<Alarm> createAlarms(Construct scope, Alarms wanted) {
        List<Alarm> alarms = List.of(
                serverErrorsAlarm(scope, wanted.getErrors()),
                clientErrorsAlarm(scope, wanted.getClientErrors()),
                latencyAlarm(scope, wanted.getLatencyP99()));
        alarms.forEach(wanted::add);
        return alarms;
    }

    private Alarm serverErrorsAlarm(Construct scope, Number errors) {
        return Threshold.of(
                scope,
                "ServerErrorsAlarm",
                serverErrors(),
                errors,
                "Requests are answered with a status of 500 or more: look at integrationError in the access log, then at the"
                        + " log group of the function behind the route");
    }

    private Alarm clientErrorsAlarm(Construct scope, Number part) {
        IMetric share = MathExpression.Builder.create()
                // Of a few requests each one would be a large part.
                .expression("IF(requests >= " + LEAST_REQUESTS + ", errors / requests, 0)")
                .usingMetrics(new TreeMap<>(Map.of("requests", count(), "errors", clientErrors())))
                .label("Part of the requests with a status from 400 to 499")
                .period(Duration.minutes(5))
                .build();
        return lasting(scope, "ClientErrorsAlarm")
                .metric(share)
                .threshold(part)
                .alarmDescription(
                        "Many requests are refused: look at status and path in the access log, for a release of a client that"
                                + " asks for what is not there, or somebody who tries passwords")
                .build();
    }

    private Alarm latencyAlarm(Construct scope, @Nullable Duration latency) {
        return lasting(scope, "LatencyAlarm")
                // Without a label: CloudWatch ignores few samples of a plain metric alone.
                .metric(front.latency(statistic("p99")))
                .threshold(latency == null ? Alarms.DEFAULT_LATENCY_P99_SECONDS * 1000 : latency.toMilliseconds())
                .evaluateLowSampleCountPercentile("ignore")
                .alarmDescription(
                        "The slowest hundredth of the answers takes long: compare responseLatency with integrationLatency in"
                                + " the access log, then look at the traces of the function behind the route")
                .build();
    }

    private static Alarm.Builder lasting(Construct scope, String id) {
        return Alarm.Builder.create(scope, id)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(3)
                .treatMissingData(TreatMissingData.NOT_BREACHING);
    }

    private static MetricOptions statistic(String statistic) {
        return MetricOptions.builder().statistic(statistic).build();
    }

    private static IWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create().title(title).left(metrics).width(12).build();
    }
}
