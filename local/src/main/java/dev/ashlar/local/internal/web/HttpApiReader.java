package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import dev.ashlar.local.internal.web.FunctionCaller.Failure;
import dev.ashlar.local.internal.web.FunctionCaller.FailureException;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads HTTP APIs, whose routes may be declared in other stacks. */
final class HttpApiReader {
    private static final int LONGEST_TIMEOUT_MILLIS = 30_000;

    private final List<Template> templates;
    private final FunctionCaller functions;
    private final Upstream upstream;
    private final Map<String, String> claims;
    private final Consumer<String> report;

    HttpApiReader(
            List<Template> templates,
            FunctionCaller functions,
            Upstream upstream,
            Map<String, String> claims,
            Consumer<String> report) {
        this.templates = templates;
        this.functions = functions;
        this.upstream = upstream;
        this.claims = claims;
        this.report = report;
    }

    /** An API and what stands in the list of addresses. */
    record Api(HttpApi handler, List<Listing.Entry> entries) {}

    /** An integration and what is said of it. */
    private record Target(HttpApi.Integration integration, String name) {}

    /** An authorization and what is said of it. */
    private record Guard(Authorization authorization, String note) {}

    Api read(Declared api, String domainName) {
        if (!api.get("Body").isMissingNode()) {
            report.accept(
                    "[%s] Body is not read here: its routes answer 404; declare them as routes".formatted(api.path()));
        }
        List<HttpApi.Route> routes = new ArrayList<>();
        List<Listing.Entry> entries = new ArrayList<>();
        for (Declared route : of(api, "AWS::ApiGatewayV2::Route")) {
            RouteKey key = new RouteKey(route.textOr("RouteKey", RouteKey.DEFAULT));
            Target target = targetOrNone(api, route);
            Guard guard = guard(api, route, key);
            routes.add(new HttpApi.Route(key, guard.authorization(), target.integration()));
            entries.add(new Listing.Entry(key.toString(), target.name() + guard.note()));
        }
        HttpApi.Identity identity = new HttpApi.Identity(api.account(), api.ref(), domainName);
        return new Api(new HttpApi(identity, stages(api), routes, new Cors(api.get("CorsConfiguration"))), entries);
    }

    private List<Declared> of(Declared api, String type) {
        return Declared.find(templates, type).stream()
                .filter(resource -> resource.says("ApiId", api.ref()))
                .toList();
    }

    private Map<String, JsonNode> stages(Declared api) {
        Map<String, JsonNode> stages = new HashMap<>();
        for (Declared stage : of(api, "AWS::ApiGatewayV2::Stage")) {
            stages.put(stage.textOr("StageName", RouteKey.DEFAULT), stage.get("StageVariables"));
            JsonNode settings = stage.get("DefaultRouteSettings");
            if (settings.has("ThrottlingRateLimit") || settings.has("ThrottlingBurstLimit")) {
                report.accept("[%s] is not throttled here: no request is answered 429".formatted(stage.path()));
            }
        }
        return stages;
    }

    private Target targetOrNone(Declared api, Declared route) {
        try {
            return target(api, route);
        } catch (UnresolvedTokenException e) {
            return notRun(route, "its integration is not known here: " + e.getMessage());
        }
    }

