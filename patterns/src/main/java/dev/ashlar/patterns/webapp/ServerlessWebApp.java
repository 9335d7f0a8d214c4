package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProfileLogs;
import dev.ashlar.constructs.internal.Threshold;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A web application: an HTTP API in front of one function that answers everything, of functions with routes of their
 * own, or of both.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Function}: a {@link WarmFunction} behind {@code ANY /} and {@code ANY /{proxy+}}, unless one was given or
 *       there are only routes
 *   <li>{@code Api}: the HTTP API, reached over IPv4 and IPv6, with CORS if asked for
 *   <li>{@code AccessLogs} and {@code Stage}: the stage {@code $default}, whose requests are logged as JSON
 *   <li>for each function one integration (payload format 2.0, on the alias {@code live}) and one permission, for each
 *       route one {@code AWS::ApiGatewayV2::Route}
 *   <li>the output {@code Url}, unless {@code customizeApi} closed that address
 * </ul>
 *
 * <pre>{@code
 * ServerlessWebApp.Builder.create(this, "Web")
 *         .code(FunctionCode.maven("handlers"))
 *         .handler("shop.NotesHandler")
 *         .table("NOTES_TABLE", notes.getTable())
 *         .build();
 * }</pre>
 *
 * <p>Granted: to this API alone, {@code lambda:InvokeFunction} on the alias of each function. The API is public: who may
 * call it is up to the function.
 *
 * <p>Idle it costs nothing. An HTTP API waits for at most 30 seconds and takes bodies of at most 10 MB, of which a
 * function gets 6 MB.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html">API Gateway HTTP APIs</a>
 */
