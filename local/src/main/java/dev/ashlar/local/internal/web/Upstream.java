package dev.ashlar.local.internal.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;

/** Passes requests on to servers that are not of this app. Redirects are theirs to follow who asked. */
final class Upstream {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> WRITTEN_BY_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    static {
        // A distribution may pass the viewer's host on. Who has set this otherwise has the last word.
        if (System.getProperty("jdk.httpclient.allowRestrictedHeaders") == null) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        }
    }

    private final HttpClient client;

    Upstream(Executor executor) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    /** {@return what a server answers to a request with the method, the headers and the body of another} */
    Response send(URI uri, Request request, Duration timeout) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, values) -> {
            if (!WRITTEN_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        String host = request.headers().get("Host").orElse(uri.getHost());
        if (!host.equals(uri.getHost())) {
            setHost(builder, host);
        }
        try {
            HttpResponse<byte[]> response = client.send(builder.build(), BodyHandlers.ofByteArray());
            return new Response(
                    response.statusCode(), new Fields(response.headers().map()), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void setHost(HttpRequest.Builder builder, String host) throws IOException {
        try {
            builder.header("Host", host);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the host " + host + " cannot be passed on by an HttpClient that was in use before; "
                            + "start Java with -Djdk.httpclient.allowRestrictedHeaders=host",
                    e);
        }
    }
}
