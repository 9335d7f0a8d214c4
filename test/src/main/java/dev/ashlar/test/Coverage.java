package dev.ashlar.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether one permission includes another. When in doubt it does not, so that nothing passes unseen. */
final class Coverage {
    private static final String EVERYTHING = "*";

    /** What stands for all but some. */
    private static final Pattern NEGATION = Pattern.compile("Not(?:Action|Resource)\\(");

    private static final Pattern WILDCARD = Pattern.compile("[*?]|[^*?]+");

    /** Operators for which more values allow more. The others allow less with more values, and must be equal. */
    private static final Pattern MORE_VALUES_ALLOW_MORE =
            Pattern.compile("(?:ForAnyValue:)?(?:String(?:Equals|Like|EqualsIgnoreCase)|Arn(?:Equals|Like)|IpAddress)");

    private Coverage() {}

    /** {@return whether one of many includes a permission} */
    static boolean includes(Collection<Permission> many, Permission permission) {
        return many.stream().anyMatch(wide -> includes(wide, permission));
    }

    /** {@return whether all that a permission allows, or denies, is also allowed, or denied, by a wider one} */
    static boolean includes(Permission wide, Permission narrow) {
        return wide.isDenied() == narrow.isDenied()
                && wide.isManagedPolicy() == narrow.isManagedPolicy()
                && matches(wide.getAction(), narrow.getAction(), Pattern.CASE_INSENSITIVE)
                && matches(wide.getResource(), narrow.getResource(), 0)
                && conditionIncludes(wide.getCondition(), narrow.getCondition());
    }

    private static boolean matches(String pattern, String text, int flags) {
        if (pattern.equals(EVERYTHING) || NEGATION.matcher(text).lookingAt()) {
            return pattern.equals(EVERYTHING) || pattern.equals(text);
        }
        String expression = WILDCARD.matcher(pattern)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group()) {
                            case "*" -> ".*";
                            case "?" -> "[^*]";
                            default -> Pattern.quote(match.group());
                        }));
        return Pattern.compile(expression, flags | Pattern.DOTALL).matcher(text).matches();
    }

    private static boolean conditionIncludes(@Nullable String wide, @Nullable String narrow) {
        if (wide == null || wide.equals(narrow)) {
            return true;
        }
        return narrow != null && conditionIncludes(parse(wide), parse(narrow));
    }

    /** {@return whether each key of the wider condition is bound at least as tightly in the narrower one} */
    private static boolean conditionIncludes(JsonNode wide, JsonNode narrow) {
        for (Map.Entry<String, JsonNode> operator : wide.properties()) {
            boolean moreAllowMore =
                    MORE_VALUES_ALLOW_MORE.matcher(operator.getKey()).matches();
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                List<JsonNode> allowed = PolicyReader.each(key.getValue()).toList();
                List<JsonNode> asked = PolicyReader.each(
                                narrow.path(operator.getKey()).path(key.getKey()))
                        .toList();
                boolean included =
                        moreAllowMore ? !asked.isEmpty() && allowed.containsAll(asked) : allowed.equals(asked);
                if (!included) {
                    return false;
                }
            }
        }
        return wide.isObject() && !wide.isEmpty();
    }

    private static JsonNode parse(String condition) {
        try {
            return Json.parse(condition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("conditions are written as JSON, got " + condition, e);
        }
    }
}
