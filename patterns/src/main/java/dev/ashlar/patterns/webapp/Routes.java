package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.StackShared;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.constructs.Construct;

/**
 * Connects routes to functions: one integration and one permission a function, however many routes it has. CDK's own
 * routes make a permission each, and the policy of a function ends at 20 KB.
 */
final class Routes {
    private final Construct scope;
    private final String apiId;
    private final String sourceArn;
    private final Map<WarmFunction, String> targets = new HashMap<>();

    Routes(Construct scope, HttpApi api) {
        this.scope = scope;
        this.apiId = api.getApiId();
        this.sourceArn = Stack.of(scope)
                .formatArn(ArnComponents.builder()
                        .service("execute-api")
                        .resource(apiId)
                        .resourceName("*/*")
                        .build());
    }

    void create(@Nullable WarmFunction function, Map<String, WarmFunction> routes) {
        if (function != null) {
            createRoute(RouteKey.ROOT, function, "");
            createRoute(RouteKey.EVERYTHING_BELOW, function, "");
        }
        routes.forEach((key, behind) -> createRoute(key, behind, StackShared.pathWithin(scope, behind)));
    }

    private void createRoute(String key, WarmFunction function, String idOfFunction) {
        String target = targets.computeIfAbsent(function, behind -> connect(behind, idOfFunction));
        CfnRoute.Builder.create(scope, key)
                .apiId(apiId)
                .routeKey(key)
                .authorizationType("NONE")
                .target(target)
                .build();
    }

    private String connect(WarmFunction function, String idOfFunction) {
        String alias = function.getAlias().getFunctionArn();
        CfnPermission.Builder.create(scope, idOfFunction + "Permission")
                .action("lambda:InvokeFunction")
                .functionName(alias)
                .principal("apigateway.amazonaws.com")
                .sourceArn(sourceArn)
                .build();
        return "integrations/"
                + CfnIntegration.Builder.create(scope, idOfFunction + "Integration")
                        .apiId(apiId)
                        .integrationType("AWS_PROXY")
                        .integrationUri(alias)
                        .payloadFormatVersion("2.0")
                        .build()
                        .getRef();
    }
}
