package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.MethodLoggingLevel;
import software.amazon.awscdk.services.apigateway.QuotaSettings;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigateway.ThrottleSettings;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;

/**
 * Which of API Gateway's APIs stands before the functions of a web app. An HTTP API is faster, costs less than a third and
 * needs no settings of the account; a REST API has API keys, request validation, AWS WAF, compression and X-Ray. What only one
 * of them has can only be said to that one.
 *
 * <pre>{@code
 * ServerlessWebApp.Builder.create(this, "Partners")
 *         .front(ApiFront.rest().usagePlan("basic", null, null, "alice", "bob"))
 * }</pre>
 *
 * <p>Functions get another event from either: format 2.0 from an HTTP API, format 1.0 from a REST API.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html">Choose between REST APIs
 *     and HTTP APIs</a>
 */
public abstract sealed class ApiFront {
    private ApiFront() {}

    /**
     * An HTTP API.
     *
     * @return the front
     */
    public static Http http() {
        return new Http(null);
    }

    /**
     * A regional REST API, which is described by one OpenAPI document, so that it takes few resources however many routes it
     * has.
     *
     * @return the front, without API keys and validation
     */
    public static Rest rest() {
        return new Rest();
    }

    /** An HTTP API. */
    public static final class Http extends ApiFront {
        private final @Nullable Consumer<HttpApi.Builder> customizeApi;

        private Http(@Nullable Consumer<HttpApi.Builder> customizeApi) {
            this.customizeApi = customizeApi;
        }

        /**
         * Sets the last word on the API: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeApi changes CDK's builder
         * @return the front with it
         */
        public Http customizeApi(@Nullable Consumer<HttpApi.Builder> customizeApi) {
            return new Http(customizeApi);
        }

        /** {@return the last word on the API} */
        public @Nullable Consumer<HttpApi.Builder> getCustomizeApi() {
            return customizeApi;
        }
    }

    /** A REST API. */
    public static final class Rest extends ApiFront {
        private Map<String, Plan> usagePlans = Map.of();
        private Map<String, Map<String, Object>> requestSchemas = Map.of();
        private @Nullable String webAclArn;
        private @Nullable Duration integrationTimeout;
        private boolean logs = true;
        private MethodLoggingLevel executionLog = MethodLoggingLevel.OFF;
        private @Nullable Consumer<SpecRestApi.Builder> customizeApi;

        private Rest() {}

        /**
         * A usage plan.
         *
         * @param throttle how many requests a second its keys have
         * @param quota how many requests a day, week or month
         * @param keys the names of its keys
         */
        public record Plan(
                @Nullable ThrottleSettings throttle,
                @Nullable QuotaSettings quota,
                List<String> keys) {}

        /**
         * Adds a usage plan with API keys, whose values API Gateway makes. As soon as there is one, each route asks for a key
         * in the header {@code x-api-key}. A key tells callers apart and counts what they use; it is no proof of who they are.
         *
         * <p>Default: no keys.
         *
         * @param name the plan's name in the app, such as {@code basic}
         * @param throttle requests a second and at once, for each key; null for no limit of its own
         * @param quota requests a day, week or month, for each key; null for no limit
         * @param keys the names of its keys in the app, at least one; each is in one plan alone
         * @return the front with that plan too
         * @see <a
         *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html">Usage
         *     plans and API keys for REST APIs</a>
         */
        public Rest usagePlan(
                String name, @Nullable ThrottleSettings throttle, @Nullable QuotaSettings quota, String... keys) {
            Map<String, Plan> all = new LinkedHashMap<>(usagePlans);
            all.put(requireNonNull(name, "name"), new Plan(throttle, quota, Check.elements("keys", keys)));
            return with(front -> front.usagePlans = Collections.unmodifiableMap(all));
        }

