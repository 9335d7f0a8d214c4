package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.ProfileLogs;
import dev.ashlar.constructs.web.ApiOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnAuthorizer;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.apigatewayv2.CorsHttpMethod;
import software.amazon.awscdk.services.apigatewayv2.CorsPreflightOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.IpAddressType;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cognito.IUserPoolClient;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * An HTTP API. A function has one integration and one permission, however many routes it has: CDK's own routes make a
 * permission each, and the policy of a function ends at 20 KB.
 */
final class HttpFront implements Front {
    private final Construct scope;
    private final HttpApi api;
    private final String apiId;
    private final boolean hasCors;
    private final boolean isOpen;
    private final LogGroup accessLogs;
    private final CfnStage stage;
    private final FunctionCalls calls;
    private final Map<WarmFunction, String> targets = new HashMap<>();
    private final List<Authorization> known = new ArrayList<>();
    private final List<String> authorizers = new ArrayList<>();

    HttpFront(
            Construct scope,
            ServerlessWebAppProps props,
            ApiFront.Http front,
            @Nullable WarmFunction own,
            boolean isClosed) {
        this.scope = scope;
        this.api = createApi(props, front, isClosed);
        this.apiId = api.getApiId();
        this.hasCors = hasCors(props, front);
        this.isOpen =
                front.getCustomizeApi() == null ? !isClosed : !Boolean.TRUE.equals(api.getDisableExecuteApiEndpoint());
        this.accessLogs = ProfileLogs.create(scope, "AccessLogs");
        this.stage = createStage(props.getThrottle());
        this.calls = new FunctionCalls(scope, apiId, own);
    }

    private HttpApi createApi(ServerlessWebAppProps props, ApiFront.Http front, boolean isClosed) {
        HttpApi.Builder builder = HttpApi.Builder.create(scope, "Api")
                // CloudFormation demands a name; two APIs may have the same.
                .apiName(Aws.STACK_NAME + "-" + Known.idOf(scope))
                .createDefaultStage(false)
                .disableExecuteApiEndpoint(isClosed)
                .ipAddressType(IpAddressType.DUAL_STACK);
        if (!props.getCorsOrigins().isEmpty()) {
            builder.corsPreflight(CorsPreflightOptions.builder()
                    .allowOrigins(props.getCorsOrigins())
                    .allowMethods(List.of(CorsHttpMethod.ANY))
                    .allowHeaders(List.of("authorization", "content-type"))
                    .maxAge(Duration.hours(1))
                    .build());
        }
        if (front.getCustomizeApi() != null) {
            front.getCustomizeApi().accept(builder);
        }
        return builder.build();
    }

    /** As the options say, unless the customizer had a word. */
    private boolean hasCors(ServerlessWebAppProps props, ApiFront.Http front) {
        return front.getCustomizeApi() == null
                ? !props.getCorsOrigins().isEmpty()
                : ((CfnApi) requireNonNull(api.getNode().getDefaultChild())).getCorsConfiguration() != null;
    }

    private CfnStage createStage(@Nullable ThrottleSettings throttle) {
        CfnStage.Builder builder = CfnStage.Builder.create(scope, "Stage")
                .apiId(apiId)
                .stageName("$default")
                .autoDeploy(true)
                .accessLogSettings(CfnStage.AccessLogSettingsProperty.builder()
                        .destinationArn(ProfileLogs.arnOf(accessLogs))
                        .format(AccessLog.ofHttpApi())
                        .build());
        if (throttle != null) {
            builder.defaultRouteSettings(CfnStage.RouteSettingsProperty.builder()
                    .throttlingRateLimit(throttle.getRateLimit())
                    .throttlingBurstLimit(throttle.getBurstLimit())
                    .build());
        }
        return builder.build();
    }

    void create(List<Route> routes) {
        Set<String> keys = new HashSet<>();
        routes.forEach(route -> keys.add(route.key()));
        for (Route route : routes) {
            createRoute(route.key(), route.function(), route.authorization());
            String preflight = "OPTIONS " + route.path();
            // API Gateway answers preflight requests itself, but asks the authorizer of a route that takes any method
            // first.
            if (hasCors && route.takesPreflight() && !route.isPublic() && keys.add(preflight)) {
                createRoute(preflight, route.function(), Authorization.none());
            }
        }
    }

