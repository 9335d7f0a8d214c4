package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.web.ApiOrigin;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.LogGroup;

/** An API that was created. */
interface Front {
    /** The id that API Gateway gives. */
    String apiId();

    /** The stage. */
    CfnResource stage();

    /** The name of the stage, as a reference to it. */
    String stageName();

    /** The address that API Gateway gives, which ends with a slash. */
    String url();

    /** The same for a distribution that stands before it. */
    ApiOrigin origin();

    /** Whether API Gateway's own host name answers. */
    boolean isOpen();

    @Nullable
    LogGroup accessLogs();

    default @Nullable HttpApi httpApi() {
        return null;
    }

    default @Nullable SpecRestApi restApi() {
        return null;
    }

    Metric count(MetricOptions options);

    Metric clientErrors(MetricOptions options);

    Metric serverErrors(MetricOptions options);

    Metric latency(MetricOptions options);
}
