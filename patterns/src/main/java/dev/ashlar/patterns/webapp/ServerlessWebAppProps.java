package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.FunctionOptions;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.CustomDomain;
import dev.ashlar.constructs.web.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/** The properties of a {@link ServerlessWebApp}. Null always means the default. */
public final class ServerlessWebAppProps extends FunctionOptions {
    private final @Nullable WarmFunction function;
    private final Map<String, WarmFunction> routes;
    private final Map<String, Authorization> routeAuthorizations;
    private final List<String> givenRoutes;
    private final ApiFront front;
    private final Authorization authorization;
    private final @Nullable Site site;
    private final Map<String, ApiOrigin> origins;
    private final @Nullable ISecret originSecret;
    private final @Nullable CustomDomain domain;
    private final List<String> corsOrigins;
    private final @Nullable ThrottleSettings throttle;
    private final @Nullable Consumer<Bucket.Builder> customizeBucket;
    private final @Nullable Consumer<Distribution.Builder> customizeDistribution;

    private ServerlessWebAppProps(Setters<?> from) {
        super(from);
        this.function = from.function;
        this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(from.routes));
        this.routeAuthorizations = Map.copyOf(from.routeAuthorizations);
        this.givenRoutes = List.copyOf(from.givenRoutes);
        this.front = from.front;
        this.authorization = from.authorization;
        this.site = from.site;
        this.origins = Collections.unmodifiableMap(new LinkedHashMap<>(from.origins));
        this.originSecret = from.originSecret;
        this.domain = from.domain;
        this.corsOrigins = from.corsOrigins;
        this.throttle = from.throttle;
        this.customizeBucket = from.customizeBucket;
        this.customizeDistribution = from.customizeDistribution;
        if (function == null && routes.isEmpty() && !describesFunction()) {
            throw new NullPointerException("code and handler, or function, or a route must be given");
        }
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the function that answers whatever no route answers} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the functions behind routes of their own, by route key} */
    public Map<String, WarmFunction> getRoutes() {
        return routes;
    }

    /** {@return who may call routes that have an authorization of their own, by route key} */
    public Map<String, Authorization> getRouteAuthorizations() {
        return routeAuthorizations;
    }

    /** The keys of all routes as often as they were given. */
    List<String> getGivenRoutes() {
        return givenRoutes;
    }

    /** {@return which of API Gateway's APIs there is} */
    public ApiFront getFront() {
        return front;
    }

    /** {@return who may call the API} */
    public Authorization getAuthorization() {
        return authorization;
    }

    /** {@return the site in front of the API} */
    public @Nullable Site getSite() {
        return site;
    }

    /** {@return other APIs under the site's host name, by path pattern} */
    public Map<String, ApiOrigin> getOrigins() {
        return origins;
    }

    /** {@return what CloudFront sends to the API, so that it can tell} */
    public @Nullable ISecret getOriginSecret() {
        return originSecret;
    }

    /** {@return the host names of the site, or of the API} */
    public @Nullable CustomDomain getDomain() {
        return domain;
    }

    /** {@return the origins whose pages may call the API} */
    public List<String> getCorsOrigins() {
        return corsOrigins;
    }

    /** {@return how many requests the API lets through} */
    public @Nullable ThrottleSettings getThrottle() {
        return throttle;
    }

    /** {@return the last word on the site's bucket} */
    public @Nullable Consumer<Bucket.Builder> getCustomizeBucket() {
        return customizeBucket;
    }

    /** {@return the last word on the site's distribution} */
    public @Nullable Consumer<Distribution.Builder> getCustomizeDistribution() {
        return customizeDistribution;
    }

    /** Builds {@link ServerlessWebAppProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<ServerlessWebAppProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the properties.
         *
         * @return the properties
         * @throws NullPointerException if there is nothing to run
         */
        @Override
        public ServerlessWebAppProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> extends FunctionOptions.Setters<B> {
        private @Nullable WarmFunction function;
        private final Map<String, WarmFunction> routes = new LinkedHashMap<>();
        private final Map<String, Authorization> routeAuthorizations = new LinkedHashMap<>();
        private final List<String> givenRoutes = new ArrayList<>();
        private ApiFront front = ApiFront.http();
        private Authorization authorization = Authorization.none();
        private @Nullable Site site;
        private final Map<String, ApiOrigin> origins = new LinkedHashMap<>();
        private @Nullable ISecret originSecret;
        private @Nullable CustomDomain domain;
        private List<String> corsOrigins = List.of();
        private @Nullable ThrottleSettings throttle;
        private @Nullable Consumer<Bucket.Builder> customizeBucket;
        private @Nullable Consumer<Distribution.Builder> customizeDistribution;

        /**
         * Sets the function that answers whatever no route answers, instead of one that is made of {@code code},
         * {@code handler} and the other options of a function.
         *
         * @param function a function that exists already
         * @return this builder
         */
        public B function(@Nullable WarmFunction function) {
            this.function = function;
            return self();
        }

        /**
         * Adds a route to a function of its own. The most specific route wins, whatever the order.
         *
         * <p>Default: one function answers all routes.
         *
         * @param key a method, or {@code ANY}, and a path: {@code GET /notes/{id}}; {@code {rest+}} at the end takes all
         *     that is below
         * @param function the function that answers
         * @return this builder
         * @see <a
         *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">Create
         *     routes for HTTP APIs</a>
         */
        public B route(String key, WarmFunction function) {
            this.givenRoutes.add(requireNonNull(key, "key"));
            this.routes.put(key, requireNonNull(function, "function"));
            return self();
        }

        /**
         * Adds a route to a function of its own, and says who may call it.
         *
         * @param key as for {@link #route(String, WarmFunction)}
         * @param function the function that answers
         * @param authorization who may call it, whoever may call the rest of the API
         * @return this builder
         */
        public B route(String key, WarmFunction function, Authorization authorization) {
            this.routeAuthorizations.put(requireNonNull(key, "key"), requireNonNull(authorization, "authorization"));
            return route(key, function);
        }

        /**
         * Sets which of API Gateway's APIs stands before the functions.
         *
         * <p>Default: {@link ApiFront#http}.
         *
         * @param front an HTTP or a REST API, with what that one has
         * @return this builder
         */
        public B front(@Nullable ApiFront front) {
            this.front = front == null ? ApiFront.http() : front;
            return self();
        }

        /**
         * Sets who may call the API, except for routes that say it themselves.
         *
         * <p>Default: {@link Authorization#none}, all the world. The synth output lists what is public.
         *
         * @param authorization who may call it
         * @return this builder
         */
        public B authorization(@Nullable Authorization authorization) {
            this.authorization = authorization == null ? Authorization.none() : authorization;
            return self();
        }

        /**
         * Puts a site in front of the API, under one host name: {@code /api/*} goes to the API, all else to the site. All
         * routes lie under {@code /api/} as they are written, and the functions see the path that the browser asked for.
         *
         * <p>API Gateway's own address stays on, because CloudFront reaches the API there.
         *
         * <p>Default: the API alone.
         *
         * @param site its files, and how they are handed out
         * @return this builder
         */
        public B site(@Nullable Site site) {
            this.site = site;
            return self();
        }

        /**
         * Adds an API that already runs under the site's host name.
         *
         * @param path which requests it gets, such as {@code /legacy/*}; not {@code /api/*}
         * @param origin the API
         * @return this builder
         */
        public B origin(String path, ApiOrigin origin) {
            this.origins.put(requireNonNull(path, "path"), requireNonNull(origin, "origin"));
            return self();
        }

        /**
         * Sets what CloudFront sends to the API in the header {@code X-Origin-Secret}, so that an authoriser function or a
         * web ACL of a REST API can refuse what did not come through the site. Nothing checks it by itself.
         *
         * <p>Default: no such header.
         *
         * @param originSecret a secret of one string, of at least 20 characters; CloudFormation reads it at deployment, and
         *     whoever may read the distribution's configuration can read it
         * @return this builder
         */
        public B originSecret(@Nullable ISecret originSecret) {
            this.originSecret = originSecret;
            return self();
        }

        /**
         * Sets host names of one's own: of the site if there is one, else of the API, whose own address is then switched off.
         *
         * <p>Default: the name that AWS gives.
         *
         * @param domain the names
         * @return this builder
         */
        public B domain(@Nullable CustomDomain domain) {
            this.domain = domain;
            return self();
        }

        /**
         * Sets which origins' pages may call the API from a browser. Preflight requests are answered by API Gateway
         * itself, without authorisation and without a function; allowed are all methods and the headers
         * {@code authorization} and {@code content-type}; browsers keep the answer for an hour.
         *
         * <p>Default: pages of the API's own origin alone, as browsers have it.
         *
         * @param corsOrigins origins such as {@code https://www.example.com}, without a path, or {@code *} alone
         * @return this builder
         */
        public B corsOrigins(String... corsOrigins) {
            this.corsOrigins = Check.elements("corsOrigins", corsOrigins);
            return self();
        }

        /**
         * Sets how many requests the API lets through; the others are answered with 429.
         *
         * <p>Default: what the account allows in the region, shared with its other APIs.
         *
         * @param rate requests a second, on average; above 0
         * @param burst requests at once; a whole number from 1
         * @return this builder
         * @see <a
         *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html">Throttle
         *     requests to your HTTP APIs</a>
         */
        public B throttle(Number rate, Number burst) {
            this.throttle = ThrottleSettings.builder()
                    .rateLimit(requireNonNull(rate, "rate"))
                    .burstLimit(requireNonNull(burst, "burst"))
                    .build();
            return self();
        }

        /**
         * Sets the last word on the site's bucket.
         *
         * @param customizeBucket changes CDK's builder
         * @return this builder
         */
        public B customizeBucket(@Nullable Consumer<Bucket.Builder> customizeBucket) {
            this.customizeBucket = customizeBucket;
            return self();
        }

        /**
         * Sets the last word on the site's distribution.
         *
         * @param customizeDistribution changes CDK's builder
         * @return this builder
         */
        public B customizeDistribution(@Nullable Consumer<Distribution.Builder> customizeDistribution) {
            this.customizeDistribution = customizeDistribution;
            return self();
        }

        final ServerlessWebAppProps toProps() {
            return new ServerlessWebAppProps(this);
        }
    }
}
