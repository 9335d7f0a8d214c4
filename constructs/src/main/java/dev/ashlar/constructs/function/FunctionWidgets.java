package dev.ashlar.constructs.function;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;

/** Shows how a function does, as one row of a dashboard. */
final class FunctionWidgets {
    private static final int WIDTH = 8;

    private FunctionWidgets() {}

    static List<IWidget> of(Function function, Alias alias) {
        return List.of(
                graph("Invocations", List.of(alias.metricInvocations(), alias.metricErrors(), alias.metricThrottles())),
                graph("Duration (ms)", List.of(duration(alias, "p50"), duration(alias, "p99"))),
                graph(
                        "Concurrency",
                        List.of(
                                function.metric(
                                        "ConcurrentExecutions",
                                        MetricOptions.builder()
                                                .statistic("Maximum")
                                                .build()),
                                alias.metric(
                                        "ProvisionedConcurrentExecutions",
                                        MetricOptions.builder()
                                                .statistic("Maximum")
                                                .build()))));
    }

    private static IMetric duration(Alias alias, String statistic) {
        return alias.metricDuration(
                MetricOptions.builder().statistic(statistic).label(statistic).build());
    }

    private static IWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .width(WIDTH)
                .build();
    }
}
