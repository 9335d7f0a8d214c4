package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Paths and queries in percent signs. */
final class Percent {
    private static final Pattern UNRESERVED =
            Pattern.compile("%(?:2[DE]|3\\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])", Pattern.CASE_INSENSITIVE);

    private Percent() {}

    static String decodePath(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    }

    /** {@return a path as S3 and others know it, its slashes kept} */
    static String encodePath(String path) {
        return URLEncoder.encode(path, UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static String encode(String text) {
        return encodePath(text).replace("/", "%2F");
    }

    /**
     * Returns a path whose letters, digits and {@code -._~} are written as such.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2">RFC 3986, 6.2.2.2</a>
     */
    static String normalizePath(String path) {
        return UNRESERVED.matcher(path).replaceAll(match -> decodePath(match.group()));
    }

    /** {@return names and values of a query as they were sent, in their order} */
    static Map<String, List<String>> parseQuery(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                parameters.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts.length == 2 ? parts[1] : "");
            }
        }
        return parameters;
    }

    /** {@return names and values of a query, decoded, in their order} */
    static Map<String, List<String>> decodeQuery(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        parseQuery(query)
                .forEach((name, values) -> parameters
                        .computeIfAbsent(decodeForm(name), decoded -> new ArrayList<>())
                        .addAll(values.stream().map(Percent::decodeForm).toList()));
        return parameters;
    }

    /** {@return a text whose percent signs may be those of a careless client} */
    private static String decodeForm(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
