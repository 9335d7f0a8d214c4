package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.ProfileLogs;
import dev.ashlar.constructs.internal.Sha256;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.web.ApiOrigin;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.apigateway.ApiDefinition;
import software.amazon.awscdk.services.apigateway.CfnApiKey;
import software.amazon.awscdk.services.apigateway.CfnDeployment;
import software.amazon.awscdk.services.apigateway.CfnRestApi;
import software.amazon.awscdk.services.apigateway.CfnStage;
import software.amazon.awscdk.services.apigateway.CfnUsagePlan;
import software.amazon.awscdk.services.apigateway.CfnUsagePlanKey;
import software.amazon.awscdk.services.apigateway.EndpointConfiguration;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.IpAddressType;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.wafv2.CfnWebACLAssociation;
import software.constructs.Construct;

/** A regional REST API, which takes an API, a deployment and a stage, and one permission a function, whatever routes it has. */
final class RestFront implements Front {
    static final int DEFAULT_TIMEOUT_MILLIS = 29_000;

    private static final String STAGE = "live";
    private static final int SMALLEST_COMPRESSED_BYTES = 1024;

    private static final String VALIDATOR = "The validator stands in the document that describes the API.";
    private static final String LOGS_OF_STAGE =
            "The rule looks for an access log in the deployment, and fails without one; it is the stage that has it.";

    private static final String BY_IAM =
            "Lambda knows its caller by IAM; a client certificate is shown to backends that are asked by HTTP.";

    private final Construct scope;
    private final ApiFront.Rest front;
    private final Acknowledged acknowledged;
    private final SpecRestApi api;
    private final @Nullable LogGroup accessLogs;
    private final CfnStage stage;

    RestFront(
            Construct scope,
            ServerlessWebAppProps props,
            ApiFront.Rest front,
            @Nullable WarmFunction own,
            List<Route> routes,
            boolean isClosed) {
        this.scope = scope;
        this.front = front;
        this.acknowledged = Acknowledged.in(scope);
        Map<String, Object> definition =
                new RestDefinition(scope, front, props.getCorsOrigins(), (int) timeoutMillis(front)).of(routes);
        this.api = createApi(definition, isClosed);
        permit(routes, own);
        this.accessLogs = front.hasLogs() ? ProfileLogs.create(scope, "AccessLogs") : null;
        this.stage = createStage(createDeployment(definition), props.getThrottle());
        createUsagePlans();
        if (!front.getRequestSchemas().isEmpty()) {
            acknowledged.finding(api, "AwsSolutions-APIG2", VALIDATOR);
        }
        if (front.getWebAcl() != null) {
            CfnWebACLAssociation.Builder.create(scope, "WebAcl")
                    .resourceArn("arn:" + Aws.PARTITION + ":apigateway:" + Aws.REGION + "::/restapis/"
                            + api.getRestApiId() + "/stages/" + stage.getRef())
                    .webAclArn(front.getWebAcl())
                    .build();
        }
    }

    static double timeoutMillis(ApiFront.Rest front) {
        Duration timeout = front.getIntegrationTimeout();
        return timeout == null
                ? DEFAULT_TIMEOUT_MILLIS
                : timeout.toMilliseconds().doubleValue();
    }

    private SpecRestApi createApi(Map<String, Object> definition, boolean isClosed) {
        SpecRestApi.Builder builder = SpecRestApi.Builder.create(scope, "Api")
                .restApiName(Aws.STACK_NAME + "-" + Known.idOf(scope))
                .apiDefinition(ApiDefinition.fromInline(definition))
                // An own deployment, because CDK's has another id wherever the path of the stack is another.
                .deploy(false)
                // It is the account's and not the app's.
                .cloudWatchRole(false)
                .disableExecuteApiEndpoint(isClosed)
                .minCompressionSize(Size.bytes(SMALLEST_COMPRESSED_BYTES))
                .endpointConfiguration(EndpointConfiguration.builder()
                        .types(List.of(EndpointType.REGIONAL))
                        .ipAddressType(IpAddressType.DUAL_STACK)
                        .build());
        if (front.getCustomizeApi() != null) {
            front.getCustomizeApi().accept(builder);
        }
        return builder.build();
    }

    private void permit(List<Route> routes, @Nullable WarmFunction own) {
        FunctionCalls calls = new FunctionCalls(scope, api.getRestApiId(), own);
        Set<WarmFunction> behind = new LinkedHashSet<>();
        Set<WarmFunction> asked = new LinkedHashSet<>();
        for (Route route : routes) {
            behind.add(route.function());
            Stream.ofNullable(route.authorization().getFunction()).forEach(asked::add);
        }
        behind.forEach(function -> calls.permit(calls.idOf(function) + "Permission", function, "*/*"));
        asked.forEach(function -> calls.permit(calls.idOf(function) + "Asked", function, "authorizers/*"));
    }

    /** A stage shows what was deployed last, so each other definition is a deployment of its own. */
    private CfnDeployment createDeployment(Map<String, Object> definition) {
        byte[] hash = Sha256.digest()
                .digest(String.valueOf(Inherited.stack(scope).resolve(definition))
                        .getBytes(StandardCharsets.UTF_8));
        CfnDeployment deployment = CfnDeployment.Builder.create(
                        scope, "Deployment-" + HexFormat.of().formatHex(hash, 0, 8))
                .restApiId(api.getRestApiId())
                .build();
        deployment.getNode().addDependency(requireNonNull(api.getNode().getDefaultChild()));
        acknowledged.finding(deployment, "CdkNagValidationFailure", LOGS_OF_STAGE);
        return deployment;
    }