    private void createRoute(String key, WarmFunction function, Authorization authorization) {
        CfnRoute.Builder builder = CfnRoute.Builder.create(scope, key)
                .apiId(apiId)
                .routeKey(key)
                .target(targets.computeIfAbsent(function, this::connect));
        switch (authorization.getKind()) {
            case NONE -> builder.authorizationType("NONE");
            case IAM -> builder.authorizationType("AWS_IAM");
            case LAMBDA -> builder.authorizationType("CUSTOM").authorizerId(authorizer(authorization));
            case COGNITO, JWT ->
                builder.authorizationType("JWT")
                        .authorizerId(authorizer(authorization))
                        .authorizationScopes(authorization.getScopes().isEmpty() ? null : authorization.getScopes());
        }
        builder.build();
    }

    private String connect(WarmFunction function) {
        String id = calls.idOf(function);
        calls.permit(id + "Permission", function, "*/*");
        return "integrations/"
                + CfnIntegration.Builder.create(scope, id + "Integration")
                        .apiId(apiId)
                        .integrationType("AWS_PROXY")
                        .integrationUri(Known.arnOf(function.getAlias()))
                        .payloadFormatVersion("2.0")
                        .build()
                        .getRef();
    }

    /** The authorizer of an authorization, which is created once for all that differ in scopes alone. */
    private String authorizer(Authorization authorization) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).sharesAuthorizer(authorization)) {
                return authorizers.get(i);
            }
        }
        String id = Authorizers.idOf(scope, authorization, known);
        CfnAuthorizer.Builder builder = CfnAuthorizer.Builder.create(scope, id)
                .apiId(apiId)
                // CloudFormation demands a name, which is the API's alone.
                .name(Authorizers.nameOf(id));
        String ref = authorization.getKind() == Authorization.Kind.LAMBDA
                ? ask(builder, id, authorization)
                : verify(builder, authorization);
        known.add(authorization);
        authorizers.add(ref);
        return ref;
    }

    private String ask(CfnAuthorizer.Builder builder, String id, Authorization authorization) {
        WarmFunction function = requireNonNull(authorization.getFunction());
        String ref = builder.authorizerType("REQUEST")
                .authorizerUri(FunctionCalls.uri(function))
                .authorizerPayloadFormatVersion("2.0")
                .enableSimpleResponses(true)
                // The route is part of what the answer is remembered by: who may read may not yet delete.
                .identitySource(List.of("$request.header." + authorization.getHeader(), "$context.routeKey"))
                .authorizerResultTtlInSeconds(Authorizers.cacheSecondsOf(authorization))
                .build()
                .getRef();
        calls.permit(id + "Permission", function, "authorizers/" + ref);
        return ref;
    }

    private static String verify(CfnAuthorizer.Builder builder, Authorization authorization) {
        boolean isCognito = authorization.getKind() == Authorization.Kind.COGNITO;
        return builder.authorizerType("JWT")
                .identitySource(List.of("$request.header.Authorization"))
                .jwtConfiguration(CfnAuthorizer.JWTConfigurationProperty.builder()
                        .issuer(
                                isCognito
                                        ? "https://"
                                                + requireNonNull(authorization.getUserPool())
                                                        .getUserPoolProviderName()
                                        : authorization.getIssuer())
                        .audience(
                                isCognito
                                        ? authorization.getUserPoolClients().stream()
                                                .map(IUserPoolClient::getUserPoolClientId)
                                                .toList()
                                        : authorization.getAudience())
                        .build())
                .build()
                .getRef();
    }

    @Override
    public String apiId() {
        return apiId;
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
        return api.getApiEndpoint() + "/";
    }

    @Override
    public ApiOrigin origin() {
        return ApiOrigin.httpApi(api);
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public LogGroup accessLogs() {
        return accessLogs;
    }

    @Override
    public HttpApi httpApi() {
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
