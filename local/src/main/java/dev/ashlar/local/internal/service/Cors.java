package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What browsers may ask of buckets.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html">CORS of S3</a>
 */
final class Cors {
    private static final String ORIGIN = "Origin";

    private final Map<String, List<Rule>> rules = new HashMap<>();

    /** Adds the rules of a bucket, from its {@code CorsConfiguration}. */
    void add(String bucket, JsonNode configuration) {
        configuration
                .path("CorsRules")
                .forEach(rule ->
                        rules.computeIfAbsent(bucket, name -> new ArrayList<>()).add(Rule.of(rule)));
    }

    /** {@return the headers of the answer to a preflight, or nothing if it is refused} */
    Optional<Map<String, String>> preflight(String bucket, Call call) {
        String method = call.header("Access-Control-Request-Method").orElse("");
        List<String> headers =
                list(call.header("Access-Control-Request-Headers").orElse(""));
        return rule(bucket, call, method)
                .filter(rule -> headers.stream().allMatch(header -> matches(rule.headers(), header)))
                .map(rule -> {
                    Map<String, String> answer = rule.answer(call.header(ORIGIN).orElse(""));
                    if (!headers.isEmpty()) {
                        answer.put("Access-Control-Allow-Headers", String.join(", ", headers));
                    }
                    rule.maxAge().ifPresent(seconds -> answer.put("Access-Control-Max-Age", seconds));
                    return answer;
                });
    }

    /** {@return what the answer to a browser's request says besides} */
    Map<String, String> headers(String bucket, Call call) {
        return rule(bucket, call, call.method())
                .map(rule -> rule.answer(call.header(ORIGIN).orElse("")))
                .orElse(Map.of());
    }

    private Optional<Rule> rule(String bucket, Call call, String method) {
        return call.header(ORIGIN)
                .flatMap(origin -> rules.getOrDefault(bucket, List.of()).stream()
                        .filter(rule -> rule.methods().contains(method) && matches(rule.origins(), origin))
                        .findFirst());
    }

    private static boolean matches(List<String> patterns, String text) {
        return patterns.stream()
                .map(pattern -> "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E")
                .anyMatch(regex -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
                        .matcher(text)
                        .matches());
    }

    private static List<String> list(String header) {
        return Arrays.stream(header.split(","))
                .map(item -> item.strip().toLowerCase(Locale.ROOT))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private record Rule(
            List<String> origins,
            List<String> methods,
            List<String> headers,
            List<String> exposed,
            Optional<String> maxAge) {
        static Rule of(JsonNode rule) {
            return new Rule(
                    texts(rule, "AllowedOrigins"),
                    texts(rule, "AllowedMethods"),
                    texts(rule, "AllowedHeaders"),
                    texts(rule, "ExposedHeaders"),
                    rule.has("MaxAge") ? Optional.of(rule.path("MaxAge").asText()) : Optional.empty());
        }

        private static List<String> texts(JsonNode rule, String field) {
            return rule.path(field).valueStream().map(JsonNode::asText).toList();
        }

        Map<String, String> answer(String origin) {
            Map<String, String> answer = new LinkedHashMap<>();
            boolean anybody = origins.contains("*");
            answer.put("Access-Control-Allow-Origin", anybody ? "*" : origin);
            answer.put("Access-Control-Allow-Methods", String.join(", ", methods));
            if (!anybody) {
                answer.put("Access-Control-Allow-Credentials", "true");
            }
            if (!exposed.isEmpty()) {
                answer.put("Access-Control-Expose-Headers", String.join(", ", exposed));
            }
            answer.put("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
            return answer;
        }
    }
}