    private CfnStage createStage(CfnDeployment deployment, @Nullable ThrottleSettings throttle) {
        CfnStage.Builder builder = CfnStage.Builder.create(scope, "Stage")
                .restApiId(api.getRestApiId())
                .stageName(STAGE)
                .deploymentId(deployment.getRef())
                .tracingEnabled(true);
        if (accessLogs != null) {
            builder.accessLogSetting(CfnStage.AccessLogSettingProperty.builder()
                    .destinationArn(ProfileLogs.arnOf(accessLogs))
                    .format(AccessLog.ofRestApi())
                    .build());
        }
        boolean isExecutionLogged = front.getExecutionLog() != MethodLoggingLevel.OFF;
        if (throttle != null || isExecutionLogged) {
            builder.methodSettings(List.of(CfnStage.MethodSettingProperty.builder()
                    .httpMethod("*")
                    .resourcePath("/*")
                    .throttlingRateLimit(throttle == null ? null : throttle.getRateLimit())
                    .throttlingBurstLimit(throttle == null ? null : throttle.getBurstLimit())
                    .loggingLevel(front.getExecutionLog().name())
                    // Bodies hold people's data.
                    .dataTraceEnabled(false)
                    .build()));
        }
        CfnStage created = builder.build();
        acknowledged.standard(created, "APIGWSSLEnabled", BY_IAM);
        if (isExecutionLogged) {
            created.getNode().addDependency(createExecutionLogs());
        }
        return created;
    }

    private LogGroup createExecutionLogs() {
        LogGroup logs = ProfileLogs.create(scope, "ExecutionLogs");
        // API Gateway writes there and nowhere else; without a group of that name it makes one that is kept for ever.
        ((CfnLogGroup) requireNonNull(logs.getNode().getDefaultChild()))
                .setLogGroupName("API-Gateway-Execution-Logs_" + api.getRestApiId() + "/" + STAGE);
        return logs;
    }

    private void createUsagePlans() {
        front.getUsagePlans().forEach((name, plan) -> {
            CfnUsagePlan usagePlan = CfnUsagePlan.Builder.create(scope, "Plan-" + name)
                    .description(name)
                    .apiStages(List.of(CfnUsagePlan.ApiStageProperty.builder()
                            .apiId(api.getRestApiId())
                            .stage(stage.getRef())
                            .build()))
                    .throttle(throttleOf(plan))
                    .quota(quotaOf(plan.quota()))
                    .build();
            for (String key : plan.keys()) {
                CfnApiKey apiKey = CfnApiKey.Builder.create(scope, "Key-" + key)
                        .description(key)
                        .enabled(true)
                        .build();
                CfnUsagePlanKey.Builder.create(scope, "Plan-" + name + "-" + key)
                        .usagePlanId(usagePlan.getRef())
                        .keyId(apiKey.getRef())
                        .keyType("API_KEY")
                        .build();
            }
        });
    }

    private static CfnUsagePlan.@Nullable ThrottleSettingsProperty throttleOf(ApiFront.Rest.Plan plan) {
        return plan.throttle() == null
                ? null
                : CfnUsagePlan.ThrottleSettingsProperty.builder()
                        .rateLimit(plan.throttle().getRateLimit())
                        .burstLimit(plan.throttle().getBurstLimit())
                        .build();
    }

    private static CfnUsagePlan.@Nullable QuotaSettingsProperty quotaOf(@Nullable QuotaSettings quota) {
        return quota == null
                ? null
                : CfnUsagePlan.QuotaSettingsProperty.builder()
                        .limit(quota.getLimit())
                        .offset(quota.getOffset())
                        .period(
                                quota.getPeriod() == null
                                        ? null
                                        : quota.getPeriod().name())
                        .build();
    }

    @Override
    public String apiId() {
        return api.getRestApiId();
    }

    @Override
    public CfnResource stage() {
        return stage;
    }

    @Override
    public String stageName() {
        return stage.getRef();
    }

    @Override
    public String url() {
        return "https://" + host() + "/" + STAGE + "/";
    }

    @Override
    public ApiOrigin origin() {
        return ApiOrigin.host(host()).path("/" + STAGE);
    }

    private String host() {
        return api.getRestApiId() + ".execute-api." + Known.regionOf(Inherited.stack(scope)) + "." + Aws.URL_SUFFIX;
    }

    @Override
    public boolean isOpen() {
        return !Boolean.TRUE.equals(
                ((CfnRestApi) requireNonNull(api.getNode().getDefaultChild())).getDisableExecuteApiEndpoint());
    }

    @Override
    public @Nullable LogGroup accessLogs() {
        return accessLogs;
    }

    @Override
    public SpecRestApi restApi() {
        return api;
    }

    @Override
    public Metric count(MetricOptions options) {
        return api.metricCount(options);
    }

    @Override
    public Metric clientErrors(MetricOptions options) {
        return api.metricClientError(options);
    }

    @Override
    public Metric serverErrors(MetricOptions options) {
        return api.metricServerError(options);
    }

    @Override
    public Metric latency(MetricOptions options) {
        return api.metricLatency(options);
    }
}
