package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a function who may call a route. Answers are not kept, so it is asked each time.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">Lambda
 *     authorizers</a>
 */
final class LambdaAuthorization implements Authorization {
    private static final long TIMEOUT_MILLIS = 10_000;

    private final Declared authorizer;
    private final FunctionCaller functions;
    private final String arn;
    private final String format;
    private final IdentitySources source;

    LambdaAuthorization(Declared authorizer, FunctionCaller functions) {
        this.authorizer = authorizer;
        this.functions = functions;
        this.arn = FunctionCaller.arn(authorizer.textOr("AuthorizerUri", ""));
        this.format = authorizer.textOr("AuthorizerPayloadFormatVersion", "2.0");
        this.source = new IdentitySources(authorizer.get("IdentitySource"));
    }

    String arn() {
        return arn;
    }

    @Override
    public Decision decide(Call call) {
        Optional<List<String>> identity = source.read(call);
        if (identity.isEmpty()) {
            return Decision.refuse(401, "Unauthorized");
        }
        String routeArn = routeArn(call);
        try {
            byte[] answer =
                    functions.call(arn, HttpEvents.write(event(call, identity.get(), routeArn)), TIMEOUT_MILLIS);
            return decide(Json.parse(new String(answer, UTF_8)), call, routeArn);
        } catch (FunctionCaller.FailureException e) {
            return broken(call, e.getMessage());
        } catch (JsonProcessingException e) {
            return broken(call, "must return JSON, got " + e.getOriginalMessage());
        }
    }

    private Decision decide(JsonNode answer, Call call, String routeArn) {
        boolean isSimple = authorizer.get("EnableSimpleResponses").asBoolean();
        JsonNode verdict = isSimple ? answer.path("isAuthorized") : answer.path("policyDocument");
        if (isSimple ? !verdict.isBoolean() : !verdict.isObject()) {
            String wanted = isSimple ? "isAuthorized, true or false" : "a policyDocument";
            return broken(call, "must return " + wanted + ", got " + Json.write(answer));
        }
        if (isSimple ? !verdict.booleanValue() : !allows(verdict.path("Statement"), routeArn)) {
            return Decision.refuse(403, "Forbidden");
        }
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        JsonNode given = answer.path("context");
        if (format.equals("1.0")) {
            given.properties().forEach(entry -> context.set(entry.getKey(), entry.getValue()));
            context.set("principalId", answer.path("principalId"));
        } else {
            context.set("lambda", given.isObject() ? given : JsonNodeFactory.instance.nullNode());
        }
        return Decision.allow(context);
    }

    /** Only effect and resource count: nothing but this call is in question. */
    private static boolean allows(JsonNode statements, String routeArn) {
        List<JsonNode> matching = list(statements)
                .filter(statement -> list(statement.path("Resource"))
                        .anyMatch(resource -> new PathPattern(resource.asText()).matches(routeArn)))
                .toList();
        return matching.stream().anyMatch(statement -> effect(statement).equals("Allow"))
                && matching.stream().noneMatch(statement -> effect(statement).equals("Deny"));
    }

    private static String effect(JsonNode statement) {
        return statement.path("Effect").asText();
    }

    private static Stream<JsonNode> list(JsonNode value) {
        return value.isArray() ? value.valueStream() : Stream.of(value);
    }

    private ObjectNode event(Call call, List<String> identity, String routeArn) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", format).put("type", "REQUEST");
        if (format.equals("1.0")) {
            event.put("methodArn", routeArn)
                    .put("identitySource", String.join(",", identity))
                    .put("authorizationToken", String.join(",", identity));
        } else {
            event.put("routeArn", routeArn);
            identity.forEach(event.putArray("identitySource")::add);
        }
        ObjectNode rest = HttpEvents.withoutBody(call, format);
        rest.remove("version");
        event.setAll(rest);
        return event;
    }

    private String routeArn(Call call) {
        String stage = "/" + call.stage();
        String path = call.path().startsWith(stage + "/") ? call.path().substring(stage.length()) : call.path();
        return "arn:aws:execute-api:%s:%s:%s%s/%s%s"
                .formatted(
                        authorizer.region(),
                        call.accountId(),
                        call.apiId(),
                        stage,
                        call.request().method(),
                        path);
    }

    private Decision broken(Call call, @Nullable String why) {
        functions.tell(authorizer.path(), call, arn, why);
        return Decision.refuse(500, "Internal Server Error");
    }
}
