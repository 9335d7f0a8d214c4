package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** A server that is not of this app, behind a distribution: it really is asked. */
final class RemoteOrigin implements Handler {
    private static final int DEFAULT_TIMEOUT_SECONDS = 30;

    private final String root;
    private final Duration timeout;
    private final Upstream upstream;

    RemoteOrigin(String domainName, JsonNode config, Upstream upstream) {
        boolean isHttps =
                config.path("OriginProtocolPolicy").asText("https-only").equals("https-only");
        int port = isHttps
                ? config.path("HTTPSPort").asInt(443)
                : config.path("HTTPPort").asInt(80);
        this.root = (isHttps ? "https://" : "http://") + domainName + (port == (isHttps ? 443 : 80) ? "" : ":" + port);
        this.timeout = Duration.ofSeconds(config.path("OriginReadTimeout").asInt(DEFAULT_TIMEOUT_SECONDS));
        this.upstream = upstream;
    }

    String root() {
        return root;
    }

    @Override
    public Response handle(Request request) {
        URI uri;
        try {
            uri = URI.create(root + request.path() + (request.query() == null ? "" : "?" + request.query()));
        } catch (IllegalArgumentException e) {
            return Response.page(400, "Bad Request", "The address is none: " + e.getMessage());
        }
        try {
            return upstream.send(uri, request, timeout);
        } catch (HttpTimeoutException e) {
            return Response.page(504, "Gateway Timeout", root + " did not answer in time");
        } catch (IOException e) {
            return Response.page(502, "Bad Gateway", root + " cannot be reached from here: " + e);
        }
    }
}
