package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The policies of CloudFront: those of the templates, and those that AWS manages.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html">Managed
 *     cache policies</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html">Managed
 *     origin request policies</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html">Managed
 *     response headers policies</a>
 */
final class Policies {
    private static final JsonNode MANAGED = load();

    private final List<Template> templates;

    Policies(List<Template> templates) {
        this.templates = templates;
    }

    /** {@return the parameters of a cache policy's key, or a missing node if nobody knows it} */
    JsonNode cache(String id) {
        return declared("CachePolicy", id)
                .map(config -> config.path("ParametersInCacheKeyAndForwardedToOrigin"))
                .orElseGet(() -> MANAGED.path("cache").path(id));
    }

    /** {@return an origin request policy, or a missing node if nobody knows it} */
    JsonNode originRequest(String id) {
        return declared("OriginRequestPolicy", id)
                .orElseGet(() -> MANAGED.path("originRequest").path(id));
    }

    /** {@return a response headers policy, or a missing node if nobody knows it} */
    JsonNode responseHeaders(String id) {
        return declared("ResponseHeadersPolicy", id).orElseGet(() -> managedResponseHeaders(id));
    }

    private Optional<JsonNode> declared(String type, String id) {
        return Declared.find(templates, "AWS::CloudFront::" + type).stream()
                .filter(policy -> policy.ref().equals(id))
                .map(policy -> policy.get(type + "Config"))
                .findFirst();
    }

    /** Their parts are written once. */
    private static JsonNode managedResponseHeaders(String id) {
        JsonNode policy = MANAGED.path("responseHeaders").path(id);
        if (policy.isMissingNode()) {
            return MissingNode.getInstance();
        }
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        policy.properties()
                .forEach(part ->
                        whole.set(part.getKey(), MANAGED.path(part.getValue().asText())));
        return whole;
    }

    private static JsonNode load() {
        try (InputStream in = Policies.class.getResourceAsStream("managed-policies.json")) {
            return Json.parse(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
