package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.util.List;
import java.util.Map;

/**
 * Stands for a check of tokens: nobody can sign in here, so either no token is good, or every one is and says the same.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">JWT authorizers</a>
 */
final class JwtAuthorization implements Authorization {
    private final IdentitySources source;
    private final List<String> scopes;
    private final Map<String, String> claims;

    /**
     * Creates the stand-in.
     *
     * @param source where the token is
     * @param scopes of which the caller must have one, if there are any
     * @param claims what every token says; empty if no token is good
     */
    JwtAuthorization(IdentitySources source, List<String> scopes, Map<String, String> claims) {
        this.source = source;
        this.scopes = scopes;
        this.claims = claims;
    }

    @Override
    public Decision decide(Call call) {
        if (source.read(call).isEmpty()) {
            return unauthorized("Bearer");
        }
        if (claims.isEmpty()) {
            return unauthorized("Bearer error=\"invalid_token\"");
        }
        List<String> granted = List.of(claims.getOrDefault("scope", "").split(" "));
        if (!scopes.isEmpty() && scopes.stream().noneMatch(granted::contains)) {
            return Decision.refuse(403, "Forbidden");
        }
        return Decision.allow(context());
    }

    private static Decision unauthorized(String challenge) {
        Response response = Response.message(401, "Unauthorized");
        response.headers().set("WWW-Authenticate", challenge);
        return Decision.refuse(response);
    }

    private JsonNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode jwt = context.putObject("jwt");
        ObjectNode all = jwt.putObject("claims");
        claims.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(claim -> all.put(claim.getKey(), claim.getValue()));
        if (scopes.isEmpty()) {
            jwt.putNull("scopes");
        } else {
            scopes.forEach(jwt.putArray("scopes")::add);
        }
        return context;
    }
}
