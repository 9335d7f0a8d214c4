package dev.ashlar.constructs.web.internal;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.web.SiteMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a CloudFront function: a line with its configuration as JSON, then the program, the same for all. */
final class RoutingCode {
    /** What browsers and crawlers ask for: a file of yesterday is missed as a file, though no other has its extension. */
    private static final Set<String> WEB_EXTENSIONS = Set.of(
            "avif",
            "css",
            "gif",
            "htm",
            "html",
            "ico",
            "jpeg",
            "jpg",
            "js",
            "json",
            "map",
            "mjs",
            "mp3",
            "mp4",
            "otf",
            "pdf",
            "png",
            "svg",
            "ttf",
            "txt",
            "wasm",
            "webm",
            "webmanifest",
            "webp",
            "woff",
            "woff2",
            "xml");

    private RoutingCode() {}

    /**
     * Writes the function of a site.
     *
     * @param mode which file is served for a path
     * @param files the paths of the site's files, relative and with slashes; as far as they are known
     * @param redirects canonical hosts by the hosts that are redirected to them
     * @return the code
     */
    static String ofSite(SiteMode mode, Collection<String> files, Map<String, String> redirects) {
        Set<String> extensions = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        if (mode != SiteMode.PLAIN) {
            extensions.addAll(WEB_EXTENSIONS);
            files.forEach(file -> {
                String name = file.substring(file.lastIndexOf('/') + 1);
                int dot = name.lastIndexOf('.');
                if (dot > 0) {
                    extensions.add(name.substring(dot + 1).toLowerCase(Locale.ROOT));
                } else if (!file.startsWith(".well-known/")) {
                    others.add("/" + file);
                }
            });
        }
        return code("{\"redirects\":" + object(redirects) + ",\"mode\":" + text(mode.name()) + ",\"extensions\":"
                + array(extensions) + ",\"files\":" + array(others) + "}");
    }

    /**
     * Writes the function of an origin.
     *
     * @param stripPrefix what is taken from the front of the path, with a slash before it and none behind; null for
     *     nothing
     * @param redirects canonical hosts by the hosts that are redirected to them
     * @return the code
     */
    static String ofOrigin(@Nullable String stripPrefix, Map<String, String> redirects) {
        return code("{\"redirects\":" + object(redirects)
                + (stripPrefix == null ? "" : ",\"stripPrefix\":" + text(stripPrefix)) + "}");
    }

    private static String code(String config) {
        return "const config = " + config + ";\n" + program();
    }

    private static String object(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String array(Set<String> values) {
        return values.stream().map(RoutingCode::text).collect(Collectors.joining(",", "[", "]"));
    }

    /** Writes a text with ASCII alone: ES 5.1 ends a line at characters that JSON permits in a text. */
    private static String text(String value) {
        return value.chars()
                .mapToObj(c -> c == '"' || c == '\\' || c < ' ' || c > '~'
                        ? String.format(Locale.ROOT, "\\u%04x", c)
                        : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String program() {
        try (InputStream in = RoutingCode.class.getResourceAsStream("route-request.js")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the program that routes requests", e);
        }
    }
}
