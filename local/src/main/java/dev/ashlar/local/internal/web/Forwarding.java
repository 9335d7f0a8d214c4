package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a viewer's request reaches the origin: what the cache policy or the origin request policy names, or the older
 * {@code ForwardedValues}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html">Control
 *     origin requests</a>
 */
final class Forwarding {
    /** What belongs to the request itself, and passes always. */
    private static final Set<String> OF_REQUEST = Set.of(
            "content-length",
            "content-md5",
            "content-type",
            "date",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "range",
            "x-amz-content-sha256",
            "x-forwarded-for");

    private final Predicate<String> headers;
    private final Predicate<String> cookies;
    private final Predicate<String> query;
    private final Set<String> added;

    private Forwarding(
            Predicate<String> headers, Predicate<String> cookies, Predicate<String> query, Set<String> added) {
        this.headers = headers;
        this.cookies = cookies;
        this.query = query;
        this.added = added;
    }

    /** {@return what a cache policy's parameters or an origin request policy let pass} */
    static Forwarding of(JsonNode policy) {
        JsonNode headers = policy.path("HeadersConfig");
        Set<String> added = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (!headers.path("HeaderBehavior").asText().equals("allExcept")) {
            names(headers.path("Headers")).stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("cloudfront-"))
                    .forEach(added::add);
        }
        Predicate<String> encoding = policy.path("EnableAcceptEncodingGzip").asBoolean()
                ? name -> name.equalsIgnoreCase("Accept-Encoding")
                : name -> false;
        return new Forwarding(
                names(headers, "HeaderBehavior", "Headers").or(encoding),
                names(policy.path("CookiesConfig"), "CookieBehavior", "Cookies"),
                names(policy.path("QueryStringsConfig"), "QueryStringBehavior", "QueryStrings"),
                added);
    }

    /** {@return what the older settings of a behaviour let pass} */
    static Forwarding ofLegacy(JsonNode values) {
        Set<String> headers = names(values.path("Headers"));
        Predicate<String> query = name -> values.path("QueryString").asBoolean();
        return new Forwarding(
                name -> headers.contains("*") || headers.contains(name),
                names(
                        values.path("Cookies").path("Forward").asText(),
                        names(values.path("Cookies").path("WhitelistedNames"))),
                query,
                Set.of());
    }

    Forwarding or(Forwarding other) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(added);
        all.addAll(other.added);
        return new Forwarding(headers.or(other.headers), cookies.or(other.cookies), query.or(other.query), all);
    }

    /** {@return the request that the origin gets} */
    Request apply(Request request) {
        Fields kept = request.headers().copy();
        kept.removeIf(name -> !headers.test(name) && !isOfRequest(name, request));
        kept.remove("Cookie");
        String sent = request.headers().all("Cookie").stream()
                .flatMap(header -> Arrays.stream(header.split(";")))
                .map(String::strip)
                .filter(cookie -> cookies.test(cookie.split("=", 2)[0]))
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            kept.set("Cookie", sent);
        }
        added.forEach(
                name -> Optional.ofNullable(cloudFrontHeader(name, request)).ifPresent(value -> kept.set(name, value)));
        kept.setIfAbsent("User-Agent", "Amazon CloudFront");
        kept.set("Via", "1.1 local (CloudFront)");
        kept.set("X-Amz-Cf-Id", UUID.randomUUID().toString());
        return request.with(request.path(), query(request), kept);
    }

    private static boolean isOfRequest(String name, Request request) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_REQUEST.contains(lower) || (lower.equals("authorization") && !request.isRead());
    }

    private @Nullable String query(Request request) {
        String kept = Percent.parseQuery(request.queryOrEmpty()).entrySet().stream()
                .filter(parameter -> query.test(parameter.getKey()))
                .flatMap(parameter -> parameter.getValue().stream().map(value -> Map.entry(parameter.getKey(), value)))
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        boolean isAll = kept.split("&").length == request.queryOrEmpty().split("&").length;
        return kept.isEmpty() ? null : isAll ? request.query() : kept;
    }

    /** {@return what CloudFront writes into a header of its own; {@code null} for what only it knows, such as countries} */
    private static @Nullable String cloudFrontHeader(String name, Request request) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "cloudfront-viewer-address" ->
                request.client().ip() + ":" + request.client().port();
            case "cloudfront-viewer-http-version" -> request.protocol().replaceFirst("^HTTP/", "");
            case "cloudfront-forwarded-proto" -> "http";
            default -> null;
        };
    }

    private static Predicate<String> names(JsonNode config, String behavior, String list) {
        return names(config.path(behavior).asText(), names(config.path(list)));
    }

    private static Predicate<String> names(String behavior, Set<String> names) {
        return switch (behavior) {
            case "all", "allViewer", "allViewerAndWhitelistCloudFront" -> name -> true;
            case "allExcept" -> name -> !names.contains(name);
            case "whitelist" -> names::contains;
            default -> name -> false;
        };
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        list.forEach(value -> names.add(value.asText()));
        return names;
    }
}
