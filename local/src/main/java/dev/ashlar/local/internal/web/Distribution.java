package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.web.EdgeFunctions.Code;
import dev.ashlar.local.internal.web.EdgeFunctions.FailedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CloudFront distribution without a cache. It speaks HTTP, whatever the viewer protocol policy is. Like CloudFront it
 * passes a {@code Location} on as the origin wrote it, its own address or not.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-values-specify.html">Distribution
 *     settings</a>
 */
final class Distribution implements Handler {
    /**
     * What is compressed.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html">Serve
     *     compressed files</a>
     */
    private static final Set<String> COMPRESSED = Set.of(
            "application/dash+xml",
            "application/eot",
            "application/font",
            "application/font-sfnt",
            "application/javascript",
            "application/json",
            "application/opentype",
            "application/otf",
            "application/pdf",
            "application/pkcs7-mime",
            "application/protobuf",
            "application/rss+xml",
            "application/truetype",
            "application/ttf",
            "application/vnd.apple.mpegurl",
            "application/vnd.mapbox-vector-tile",
            "application/vnd.ms-fontobject",
            "application/wasm",
            "application/xhtml+xml",
            "application/xml",
            "application/x-font-opentype",
            "application/x-font-truetype",
            "application/x-font-ttf",
            "application/x-httpd-cgi",
            "application/x-javascript",
            "application/x-mpegurl",
            "application/x-opentype",
            "application/x-otf",
            "application/x-perl",
            "application/x-ttf",
            "font/eot",
            "font/opentype",
            "font/otf",
            "font/ttf",
            "image/svg+xml",
            "text/css",
            "text/csv",
            "text/html",
            "text/javascript",
            "text/js",
            "text/plain",
            "text/richtext",
            "text/tab-separated-values",
            "text/xml",
            "text/x-component",
            "text/x-java-source",
            "text/x-script",
            "vnd.apple.mpegurl");

    private static final int SMALLEST_COMPRESSED_BYTES = 1_000;
    private static final int LARGEST_COMPRESSED_BYTES = 10_000_000;

    private final String path;
    private final String rootObject;
    private final List<Behavior> behaviors;
    private final Map<Integer, ErrorPage> errorPages;
    private final EdgeEvents events;
    private final EdgeFunctions functions;
    private final Consumer<String> log;

    /**
     * Creates a distribution.
     *
     * @param path the path of the construct
     * @param rootObject what answers for {@code /}, or nothing
     * @param behaviors its behaviours in their order, the default one last
     * @param errorPages what is answered instead of an error, by its status
     * @param events makes events of requests
     * @param functions runs functions
     * @param log tells of functions that failed
     */
    Distribution(
            String path,
            String rootObject,
            List<Behavior> behaviors,
            Map<Integer, ErrorPage> errorPages,
            EdgeEvents events,
            EdgeFunctions functions,
            Consumer<String> log) {
        this.path = path;
        this.rootObject = rootObject;
        this.behaviors = behaviors;
        this.errorPages = errorPages;
        this.events = events;
        this.functions = functions;
        this.log = log;
    }

    /** What is done with the requests of a path pattern. */
    record Behavior(
            String pattern,
            Set<String> methods,
            Handler origin,
            Forwarding forwarding,
            boolean isCompressed,
            @Nullable ResponseHeaders headers,
            @Nullable Code onRequest,
            @Nullable Code onResponse) {}

    /** What is answered instead of an error: a page and a status, each perhaps the origin's. */
    record ErrorPage(@Nullable String path, int status) {}

    @Override
    public Response handle(Request request) {
        Behavior behavior = behavior(request.path());
        if (!behavior.methods().contains(request.method())) {
            return Response.page(
                    403,
                    "Forbidden",
                    "The behavior %s is not configured to allow %s: its AllowedMethods are %s"
                            .formatted(
                                    behavior.pattern(),
                                    request.method(),
                                    String.join(
                                            ", ",
                                            behavior.methods().stream().sorted().toList())));
        }
        return compress(behavior, request, answer(behavior, request));
    }

    private Behavior behavior(String path) {
        String normal = Percent.normalizePath(path);
        return behaviors.stream()
                .filter(behavior -> PathPattern.ofPath(behavior.pattern()).matches(normal))
                .findFirst()
                .orElseThrow();
    }

    private Response answer(Behavior behavior, Request viewer) {
        Request request = viewer;
        if (behavior.onRequest() != null) {
            ObjectNode event = events.request(viewer);
            try {
                JsonNode result = functions.call(behavior.onRequest(), event);
                if (EdgeEvents.isResponse(result)) {
                    return addHeaders(behavior, viewer, EdgeEvents.response(result, new byte[0]));
                }
                request = EdgeEvents.changed(viewer, event, result);
            } catch (FailedException e) {
                return failed(behavior.onRequest(), e);
            }
        }
        Response origin = fetch(behavior, request);
        Response response = addHeaders(behavior, viewer, replaceError(request, origin));
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
        if (behavior.onResponse() == null || origin.status() >= 400) {
            return response;
        }
        try {
            JsonNode result = functions.call(behavior.onResponse(), events.response(request, response));
            return EdgeEvents.response(result, response.body());
        } catch (FailedException e) {
            return failed(behavior.onResponse(), e);
        }
    }

    private Response fetch(Behavior behavior, Request request) {
        Request forwarded = behavior.forwarding().apply(request);
        String address = request.client().ip();
        forwarded
                .headers()
                .set(
                        "X-Forwarded-For",
                        request.headers()
                                .joined("X-Forwarded-For")
                                .map(before -> before + ", " + address)
                                .orElse(address));
        boolean isRoot = forwarded.path().equals("/") && !rootObject.isEmpty();
        return behavior.origin()
                .handle(isRoot ? forwarded.with("/" + rootObject, forwarded.query(), forwarded.headers()) : forwarded);
    }

    private Response replaceError(Request request, Response response) {
        ErrorPage page = errorPages.get(response.status());
        if (page == null || page.path() == null) {
            return response;
        }
        Request ask = request.with("GET", page.path()).with(page.path(), null, new Fields());
        Response found = fetch(behavior(page.path()), ask);
        return found.status() == 200 ? found.with(page.status()) : response;
    }

    private static Response addHeaders(Behavior behavior, Request viewer, Response response) {
        if (behavior.headers() != null) {
            behavior.headers().apply(viewer, response.headers());
        }
        return response;
    }

    private Response failed(Code function, FailedException e) {
        log.accept("[%s] the function %s failed: %s".formatted(path, function.name(), e.getMessage()));
        return Response.page(
                503,
                "Service Unavailable",
                "The CloudFront function " + function.name() + " failed: " + e.getMessage());
    }

    private static Response compress(Behavior behavior, Request viewer, Response response) {
        Fields headers = response.headers();
        String type =
                headers.get("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean isWanted = viewer.headers().joined("Accept-Encoding").orElse("").contains("gzip");
        if (!behavior.isCompressed()
                || !isWanted
                || !COMPRESSED.contains(type)
                || headers.has("Content-Encoding")
                || !Set.of(200, 403, 404).contains(response.status())
                || response.body().length < SMALLEST_COMPRESSED_BYTES
                || response.body().length > LARGEST_COMPRESSED_BYTES) {
            return response;
        }
        headers.set("Content-Encoding", "gzip").add("Vary", "Accept-Encoding");
        headers.get("ETag").filter(tag -> !tag.startsWith("W/")).ifPresent(tag -> headers.set("ETag", "W/" + tag));
        return new Response(response.status(), headers, gzip(response.body()));
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