public final class ServerlessWebApp extends Construct implements Watched {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    private static final int LONGEST_ANSWER_SECONDS = 30;

    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]+)?");

    // What an operator asks of a request; no query string and no headers, which hold people's data.
    private static final String ACCESS_LOG_FORMAT = "{\"requestId\":\"$context.requestId\""
            + ",\"requestTime\":\"$context.requestTime\""
            + ",\"ip\":\"$context.identity.sourceIp\""
            + ",\"method\":\"$context.httpMethod\""
            + ",\"path\":\"$context.path\""
            + ",\"routeKey\":\"$context.routeKey\""
            + ",\"protocol\":\"$context.protocol\""
            + ",\"status\":\"$context.status\""
            + ",\"responseLength\":\"$context.responseLength\""
            + ",\"responseLatency\":\"$context.responseLatency\""
            + ",\"integrationLatency\":\"$context.integrationLatency\""
            + ",\"integrationError\":\"$context.integrationErrorMessage\"}";

    private final @Nullable WarmFunction function;
    private final HttpApi api;
    private final LogGroup accessLogs;
    private final CfnStage stage;
    private final List<Alarm> alarms;

    /**
     * Creates the web application.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
     * @throws NullPointerException if options of a function were given, but not code and handler
     */
    public ServerlessWebApp(Construct scope, String id, ServerlessWebAppProps props) {
        super(scope, id);
        validate(props);
        this.function = createFunction(props);
        checkTimeouts(props);
        this.api = createApi(props);
        this.accessLogs = ProfileLogs.create(this, "AccessLogs");
        this.stage = createStage(props);
        new Routes(this, api).create(function, props.getRoutes());
        this.alarms = createAlarms(props.getAlarms());
        createOutput();
    }

    /** {@return the function that answers whatever no route answers, or null if there are only routes} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the HTTP API} */
    public HttpApi getApi() {
        return api;
    }

    /** {@return the log group that has a line for each request} */
    public LogGroup getAccessLogs() {
        return accessLogs;
    }

    /** {@return the API's stage {@code $default}} */
    public CfnStage getStage() {
        return stage;
    }

    /** {@return the API's alarms, none without {@code alarms}; those of functions are theirs} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /** {@return graphs of requests and errors, and of how long answers took} */
    @Override
    public List<IWidget> getWidgets() {
        return List.of(
                graph("Requests", List.of(metricCount(), metricClientError(), metricServerError())),
                graph("Latency (ms)", List.of(latency("p50"), latency("p99"))));
    }

    /**
     * Returns the API's own address.
     *
     * @return the address, which ends with a slash
     * @throws RuntimeException if {@code customizeApi} closed that address
     */
    public String getUrl() {
        return api.getApiEndpoint() + "/";
    }

    /** {@return how many requests came: sample count over 5 minutes} */
    public Metric metricCount() {
        return api.metricCount();
    }

    /** {@return how many requests were answered with a status from 400 to 499: sum over 5 minutes} */
    public Metric metricClientError() {
        return api.metricClientError();
    }

    /** {@return how many requests were answered with a status from 500 to 599: sum over 5 minutes} */
    public Metric metricServerError() {
        return api.metricServerError();
    }

    /** {@return how long answers took, in milliseconds: average over 5 minutes} */
    public Metric metricLatency() {
        return api.metricLatency();
    }

    private void validate(ServerlessWebAppProps props) {
        Check check = Check.of(this);
        boolean catchesAll = props.getFunction() != null || props.describesFunction();
        for (String key : props.getRoutes().keySet()) {
            RouteKey.validate(key, check);
            check.that(
                    !catchesAll || !(key.equals(RouteKey.ROOT) || key.equals(RouteKey.EVERYTHING_BELOW)),
                    "route must leave ANY / and ANY /{proxy+} to the web app's own function, got \"" + key
                            + "\"; drop either");
        }
        List<String> origins = props.getCorsOrigins();
        for (String origin : origins) {
            boolean isAny = origin.equals("*") && origins.size() == 1;
            check.that(
                    Token.isUnresolved(origin)
                            || isAny
                            || ORIGIN.matcher(origin).matches(),
                    "corsOrigins must be origins such as https://www.example.com, without a path, or * alone, got \""
                            + origin + "\"");
        }
        validate(props.getThrottle(), check);
        Alarms wanted = props.getAlarms();
        check.between("alarms.errors", wanted == null ? null : wanted.getErrors(), 1, Integer.MAX_VALUE, "errors");
    }

    private static void validate(@Nullable ThrottleSettings throttle, Check check) {
        if (throttle != null) {
            Number rate = requireNonNull(throttle.getRateLimit());
            check.that(
                    Token.isUnresolved(rate) || rate.doubleValue() > 0,
                    "throttle must have a rate above 0 requests a second, got " + rate);
            check.between("throttle burst", throttle.getBurstLimit(), 1, Integer.MAX_VALUE, "requests");
        }
    }

    private @Nullable WarmFunction createFunction(ServerlessWebAppProps props) {
        return props.getFunction() == null && !props.describesFunction()
                ? null
                : props.toFunction(this, "Function", props.getFunction());
    }

    private void checkTimeouts(ServerlessWebAppProps props) {
        if (function != null) {
            checkTimeout(function);
        }
        props.getRoutes().values().stream().distinct().forEach(this::checkTimeout);
    }

    private void checkTimeout(WarmFunction behind) {
        Duration timeout = behind.getFunction().getTimeout();
        if (timeout != null && !timeout.isUnresolved()) {
            double seconds = timeout.toMilliseconds().doubleValue() / 1000;
            Check.of(this)
                    .that(
                            seconds <= LONGEST_ANSWER_SECONDS,
                            "timeout must be at most %d seconds behind an HTTP API, got %s of %s; answer at once and do the work in a function that is invoked asynchronously"
                                    .formatted(
                                            LONGEST_ANSWER_SECONDS,
                                            timeout.toHumanString(),
                                            behind.getNode().getPath()));
        }
    }

    private HttpApi createApi(ServerlessWebAppProps props) {
        HttpApi.Builder builder = HttpApi.Builder.create(this, "Api")
                // CloudFormation demands a name; two APIs may have the same.
                .apiName(Aws.STACK_NAME + "-" + getNode().getId())
                .createDefaultStage(false)
                .disableExecuteApiEndpoint(false)
                .ipAddressType(IpAddressType.DUAL_STACK);
        if (!props.getCorsOrigins().isEmpty()) {
            builder.corsPreflight(CorsPreflightOptions.builder()
                    .allowOrigins(props.getCorsOrigins())
                    .allowMethods(List.of(CorsHttpMethod.ANY))
                    .allowHeaders(List.of("authorization", "content-type"))
                    .maxAge(Duration.hours(1))
                    .build());
        }
        if (props.getCustomizeApi() != null) {
            props.getCustomizeApi().accept(builder);
        }
        return builder.build();
    }

    private CfnStage createStage(ServerlessWebAppProps props) {
        CfnStage.Builder builder = CfnStage.Builder.create(this, "Stage")
                .apiId(api.getApiId())
                .stageName("$default")
                .autoDeploy(true)
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(ProfileLogs.arnOf(accessLogs))
                        .format(ACCESS_LOG_FORMAT)
                        .build());
        ThrottleSettings throttle = props.getThrottle();
        if (throttle != null) {
            builder.defaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                    .throttlingRateLimit(throttle.getRateLimit())
                    .throttlingBurstLimit(throttle.getBurstLimit())
                    .build());
        }
        return builder.build();
    }

    private List<Alarm> createAlarms(@Nullable Alarms wanted) {
        if (wanted == null) {
            return List.of();
        }
        return List.of(wanted.add(Threshold.of(
                this,
                "ServerErrorsAlarm",
                api.metricServerError(MetricOptions.builder().statistic("Sum").build()),
                wanted.getErrors(),
                "Requests are answered with a status of 500 or more: look at integrationError in the access log, then at the"
                        + " log group of the function behind the route")));
    }

    private IMetric latency(String statistic) {
        return api.metricLatency(
                MetricOptions.builder().statistic(statistic).label(statistic).build());
    }

    private static IWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create().title(title).left(metrics).width(12).build();
    }

    private void createOutput() {
        if (Boolean.TRUE.equals(api.getDisableExecuteApiEndpoint())) {
            return;
        }
        CfnOutput.Builder.create(this, "Url")
                .description("The address of the web application")
                .value(getUrl())
                .build();
    }

    /** Creates a {@link ServerlessWebApp}. */
    public static final class Builder extends ServerlessWebAppProps.Setters<Builder>
            implements software.amazon.jsii.Builder<ServerlessWebApp> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a web application.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the web application.
         *
         * @return the web application
         * @throws NullPointerException if there is nothing to run
         * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
         */
        @Override
        public ServerlessWebApp build() {
            return new ServerlessWebApp(scope, id, toProps());
        }
    }
}
