package dev.ashlar.local.internal.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code *}, {@code ?} and policy variables in actions, resources and condition values stand for.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Variables</a>
 */
final class Wildcards {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final int ARN_PARTS = 6;

    private Wildcards() {}

    /** {@return whether a text is what a pattern says; actions and IAM's names know no case} */
    static boolean matchesIgnoringCase(String pattern, String text) {
        return Pattern.compile(regex(pattern), Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(text)
                .matches();
    }

    /** {@return whether a text is what a pattern says, whose variables the request fills in; nothing if it does not} */
    static Optional<Boolean> matches(String pattern, String text, AccessRequest request) {
        return regex(pattern, request).map(regex -> matchesRegex(regex, text));
    }

    /**
     * Returns whether an ARN is what a pattern says. The parts between colons are compared one by one, so that a wildcard
     * does not reach into the next.
     *
     * @return nothing if the request does not have what a variable stands for
     */
    static Optional<Boolean> matchesArn(String pattern, String arn, AccessRequest request) {
        String[] patterns = pattern.split(":", ARN_PARTS);
        String[] parts = arn.split(":", ARN_PARTS);
        if (patterns.length < ARN_PARTS || parts.length < ARN_PARTS) {
            // IAM takes no ARN with less.
            return pattern.startsWith("arn:") ? Optional.of(false) : matches(pattern, arn, request);
        }
        boolean all = true;
        for (int i = 0; i < ARN_PARTS; i++) {
            Optional<Boolean> part = matches(patterns[i], parts[i], request);
            if (part.isEmpty()) {
                return part;
            }
            all &= part.get();
        }
        return Optional.of(all);
    }

    /** {@return a text with its variables filled in; nothing if the request does not have what one stands for} */
    static Optional<String> fill(String text, AccessRequest request) {
        StringBuilder filled = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            Optional<String> value = value(variable.group(1), request);
            if (value.isEmpty()) {
                return value;
            }
            variable.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(variable.appendTail(filled).toString());
    }

    private static Optional<String> regex(String pattern, AccessRequest request) {
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(pattern);
        int from = 0;
        while (variable.find()) {
            Optional<String> value = value(variable.group(1), request);
            if (value.isEmpty()) {
                return value;
            }
            // A value means itself, whatever characters it has.
            regex.append(regex(pattern.substring(from, variable.start()))).append(Pattern.quote(value.get()));
            from = variable.end();
        }
        return Optional.of(regex.append(regex(pattern.substring(from))).toString());
    }

    /** {@return what a variable stands for: {@code aws:username}, with a default {@code aws:username, 'nobody'}} */
    private static Optional<String> value(String variable, AccessRequest request) {
        if (List.of("*", "?", "$").contains(variable)) {
            return Optional.of(variable);
        }
        String[] parts = variable.split(",", 2);
        Optional<String> value =
                request.values(parts[0].strip()).filter(all -> all.size() == 1).map(all -> all.get(0));
        return value.isEmpty() && parts.length == 2
                ? Optional.of(parts[1].strip().replaceAll("^'|'$", ""))
                : value;
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("(?<=[*?])|(?=[*?])", -1)) {
            regex.append(
                    switch (part) {
                        case "*" -> ".*";
                        case "?" -> ".";
                        default -> Pattern.quote(part);
                    });
        }
        return regex.toString();
    }

    private static boolean matchesRegex(String regex, String text) {
        return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
    }
}
