package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.constructs.Construct;

/**
 * A REST API as an OpenAPI document with API Gateway's extensions: paths, authorizers and answers to preflight requests take no
 * resources of their own.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html">OpenAPI
 *     extensions for API Gateway</a>
 */
final class RestDefinition {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}+]+)\\+?}");
    private static final String API_KEY = "ApiKey";
    private static final String PREFLIGHT_METHODS = "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT";
    private static final String PREFLIGHT_HEADERS = "authorization,content-type,x-api-key";

    private final Construct scope;
    private final ApiFront.Rest front;
    private final List<String> corsOrigins;
    private final int timeoutMillis;
    private final List<Authorization> known = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Object> schemes = new LinkedHashMap<>();

    RestDefinition(Construct scope, ApiFront.Rest front, List<String> corsOrigins, int timeoutMillis) {
        this.scope = scope;
        this.front = front;
        this.corsOrigins = corsOrigins;
        this.timeoutMillis = timeoutMillis;
    }

    Map<String, Object> of(List<Route> routes) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            paths.computeIfAbsent(route.path(), RestDefinition::path).put(method(route), operation(route));
        }
        if (!corsOrigins.isEmpty()) {
            paths.values().forEach(path -> path.putIfAbsent("options", preflight()));
        }
        if (!front.getUsagePlans().isEmpty()) {
            schemes.put(API_KEY, Map.of("type", "apiKey", "in", "header", "name", "x-api-key"));
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.0.1");
        document.put("info", Map.of("title", Known.idOf(scope), "version", "1"));
        document.put("paths", paths);
        if (!schemes.isEmpty()) {
            document.put("components", Map.of("securitySchemes", schemes));
        }
        if (!front.getRequestSchemas().isEmpty()) {
            document.put(
                    "x-amazon-apigateway-request-validators",
                    Map.of("Body", Map.of("validateRequestBody", true, "validateRequestParameters", false)));
        }
        if (!corsOrigins.isEmpty()) {
            document.put(
                    "x-amazon-apigateway-gateway-responses",
                    Map.of("DEFAULT_4XX", gatewayAnswer(), "DEFAULT_5XX", gatewayAnswer()));
        }
        return sorted(document);
    }

    /** In the same order at each synth: that of Map.of differs from run to run, and another order would be another deployment. */
    private static Map<String, Object> sorted(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), sortedWithin(value)));
        return sorted;
    }

    private static Object sortedWithin(Object value) {
        if (value instanceof Map<?, ?> map) {
            return sorted(map);
        }
        return value instanceof List<?> list
                ? list.stream().map(RestDefinition::sortedWithin).toList()
                : value;
    }

    private static Map<String, Object> path(String path) {
        Map<String, Object> item = new LinkedHashMap<>();
        List<Object> parameters = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(path);
        while (variables.find()) {
            parameters.add(Map.of(
                    "name", variables.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        if (!parameters.isEmpty()) {
            item.put("parameters", parameters);
        }
        return item;
    }

    private static String method(Route route) {
        return route.method().equals("ANY")
                ? "x-amazon-apigateway-any-method"
                : route.method().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        Map<String, Object> security = security(route.authorization());
        if (!security.isEmpty()) {
            operation.put("security", List.of(security));
        }
        Map<String, Object> schema = front.getRequestSchemas().get(route.key());
        if (schema != null) {
            operation.put("x-amazon-apigateway-request-validator", "Body");
            operation.put(
                    "requestBody",
                    Map.of("required", true, "content", Map.of("application/json", Map.of("schema", schema))));
        }
        operation.put(
                "x-amazon-apigateway-integration",
                Map.of(
                        "type",
                        "aws_proxy",
                        "httpMethod",
                        "POST",
                        "uri",
                        FunctionCalls.uri(route.function()),
                        "timeoutInMillis",
                        timeoutMillis));
        return operation;
    }

    private Map<String, Object> security(Authorization authorization) {
        Map<String, Object> security = new LinkedHashMap<>();
        if (authorization.getKind() != Authorization.Kind.NONE) {
            security.put(authorizer(authorization), authorization.getScopes());
        }
        if (!front.getUsagePlans().isEmpty()) {
            security.put(API_KEY, List.of());
        }
        return security;
    }

    private String authorizer(Authorization authorization) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).sharesAuthorizer(authorization)) {
                return names.get(i);
            }
        }
        boolean isIam = authorization.getKind() == Authorization.Kind.IAM;
        String name = isIam ? "Iam" : Authorizers.nameOf(Authorizers.idOf(scope, authorization, known));
        schemes.put(
                name,
                switch (authorization.getKind()) {
                    case COGNITO -> scheme("Authorization", "cognito_user_pools", cognito(authorization));
                    case LAMBDA -> scheme(authorization.getHeader(), "custom", lambda(authorization));
                    case IAM -> scheme("Authorization", "awsSigv4", Map.of());
                    case JWT, NONE -> throw new IllegalArgumentException("No authorizer of a REST API: " + name);
                });
        if (!isIam) {
            known.add(authorization);
            names.add(name);
        }
        return name;
    }

    private static Map<String, Object> scheme(String header, String type, Map<String, Object> authorizer) {
        Map<String, Object> scheme = new LinkedHashMap<>(Map.of("type", "apiKey", "in", "header", "name", header));
        scheme.put("x-amazon-apigateway-authtype", type);
        if (!authorizer.isEmpty()) {
            scheme.put("x-amazon-apigateway-authorizer", authorizer);
        }
        return scheme;
    }

    private static Map<String, Object> cognito(Authorization authorization) {
        return Map.of(
                "type",
                "cognito_user_pools",
                "providerARNs",
                List.of(requireNonNull(authorization.getUserPool()).getUserPoolArn()));
    }

    private static Map<String, Object> lambda(Authorization authorization) {
        return Map.of(
                "type",
                "request",
                "authorizerUri",
                FunctionCalls.uri(requireNonNull(authorization.getFunction())),
                // The path and the method are part of what the answer is remembered by: who may read may not yet
                // delete.
                "identitySource",
                "method.request.header." + authorization.getHeader() + ", context.httpMethod, context.path",
                "authorizerResultTtlInSeconds",
                Authorizers.cacheSecondsOf(authorization));
    }

    /** An answer that API Gateway gives itself, so that no function runs, and no authorizer is asked. */
    private Map<String, Object> preflight() {
        Map<String, Object> headers = new HashMap<>();
        Map<String, Object> values = new HashMap<>();
        Map.of(
                        "Access-Control-Allow-Methods",
                        "'" + PREFLIGHT_METHODS + "'",
                        "Access-Control-Allow-Headers",
                        "'" + PREFLIGHT_HEADERS + "'",
                        "Access-Control-Max-Age",
                        "'3600'",
                        "Access-Control-Allow-Origin",
                        "'" + corsOrigins.get(0) + "'",
                        "Vary",
                        "'Origin'")
                .forEach((name, value) -> {
                    headers.put(name, Map.of("schema", Map.of("type", "string")));
                    values.put("method.response.header." + name, value);
                });
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("statusCode", "204");
        response.put("responseParameters", values);
        if (corsOrigins.size() > 1) {
            response.put("responseTemplates", Map.of("application/json", allowedOrigin()));
        }
        return Map.of(
                "responses",
                Map.of("204", Map.of("description", "Preflight", "headers", headers)),
                "x-amazon-apigateway-integration",
                Map.of(
                        "type",
                        "mock",
                        "requestTemplates",
                        Map.of("application/json", "{\"statusCode\":204}"),
                        "responses",
                        Map.of("default", response)));
    }

    /** Of several origins the one that asks is allowed, if it is among them. */
    private String allowedOrigin() {
        StringBuilder condition = new StringBuilder();
        corsOrigins.forEach(origin -> condition
                .append(condition.length() == 0 ? "" : " || ")
                .append("$origin == \"")
                .append(origin)
                .append('"'));
        return "#set($origin = $input.params(\"Origin\"))\n"
                + "#if($origin == \"\")#set($origin = $input.params(\"origin\"))#end\n"
                + "#if(" + condition + ")\n"
                + "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n"
                + "#end\n";
    }

    /** What API Gateway answers itself: without these headers a browser sees an error of CORS instead. */
    private Map<String, Object> gatewayAnswer() {
        // A static answer cannot choose among origins; it holds nothing but API Gateway's own message.
        String origin = corsOrigins.size() == 1 ? "'" + corsOrigins.get(0) + "'" : "method.request.header.Origin";
        return Map.of(
                "responseParameters",
                Map.of(
                        "gatewayresponse.header.Access-Control-Allow-Origin",
                        origin,
                        "gatewayresponse.header.Vary",
                        "'Origin'"));
    }
}