    private Target target(Declared api, Declared route) {
        String wanted = route.textOr("Target", "").replaceFirst("^integrations/", "");
        Optional<Declared> found = of(api, "AWS::ApiGatewayV2::Integration").stream()
                .filter(integration -> integration.ref().equals(wanted))
                .findFirst();
        if (found.isEmpty()) {
            return notRun(route, "has no integration that is known here");
        }
        Declared integration = found.get();
        String uri = integration.textOr("IntegrationUri", "");
        String type = integration.textOr("IntegrationType", "");
        int timeout =
                Math.min(integration.get("TimeoutInMillis").asInt(LONGEST_TIMEOUT_MILLIS), LONGEST_TIMEOUT_MILLIS);
        if (type.equals("AWS_PROXY") && !integration.get("IntegrationSubtype").isMissingNode()) {
            return notRun(route, integration.textOr("IntegrationSubtype", "") + " is not run here");
        }
        if (type.equals("AWS_PROXY")) {
            String arn = FunctionCaller.arn(uri);
            String format = integration.textOr("PayloadFormatVersion", "1.0");
            return new Target(call -> invoke(api.path(), arn, call, format, timeout), FunctionCaller.name(arn));
        }
        if (type.equals("HTTP_PROXY") && uri.startsWith("http")) {
            if (!integration.get("RequestParameters").isMissingNode()
                    || !integration.get("ResponseParameters").isMissingNode()) {
                report.accept("[%s] parameters are not mapped here: request and answer pass as they are"
                        .formatted(integration.path()));
            }
            String method = integration.textOr("IntegrationMethod", "ANY");
            return new Target(call -> pass(uri, method, call, timeout), uri);
        }
        return notRun(route, type + " to " + uri + " is not run here");
    }

    private Target notRun(Declared route, String why) {
        report.accept("[%s] %s: %s answers 501".formatted(route.path(), why, route.textOr("RouteKey", "")));
        return new Target(call -> Response.message(501, why), "501, " + why);
    }

    private Response invoke(String path, String arn, Call call, String format, int timeout) {
        try {
            return functions.answer(path, arn, call, format, timeout);
        } catch (FailureException e) {
            // 503 at a timeout: https://github.com/serverless/serverless/issues/11222
            return e.getFailure() == Failure.FAILED
                    ? Response.message(500, "Internal Server Error")
                    : Response.message(503, "Service Unavailable");
        }
    }

    private Response pass(String uri, String method, Call call, int timeout) {
        String target = uri;
        for (Map.Entry<String, String> variable : call.pathParameters().entrySet()) {
            target = target.replace("{" + variable.getKey() + "}", Percent.encodePath(variable.getValue()));
        }
        if (call.request().query() != null) {
            target += (target.contains("?") ? "&" : "?") + call.request().query();
        }
        Request request =
                call.request().with(method.equals("ANY") ? call.request().method() : method, call.path());
        Fields headers = request.headers().copy();
        headers.remove("Host");
        try {
            return upstream.send(
                    URI.create(target),
                    request.with(request.path(), request.query(), headers),
                    Duration.ofMillis(timeout));
        } catch (IOException e) {
            return Response.message(503, "Service Unavailable");
        }
    }

    private Guard guard(Declared api, Declared route, RouteKey key) {
        String type = route.textOr("AuthorizationType", "NONE");
        if (type.equals("NONE")) {
            return new Guard(Authorization.none(), "");
        }
        if (type.equals("AWS_IAM")) {
            report.accept("[%s] signatures are not checked here: %s answers 403".formatted(route.path(), key));
            return new Guard(Authorization.iam(), ", for signed requests only");
        }
        Optional<Declared> authorizer = of(api, "AWS::ApiGatewayV2::Authorizer").stream()
                .filter(candidate -> candidate.ref().equals(route.textOr("AuthorizerId", "")))
                .findFirst();
        if (authorizer.isEmpty()) {
            report.accept("[%s] has no authorizer that is known here: %s answers 403".formatted(route.path(), key));
            return new Guard(Authorization.iam(), ", for nobody");
        }
        if (type.equals("CUSTOM")) {
            LambdaAuthorization lambda = new LambdaAuthorization(authorizer.get(), functions);
            return new Guard(lambda, ", as " + FunctionCaller.name(lambda.arn()) + " allows");
        }
        report.accept(
                claims.isEmpty()
                        ? "[%s] sign-in is not run here: %s answers 401; --claims sub=ada lets all in who send a token"
                                .formatted(route.path(), key)
                        : "[%s] tokens are not checked here: %s takes any, and the function gets the claims of --claims"
                                .formatted(route.path(), key));
        List<String> scopes = route.get("AuthorizationScopes")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        return new Guard(
                new JwtAuthorization(new IdentitySources(authorizer.get().get("IdentitySource")), scopes, claims),
                claims.isEmpty() ? ", 401 without sign-in" : ", with a token");
    }
}