        /**
         * Sets what the body of a route's requests must look like. What does not is answered 400 before a function runs.
         *
         * <p>Default: bodies are not looked at.
         *
         * @param key the route, as it was given to the web app, such as {@code POST /notes}
         * @param schema a JSON schema of draft 4, such as {@code Map.of("type", "object", "required", List.of("text"))}
         * @return the front with that schema too
         * @see <a
         *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html">Request
         *     validation for REST APIs</a>
         */
        public Rest requestSchema(String key, Map<String, Object> schema) {
            Map<String, Map<String, Object>> all = new LinkedHashMap<>(requestSchemas);
            requireNonNull(schema, "schema").values().forEach(value -> requireNonNull(value, "schema"));
            all.put(requireNonNull(key, "key"), Map.copyOf(schema));
            return with(front -> front.requestSchemas = Collections.unmodifiableMap(all));
        }

        /**
         * Sets the web ACL of AWS WAF that looks at requests. It costs by the month, the rule and the request.
         *
         * <p>Default: no web ACL.
         *
         * @param webAclArn the ARN of a web ACL of AWS WAF v2, of scope {@code REGIONAL}, in the API's region
         * @return the front with it
         */
        public Rest webAcl(@Nullable String webAclArn) {
            return with(front -> front.webAclArn = webAclArn);
        }

        /**
         * Sets how long API Gateway waits for a function. More than 29 seconds takes a raised quota of the account, for which a
         * warning tells where to ask.
         *
         * <p>Default: 29 seconds.
         *
         * @param integrationTimeout 50 milliseconds to 5 minutes
         * @return the front with it
         * @see <a
         *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
         *     for configuring and running a REST API</a>
         */
        public Rest integrationTimeout(@Nullable Duration integrationTimeout) {
            return with(front -> front.integrationTimeout = integrationTimeout);
        }

        /**
         * Writes no access log. API Gateway writes one only where the account has a role for it in the region, which no stack
         * of an app should own; a warning tells how to set it once.
         *
         * <p>Default: a line of JSON for each request, in a log group of its own.
         *
         * @return the front without access log
         */
        public Rest withoutLogs() {
            return with(front -> front.logs = false);
        }

        /**
         * Writes what API Gateway does with each request, without bodies, into a log group of its own. It takes the same role
         * of the account as the access log, and is meant for looking for errors.
         *
         * <p>Default: {@code OFF}.
         *
         * @param level {@code ERROR} or {@code INFO}
         * @return the front with it
         */
        public Rest executionLog(@Nullable MethodLoggingLevel level) {
            return with(front -> front.executionLog = level == null ? MethodLoggingLevel.OFF : level);
        }

        /**
         * Sets the last word on the API: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeApi changes CDK's builder
         * @return the front with it
         */
        public Rest customizeApi(@Nullable Consumer<SpecRestApi.Builder> customizeApi) {
            return with(front -> front.customizeApi = customizeApi);
        }

        /** {@return the usage plans, by name} */
        public Map<String, Plan> getUsagePlans() {
            return usagePlans;
        }

        /** {@return what bodies must look like, by route} */
        public Map<String, Map<String, Object>> getRequestSchemas() {
            return requestSchemas;
        }

        /** {@return the ARN of the web ACL} */
        public @Nullable String getWebAcl() {
            return webAclArn;
        }

        /** {@return how long API Gateway waits for a function} */
        public @Nullable Duration getIntegrationTimeout() {
            return integrationTimeout;
        }

        /** {@return whether there is an access log} */
        public boolean hasLogs() {
            return logs;
        }

        /** {@return what API Gateway writes about its own work} */
        public MethodLoggingLevel getExecutionLog() {
            return executionLog;
        }

        /** {@return the last word on the API} */
        public @Nullable Consumer<SpecRestApi.Builder> getCustomizeApi() {
            return customizeApi;
        }

        /** Changes a copy, which nobody else knows yet. */
        private Rest with(Consumer<Rest> change) {
            Rest copy = new Rest();
            copy.usagePlans = usagePlans;
            copy.requestSchemas = requestSchemas;
            copy.webAclArn = webAclArn;
            copy.integrationTimeout = integrationTimeout;
            copy.logs = logs;
            copy.executionLog = executionLog;
            copy.customizeApi = customizeApi;
            change.accept(copy);
            return copy;
        }
    }
}
