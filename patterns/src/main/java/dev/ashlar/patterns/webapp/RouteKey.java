package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.internal.Check;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks route keys such as {@code GET /notes/{id}}. */
final class RouteKey {
    static final String ROOT = "ANY /";
    static final String EVERYTHING_BELOW = "ANY /{proxy+}";

    private static final Set<String> METHODS =
            new TreeSet<>(Set.of("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"));

    private static final String VARIABLE = "\\{[A-Za-z0-9._-]+}";
    private static final String LITERAL = "[A-Za-z0-9._~!$&'()*,;=:@%-]+";
    private static final Pattern PATH = Pattern.compile(
            "/|(/(%s|%s))*/(%s|%s|\\{[A-Za-z0-9._-]+\\+})".formatted(LITERAL, VARIABLE, LITERAL, VARIABLE));

    private RouteKey() {}

    static void validate(String key, Check check) {
        String[] parts = key.split(" ", -1);
        check.that(parts.length == 2, "route must be a method and a path such as GET /notes/{id}, got \"" + key + "\"");
        check.that(
                METHODS.contains(parts[0]),
                "route must begin with one of " + String.join(", ", METHODS) + ", got \"" + key + "\"");
        check.that(
                PATH.matcher(parts[1]).matches(),
                "route must have a path of segments, of {variables}, and of {variable+} at its end, without a slash"
                        + " behind it, got \"" + key + "\"");
    }
}
