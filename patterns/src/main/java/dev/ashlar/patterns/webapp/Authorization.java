package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Check;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cognito.IUserPool;
import software.amazon.awscdk.services.cognito.IUserPoolClient;

/**
 * Who may call an API, or one route of it. API Gateway decides before a function runs; a browser's preflight requests always
 * pass.
 *
 * <pre>{@code
 * ServerlessWebApp.Builder.create(this, "Web")
 *         .authorization(Authorization.cognito(pool, client))
 *         .route("GET /notes", notes, Authorization.none())
 *         .route("DELETE /notes/{id}", notes, Authorization.cognito(pool, client).scopes("notes/delete"))
 * }</pre>
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html">Control and
 *     manage access to HTTP APIs</a>
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html">Control
 *     and manage access to REST APIs</a>
 */
public final class Authorization {
    /** For how long API Gateway remembers what a function said, unless told: {@value} seconds. */
    public static final int DEFAULT_CACHE_SECONDS = 300;

    /** The header that a function is asked about, unless told: {@value}. */
    public static final String DEFAULT_HEADER = "Authorization";

    private final Kind kind;
    private @Nullable IUserPool userPool;
    private List<IUserPoolClient> userPoolClients = List.of();
    private String issuer = "";
    private List<String> audience = List.of();
    private @Nullable WarmFunction function;
    private String header = DEFAULT_HEADER;
    private @Nullable Duration cache;
    private List<String> scopes = List.of();

    /** Who says yes or no. */
    public enum Kind {
        /** A user pool of Amazon Cognito. */
        COGNITO,
        /** Whoever signed a token, by OpenID Connect. */
        JWT,
        /** A function. */
        LAMBDA,
        /** AWS, by policies: requests are signed. */
        IAM,
        /** Nobody: all may call. */
        NONE
    }

    private Authorization(Kind kind) {
        this.kind = kind;
    }

    /**
     * Users who are signed in to a user pool. An HTTP API takes the tokens of the given clients alone; a REST API takes those
     * of all clients of the pool, so none may be given.
     *
     * <p>Without {@link #scopes} both kinds of token pass at an HTTP API, and ID tokens alone at a REST API; with scopes access
     * tokens alone.
     *
     * @param userPool the user pool
     * @param clients its clients whose tokens count; for an HTTP API at least one
     * @return the authorization
     */
    public static Authorization cognito(IUserPool userPool, IUserPoolClient... clients) {
        Authorization authorization = new Authorization(Kind.COGNITO);
        authorization.userPool = requireNonNull(userPool, "userPool");
        authorization.userPoolClients = Check.elements("clients", clients);
        return authorization;
    }

    /**
     * Whoever has a JSON web token of an issuer, which API Gateway checks by the issuer's OpenID Connect metadata. For HTTP APIs
     * alone.
     *
     * @param issuer the issuer as it stands in the claim {@code iss}, an address with {@code https://}
     * @param audience what the claim {@code aud} or {@code client_id} may say, at least one
     * @return the authorization
     */
    public static Authorization jwt(String issuer, String... audience) {
        Authorization authorization = new Authorization(Kind.JWT);
        authorization.issuer = requireNonNull(issuer, "issuer");
        authorization.audience = Check.elements("audience", audience);
        return authorization;
    }

    /**
     * Whoever a function lets in. It is asked about the header {@value #DEFAULT_HEADER}, without which a request is answered
     * 401, and what it says is remembered for {@value #DEFAULT_CACHE_SECONDS} seconds, for that header and that route alone.
     *
     * <p>For an HTTP API it answers {@code {"isAuthorized": true, "context": {...}}} to an event of format 2.0, for a REST API
     * a policy to an event of type {@code REQUEST}.
     *
     * @param function the function, which is invoked by its alias
     * @return the authorization
     */
    public static Authorization lambda(WarmFunction function) {
        Authorization authorization = new Authorization(Kind.LAMBDA);
        authorization.function = requireNonNull(function, "function");
        return authorization;
    }

    /**
     * Whom AWS's policies permit {@code execute-api:Invoke}, by requests that are signed: other services, and people with
     * credentials of AWS. {@link ServerlessWebApp#grantInvoke} permits it.
     *
     * @return the authorization
     */
    public static Authorization iam() {
        return new Authorization(Kind.IAM);
    }

    /**
     * All the world.
     *
     * @return the authorization
     */
    public static Authorization none() {
        return new Authorization(Kind.NONE);
    }

    /**
     * Sets which scopes a token must have, at least one of them. For {@link #cognito} and {@link #jwt}.
     *
     * <p>Default: any token of the issuer passes.
     *
     * @param scopes scopes such as {@code notes/delete}
     * @return the authorization with them
     */
    public Authorization scopes(String... scopes) {
        List<String> all = Check.elements("scopes", scopes);
        return with(authorization -> authorization.scopes = all);
    }

    /**
     * Sets the header that a function is asked about. For {@link #lambda}.
     *
     * <p>Default: {@value #DEFAULT_HEADER}.
     *
     * @param header the name of a header, such as {@code X-Api-Token}
     * @return the authorization with it
     */
    public Authorization header(String header) {
        requireNonNull(header, "header");
        return with(authorization -> authorization.header = header);
    }

    /**
     * Sets for how long API Gateway remembers what a function said. For {@link #lambda}.
     *
     * <p>Default: {@value #DEFAULT_CACHE_SECONDS} seconds.
     *
     * @param cache 0 to 3600 seconds; 0 asks each time
     * @return the authorization with it
     * @see <a
     *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html">Control access
     *     to HTTP APIs with AWS Lambda authorizers</a>
     */
    public Authorization cache(@Nullable Duration cache) {
        return with(authorization -> authorization.cache = cache);
    }

    /** {@return who says yes or no} */
    public Kind getKind() {
        return kind;
    }

    /** {@return the user pool; null for other kinds} */
    public @Nullable IUserPool getUserPool() {
        return userPool;
    }

    /** {@return the clients of the user pool whose tokens count} */
    public List<IUserPoolClient> getUserPoolClients() {
        return userPoolClients;
    }

    /** {@return who signed tokens; empty for other kinds} */
    public String getIssuer() {
        return issuer;
    }

    /** {@return for whom tokens were signed} */
    public List<String> getAudience() {
        return audience;
    }

    /** {@return the function that is asked; null for other kinds} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the header that a function is asked about} */
    public String getHeader() {
        return header;
    }

    /** {@return for how long the function's answer is remembered} */
    public @Nullable Duration getCache() {
        return cache;
    }

    /** {@return the scopes of which a token must have one} */
    public List<String> getScopes() {
        return scopes;
    }

    /** Whether one authorizer of API Gateway serves both: they may differ in scopes. */
    boolean sharesAuthorizer(Authorization other) {
        return kind == other.kind
                && Objects.equals(userPool, other.userPool)
                && userPoolClients.equals(other.userPoolClients)
                && issuer.equals(other.issuer)
                && audience.equals(other.audience)
                && Objects.equals(function, other.function)
                && header.equals(other.header)
                && Objects.equals(cache, other.cache);
    }

    /** Changes a copy, which nobody else knows yet. */
    private Authorization with(Consumer<Authorization> change) {
        Authorization copy = new Authorization(kind);
        copy.userPool = userPool;
        copy.userPoolClients = userPoolClients;
        copy.issuer = issuer;
        copy.audience = audience;
        copy.function = function;
        copy.header = header;
        copy.cache = cache;
        copy.scopes = scopes;
        change.accept(copy);
        return copy;
    }
}
