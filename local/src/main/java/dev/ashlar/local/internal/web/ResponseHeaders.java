package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A response headers policy.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html">Understand
 *     response headers policies</a>
 */
final class ResponseHeaders {
    private final JsonNode policy;

    ResponseHeaders(JsonNode policy) {
        this.policy = policy;
    }

    void apply(Request request, Fields headers) {
        policy.path("RemoveHeadersConfig")
                .path("Items")
                .forEach(item -> headers.remove(item.path("Header").asText()));
        cors(request, headers);
        security(headers);
        policy.path("CustomHeadersConfig")
                .path("Items")
                .forEach(item -> set(
                        headers,
                        item.path("Header").asText(),
                        item.path("Value").asText(),
                        item));
    }

    private void security(Fields headers) {
        JsonNode config = policy.path("SecurityHeadersConfig");
        JsonNode csp = config.path("ContentSecurityPolicy");
        set(
                headers,
                "Content-Security-Policy",
                csp.path("ContentSecurityPolicy").asText(),
                csp);
        set(headers, "X-Content-Type-Options", "nosniff", config.path("ContentTypeOptions"));
        JsonNode frame = config.path("FrameOptions");
        set(headers, "X-Frame-Options", frame.path("FrameOption").asText(), frame);
        JsonNode referrer = config.path("ReferrerPolicy");
        set(headers, "Referrer-Policy", referrer.path("ReferrerPolicy").asText(), referrer);
        JsonNode transport = config.path("StrictTransportSecurity");
        set(
                headers,
                "Strict-Transport-Security",
                "max-age=" + transport.path("AccessControlMaxAgeSec").asText()
                        + (transport.path("IncludeSubdomains").asBoolean() ? "; includeSubDomains" : "")
                        + (transport.path("Preload").asBoolean() ? "; preload" : ""),
                transport);
        JsonNode xss = config.path("XSSProtection");
        set(
                headers,
                "X-XSS-Protection",
                (xss.path("Protection").asBoolean() ? "1" : "0")
                        + (xss.path("ModeBlock").asBoolean() ? "; mode=block" : "")
                        + (xss.has("ReportUri")
                                ? "; report=" + xss.path("ReportUri").asText()
                                : ""),
                xss);
    }

    private static void set(Fields headers, String name, String value, JsonNode config) {
        if (!config.isMissingNode() && (config.path("Override").asBoolean() || !headers.has(name))) {
            headers.set(name, value);
        }
    }

    /** Where the origin speaks of CORS itself, either it or the policy has the say, never both. */
    private void cors(Request request, Fields headers) {
        JsonNode config = policy.path("CorsConfig");
        Optional<String> origin = request.headers().get("Origin");
        boolean isOriginFirst = !config.path("OriginOverride").asBoolean();
        if (config.isMissingNode()
                || origin.isEmpty()
                || (isOriginFirst && headers.has("Access-Control-Allow-Origin"))) {
            return;
        }
        headers.removeIf(name -> name.regionMatches(true, 0, "Access-Control-", 0, "Access-Control-".length()));
        List<String> allowed = items(config, "AccessControlAllowOrigins");
        if (allowed.contains("*")) {
            headers.set("Access-Control-Allow-Origin", "*");
        } else if (allowed.stream().anyMatch(pattern -> matches(pattern, origin.get()))) {
            headers.set("Access-Control-Allow-Origin", origin.get()).add("Vary", "Origin");
        } else {
            return;
        }
        if (config.path("AccessControlAllowCredentials").asBoolean()) {
            headers.set("Access-Control-Allow-Credentials", "true");
        }
        set(headers, "Access-Control-Expose-Headers", items(config, "AccessControlExposeHeaders"));
        if (request.method().equals("OPTIONS") && request.headers().has("Access-Control-Request-Method")) {
            set(headers, "Access-Control-Allow-Methods", items(config, "AccessControlAllowMethods"));
            set(headers, "Access-Control-Allow-Headers", items(config, "AccessControlAllowHeaders"));
            if (config.has("AccessControlMaxAgeSec")) {
                headers.set(
                        "Access-Control-Max-Age",
                        config.path("AccessControlMaxAgeSec").asText());
            }
        }
    }

    private static void set(Fields headers, String name, List<String> values) {
        if (!values.isEmpty()) {
            headers.set(name, String.join(", ", values));
        }
    }

    private static boolean matches(String pattern, String origin) {
        return new PathPattern(pattern).matches(origin);
    }

    private static List<String> items(JsonNode config, String property) {
        return config.path(property)
                .path("Items")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }
}
