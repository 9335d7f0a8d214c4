package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Threshold;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/**
 * Metrics of a distribution, which are in us-east-1 wherever its stack is. CDK's own metrics of distributions lack the
 * dimension {@code Region}, without which CloudWatch finds none.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html">Get
 *     metrics using the CloudWatch API</a>
 */
public final class DistributionWatch {
    private final Distribution distribution;

    /**
     * Watches a distribution.
     *
     * @param distribution the distribution
     */
    public DistributionWatch(Distribution distribution) {
        this.distribution = distribution;
    }

    /**
     * Checks whether a construct can have alarms of a distribution: an alarm lies where its metrics are.
     *
     * @param scope the construct
     * @param alarms its alarms
     * @throws IllegalArgumentException if its stack lies elsewhere, or a threshold is out of its limits
     */
    public static void check(Construct scope, Alarms alarms) {
        Check check = Check.of(scope);
        check.between("alarms.errors", alarms.getErrors(), 1, Integer.MAX_VALUE, "errors");
        check.that(
                UsEast1.holds(scope),
                "alarms must be in us-east-1, where CloudFront's metrics are, got " + UsEast1.butGot(scope)
                        + "; deploy the stack in us-east-1, or drop them");
    }

    /**
     * Gives a metric.
     *
     * @param name its name
     * @param statistic the statistic over 5 minutes
     * @return the metric
     */
    public Metric metric(String name, String statistic) {
        return Metric.Builder.create()
                .namespace("AWS/CloudFront")
                .metricName(name)
                .dimensionsMap(Map.of("DistributionId", distribution.getDistributionId(), "Region", "Global"))
                .region(UsEast1.NAME)
                .statistic(statistic)
                .period(Duration.minutes(5))
                .build();
    }

    /**
     * Creates the alarm on answers with a status from 500 on.
     *
     * @param scope the construct that it belongs to
     * @param wanted whom it tells, and from how many errors on
     * @return the alarm
     */
    public Alarm serverErrors(Construct scope, Alarms wanted) {
        // CloudFront counts requests, but gives errors as a part of them, in percent.
        IMetric errors = MathExpression.Builder.create()
                .expression("requests * rate / 100")
                .usingMetrics(new TreeMap<>(
                        Map.of("requests", metric("Requests", "Sum"), "rate", metric("5xxErrorRate", "Average"))))
                .label("Answers with a status from 500 on")
                .period(Duration.minutes(5))
                .build();
        return wanted.add(Threshold.of(
                scope,
                "ServerErrorsAlarm",
                errors,
                wanted.getErrors(),
                "Requests are answered with a status of 500 or more: 502 and 504 say that an origin is not reached or too slow,"
                        + " others come from the origin itself"));
    }

    /** {@return graphs of requests and of errors} */
    public List<IWidget> widgets() {
        return List.of(
                graph("Requests", List.of(metric("Requests", "Sum"))),
                graph("Errors (%)", List.of(metric("4xxErrorRate", "Average"), metric("5xxErrorRate", "Average"))));
    }

    private static IWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .region(UsEast1.NAME)
                .width(12)
                .build();
    }
}
