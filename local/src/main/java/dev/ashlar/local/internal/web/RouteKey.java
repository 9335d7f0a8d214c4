package dev.ashlar.local.internal.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key of a route, such as {@code GET /notes/{id}}. The natural order is API Gateway's precedence: the more exact path,
 * then the more exact method; {@code $default} is last.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation">Routing
 *     API requests</a>
 */
final class RouteKey implements Comparable<RouteKey> {
    static final String DEFAULT = "$default";

    private static final int LITERAL = 0;
    private static final int VARIABLE = 1;
    private static final int GREEDY = 2;

    private static final Comparator<RouteKey> ORDER = Comparator.comparing(RouteKey::isDefault)
            .thenComparing(RouteKey::comparePaths)
            .thenComparing(key -> key.method.equals("ANY"))
            .thenComparing(key -> key.text);

    private final String text;
    private final String method;
    private final List<String> segments;

    RouteKey(String text) {
        this.text = text;
        String[] parts = text.split(" ", 2);
        this.method = parts.length == 2 ? parts[0] : "ANY";
        this.segments = parts.length == 2 ? segments(parts[1]) : List.of();
    }

    boolean isDefault() {
        return text.equals(DEFAULT);
    }

    /** {@return what stands for the variables, if a request's path fits} */
    Optional<Map<String, String>> match(String requestMethod, String path) {
        if (isDefault()) {
            return Optional.of(Map.of());
        }
        if (!method.equals("ANY") && !method.equals(requestMethod)) {
            return Optional.empty();
        }
        List<String> actual = segments(path);
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (i >= actual.size()) {
                return Optional.empty();
            }
            if (rank(segment) == GREEDY) {
                String rest = String.join("/", actual.subList(i, actual.size()));
                variables.put(segment.substring(1, segment.length() - 2), rest);
                return rest.isEmpty() ? Optional.empty() : Optional.of(variables);
            }
            if (rank(segment) == VARIABLE) {
                if (actual.get(i).isEmpty()) {
                    return Optional.empty();
                }
                variables.put(segment.substring(1, segment.length() - 1), actual.get(i));
            } else if (!segment.equals(actual.get(i))) {
                return Optional.empty();
            }
        }
        return actual.size() == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    @Override
    public int compareTo(RouteKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RouteKey key && key.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static int comparePaths(RouteKey one, RouteKey other) {
        int common = Math.min(one.segments.size(), other.segments.size());
        for (int i = 0; i < common; i++) {
            int order = Integer.compare(rank(one.segments.get(i)), rank(other.segments.get(i)));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(other.segments.size(), one.segments.size());
    }

    private static int rank(String segment) {
        return !segment.startsWith("{") ? LITERAL : segment.endsWith("+}") ? GREEDY : VARIABLE;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
