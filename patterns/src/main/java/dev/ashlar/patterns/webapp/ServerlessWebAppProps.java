package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.FunctionOptions;
import dev.ashlar.constructs.function.WarmFunction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;

/** The properties of a {@link ServerlessWebApp}. Null always means the default. */
public final class ServerlessWebAppProps extends FunctionOptions {
    private final @Nullable WarmFunction function;
    private final Map<String, WarmFunction> routes;
    private final List<String> corsOrigins;
    private final @Nullable ThrottleSettings throttle;
    private final @Nullable Consumer<HttpApi.Builder> customizeApi;

    private ServerlessWebAppProps(Setters<?> from) {
        super(from);
        this.function = from.function;
        this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(from.routes));
        this.corsOrigins = from.corsOrigins;
        this.throttle = from.throttle;
        this.customizeApi = from.customizeApi;
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

    /** {@return the origins whose pages may call the API} */
    public List<String> getCorsOrigins() {
        return corsOrigins;
    }

    /** {@return how many requests the API lets through} */
    public @Nullable ThrottleSettings getThrottle() {
        return throttle;
    }

    /** {@return the last word on the API} */
    public @Nullable Consumer<HttpApi.Builder> getCustomizeApi() {
        return customizeApi;
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
        private List<String> corsOrigins = List.of();
        private @Nullable ThrottleSettings throttle;
        private @Nullable Consumer<HttpApi.Builder> customizeApi;

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
            this.routes.put(requireNonNull(key, "key"), requireNonNull(function, "function"));
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
            this.corsOrigins = List.of(corsOrigins);
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
            this.throttle =
                    ThrottleSettings.builder().rateLimit(rate).burstLimit(burst).build();
            return self();
        }

        /**
         * Sets the last word on the API: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeApi changes CDK's builder
         * @return this builder
         */
        public B customizeApi(@Nullable Consumer<HttpApi.Builder> customizeApi) {
            this.customizeApi = customizeApi;
            return self();
        }

        final ServerlessWebAppProps toProps() {
            return new ServerlessWebAppProps(this);
        }
    }
}
