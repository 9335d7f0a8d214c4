package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Tokens;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.constructs.Construct;

/** What is wrong with a web app. */
final class WebAppChecks {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
    private static final int LONGEST_HTTP_ANSWER_SECONDS = 30;
    private static final int MOST_ROUTES = 300;

    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
    private static final int SHORTEST_TIMEOUT_MILLIS = 50;
    private static final int LONGEST_TIMEOUT_MILLIS = 300_000;

    private static final int LONGEST_CACHE_SECONDS = 3600;

    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]+)?");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern REST_PATH = Pattern.compile("/|(/([A-Za-z0-9._:-]+|\\{[A-Za-z0-9._-]+\\+?}))+");
    private static final Pattern WEB_ACL = Pattern.compile("arn:[a-z-]+:wafv2:([a-z0-9-]+):\\d{12}:regional/webacl/.+");

    private final Construct scope;
    private final ServerlessWebAppProps props;
    private final Check check;

    WebAppChecks(Construct scope, ServerlessWebAppProps props) {
        this.scope = scope;
        this.props = props;
        this.check = Check.of(scope);
    }

    /** Checks what is known before anything is created. */
    void props() {
        routeKeys();
        corsOrigins();
        throttle();
        alarms(props.getAlarms());
        site();
        authorization("authorization", props.getAuthorization());
        props.getRouteAuthorizations()
                .forEach((key, authorization) -> authorization("authorization of " + key, authorization));
        if (props.getFront() instanceof ApiFront.Rest rest) {
            rest(rest);
        }
    }

    private void routeKeys() {
        boolean catchesAll = props.getFunction() != null || props.describesFunction();
        List<String> ours = catchesAll ? Route.catchingAll(props) : List.of();
        Map<String, String> seen = new HashMap<>();
        for (String key : props.getGivenRoutes()) {
            RouteKey.validate(key, check);
            check.that(
                    !ours.contains(key),
                    "route must leave %s to the web app's own function, got \"%s\"; drop either"
                            .formatted(String.join(" and ", ours), key));
            String other = seen.putIfAbsent(key.replaceAll("\\{[^}+]+", "{"), key);
            check.that(
                    other == null,
                    "route must be given once, got \"%s\" and \"%s\"; one of them would never answer"
                            .formatted(other, key));
        }
    }

    private void corsOrigins() {
        List<String> origins = props.getCorsOrigins();
        for (String origin : origins) {
            boolean isAny = origin.equals("*") && origins.size() == 1;
            check.that(
                    Tokens.isUnresolved(origin)
                            || isAny
                            || ORIGIN.matcher(origin).matches(),
                    "corsOrigins must be origins such as https://www.example.com, without a path, or * alone, got \""
                            + origin + "\"");
        }
    }

    private void throttle() {
        ThrottleSettings throttle = props.getThrottle();
        if (throttle != null) {
            Number rate = requireNonNull(throttle.getRateLimit());
            check.that(
                    Tokens.isUnresolved(rate) || rate.doubleValue() > 0,
                    "throttle must have a rate above 0 requests a second, got " + rate);
            check.between("throttle burst", throttle.getBurstLimit(), 1, Integer.MAX_VALUE, "requests");
        }
    }

    private void alarms(@Nullable Alarms alarms) {
        if (alarms != null) {
            check.between("alarms.errors", alarms.getErrors(), 1, Integer.MAX_VALUE, "errors");
            Number part = alarms.getClientErrors();
            check.that(
                    Tokens.isUnresolved(part) || (part.doubleValue() > 0 && part.doubleValue() <= 1),
                    "alarms.clientErrors must be above 0 and at most 1, got " + part);
            Duration latency = alarms.getLatencyP99();
            check.that(
                    latency == null
                            || latency.isUnresolved()
                            || latency.toMilliseconds().doubleValue() > 0,
                    "alarms.latencyP99 must be above 0, got " + (latency == null ? "none" : latency.toHumanString()));
        }
    }

    private void site() {
        if (props.getSite() == null) {
            check.that(
                    props.getOrigins().isEmpty(),
                    "origin must be given together with site, got it alone; the API has a host name to itself");
            check.that(
                    props.getOriginSecret() == null,
                    "originSecret must be given together with site, got it alone; nothing stands before the API that would send"
                            + " it");
            check.that(
                    props.getCustomizeBucket() == null && props.getCustomizeDistribution() == null,
                    "customizeBucket and customizeDistribution must be given together with site, got one alone");
            return;
        }
        check.that(
                !props.getOrigins().containsKey("/api/*"),
                "origin must leave /api/* to the web app's own API, got it; give the other one another path");
        for (String key : props.getGivenRoutes()) {
            String path = key.substring(key.indexOf(' ') + 1);
            check.that(
                    path.equals("/api") || path.startsWith("/api/"),
                    "route must lie under /api/ beside a site, got \"%s\"; write %s /api%s, which is the path that the function sees"
                            .formatted(key, key.substring(0, key.indexOf(' ')), path));
        }
    }

    private void authorization(String prop, Authorization authorization) {
        boolean isRest = props.getFront() instanceof ApiFront.Rest;
        boolean hasTokens = authorization.getKind() == Authorization.Kind.COGNITO
                || authorization.getKind() == Authorization.Kind.JWT;
        check.that(
                hasTokens || authorization.getScopes().isEmpty(),
                prop + ".scopes must be for cognito or jwt, whose tokens have scopes, got them for "
                        + nameOf(authorization) + "; drop them");
        boolean isAsked = authorization.getKind() == Authorization.Kind.LAMBDA;
        check.that(
                isAsked
                        || (authorization.getCache() == null
                                && authorization.getHeader().equals(Authorization.DEFAULT_HEADER)),
                prop + " must be lambda for header and cache, got " + nameOf(authorization) + "; drop them");
        check.between(prop + ".cache", authorization.getCache(), 0, LONGEST_CACHE_SECONDS, "");
        check.that(
                HEADER.matcher(authorization.getHeader()).matches(),
                prop + ".header must be the name of a header such as X-Api-Token, got \"" + authorization.getHeader()
                        + "\"");
        check.that(
                authorization.getKind() != Authorization.Kind.IAM || props.getSite() == null,
                prop
                        + " must not be iam beside a site, got both; CloudFront does not sign what browsers send, use cognito,"
                        + " jwt or lambda");
        switch (authorization.getKind()) {
            case COGNITO -> cognito(prop, authorization, isRest);
            case JWT -> jwt(prop, authorization, isRest);
            case LAMBDA, IAM, NONE -> {}
        }
    }

    private void cognito(String prop, Authorization authorization, boolean isRest) {
        int clients = authorization.getUserPoolClients().size();
        check.that(
                isRest || clients > 0,
                prop + " must name the clients of the user pool whose tokens count behind an HTTP API, got none; write"
                        + " Authorization.cognito(pool, client)");
        check.that(
                !isRest || clients == 0,
                prop
                        + " must be without clients behind a REST API, which takes the tokens of all clients of the user pool, got "
                        + clients + "; drop them, or use ApiFront.http()");
    }

    private void jwt(String prop, Authorization authorization, boolean isRest) {
        check.that(
                !isRest,
                prop
                        + " must be cognito, lambda, iam or none behind a REST API, which checks no JSON web tokens of others, got"
                        + " jwt; use Authorization.cognito or Authorization.lambda, or ApiFront.http()");
        String issuer = authorization.getIssuer();
        check.that(
                Tokens.isUnresolved(issuer) || issuer.startsWith("https://"),
                prop + " must have an issuer that begins with https://, got \"" + issuer + "\"");
        check.that(
                !authorization.getAudience().isEmpty(),
                prop + " must name an audience, got none; any token of that issuer would pass");
    }

    private static String nameOf(Authorization authorization) {
        return authorization.getKind().name().toLowerCase(Locale.ROOT);
    }

    private void rest(ApiFront.Rest front) {
        restPaths();
        front.getRequestSchemas()
                .keySet()
                .forEach(key -> check.that(
                        props.getRoutes().containsKey(key),
                        "front.requestSchema must be for a route of the web app, got \"%s\"; the routes are %s"
                                .formatted(
                                        key, String.join(", ", props.getRoutes().keySet()))));
        Set<String> keys = new HashSet<>();
        front.getUsagePlans().forEach((name, plan) -> {
            check.that(
                    !plan.keys().isEmpty(),
                    "front.usagePlan must have a key, got none for " + name + "; name one for each who calls");
            plan.keys()
                    .forEach(key -> check.that(
                            keys.add(key),
                            "front.usagePlan must have keys of its own, got " + key
                                    + " twice; a key is in one plan alone"));
        });
        webAcl(front.getWebAcl());
        Duration timeout = front.getIntegrationTimeout();
        if (timeout != null) {
            check.that(
                    !timeout.isUnresolved(),
                    "front.integrationTimeout must be known at synth, got a token; timeouts are compared with it");
            double millis = RestFront.timeoutMillis(front);
            check.that(
                    millis >= SHORTEST_TIMEOUT_MILLIS && millis <= LONGEST_TIMEOUT_MILLIS,
                    "front.integrationTimeout must be 50 milliseconds to 5 minutes, got " + timeout.toHumanString());
        }
    }

    private void webAcl(@Nullable String arn) {
        if (arn == null || Tokens.isUnresolved(arn)) {
            return;
        }
        String region = Stack.of(scope).getRegion();
        Matcher matcher = WEB_ACL.matcher(arn);
        check.that(
                matcher.matches() && (Tokens.isUnresolved(region) || region.equals(matcher.group(1))),
                "front.webAcl must be the ARN of a web ACL of AWS WAF v2 of scope REGIONAL in the region of the API, got "
                        + arn);
    }

    private void restPaths() {
        Map<String, String> variables = new HashMap<>();
        Set<String> paths = new LinkedHashSet<>();
        props.getGivenRoutes().forEach(key -> paths.add(key.substring(key.indexOf(' ') + 1)));
        if (props.getFunction() != null || props.describesFunction()) {
            Route.catchingAll(props).forEach(key -> paths.add(key.substring(key.indexOf(' ') + 1)));
        }
        for (String path : paths) {
            check.that(
                    REST_PATH.matcher(path).matches(),
                    "route must have segments of letters, digits and ._:- behind a REST API, got \"" + path + "\"");
            String parent = "";
            for (String segment : path.substring(1).split("/", -1)) {
                String other = segment.startsWith("{") ? variables.putIfAbsent(parent, segment) : null;
                check.that(
                        other == null || other.equals(segment),
                        "route must name what varies below %s/ alike behind a REST API, got %s and %s; name both %s, or use ApiFront.http()"
                                .formatted(parent, other, segment, other));
                parent += "/" + segment;
            }
        }
    }

    /** Checks what is known when the functions are there. */
    void routes(List<Route> routes) {
        routes.stream().map(Route::function).distinct().forEach(this::timeout);
        long count = props.getFront() instanceof ApiFront.Rest
                ? routes.stream().map(Route::path).distinct().count()
                : routes.size();
        if (count > MOST_ROUTES) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:routes",
                            "The API has %d routes, and AWS's quota is %d an API unless it was raised; ask for more in Service Quotas, or let one function answer what is below a path by {proxy+}"
                                    .formatted(count, MOST_ROUTES));
        }
        if (props.getFront() instanceof ApiFront.Rest rest) {
            warnOfAccount(rest);
        }
        List<String> open =
                routes.stream().filter(Route::isPublic).map(Route::key).toList();
        if (!open.isEmpty()) {
            Annotations.of(scope).addInfoV2("ashlar:publicRoutes", "Anyone may call " + String.join(", ", open));
        }
    }

    /** For messages whose parts take round trips to Node. */
    private void require(boolean holds, Supplier<String> text) {
        if (!holds) {
            throw check.failure(text.get());
        }
    }

    private void timeout(WarmFunction behind) {
        Duration timeout = behind.getTimeout();
        Number known = Known.millisOf(timeout);
        if (timeout == null || known == null) {
            return;
        }
        double millis = known.doubleValue();
        if (props.getFront() instanceof ApiFront.Rest rest) {
            double longest = RestFront.timeoutMillis(rest);
            require(
                    millis <= longest,
                    () ->
                            "timeout must be at most %s seconds behind this REST API, got %s of %s; set front.integrationTimeout, or answer at once and do the work in a function that is invoked asynchronously"
                                    .formatted(
                                            BigDecimal.valueOf(longest / 1000)
                                                    .stripTrailingZeros()
                                                    .toPlainString(),
                                            timeout.toHumanString(),
                                            behind.getNode().getPath()));
        } else {
            require(
                    millis <= LONGEST_HTTP_ANSWER_SECONDS * 1000.0,
                    () ->
                            "timeout must be at most %d seconds behind an HTTP API, got %s of %s; answer at once and do the work in a function that is invoked asynchronously"
                                    .formatted(
                                            LONGEST_HTTP_ANSWER_SECONDS,
                                            timeout.toHumanString(),
                                            behind.getNode().getPath()));
        }
    }

    private void warnOfAccount(ApiFront.Rest front) {
        if (RestFront.timeoutMillis(front) > RestFront.DEFAULT_TIMEOUT_MILLIS) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:integrationTimeout",
                            "front.integrationTimeout is above 29 seconds, which takes a raised quota of the account in this region: aws service-quotas request-service-quota-increase --service-code apigateway --quota-code L-E5AE38E3 --desired-value "
                                    + (int) RestFront.timeoutMillis(front));
        }
        boolean isLogged = front.hasLogs() || front.getExecutionLog() != MethodLoggingLevel.OFF;
        if (isLogged) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:restLogs",
                            "REST APIs write logs by a role of the account; where the region has none yet, set it once: aws apigateway update-account --patch-operations op=replace,path=/cloudwatchRoleArn,value=ROLE_ARN, with a role that apigateway.amazonaws.com assumes and that has AmazonAPIGatewayPushToCloudWatchLogs; or write front(ApiFront.rest().withoutLogs())");
        }
    }
}
