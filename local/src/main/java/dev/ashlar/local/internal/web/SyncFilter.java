package dev.ashlar.local.internal.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files {@code aws s3 sync} looks at: all but those that the last pattern which fits excludes. Patterns are those of
 * Python's fnmatch, whose asterisk crosses slashes.
 *
 * @see <a href="https://docs.aws.amazon.com/cli/latest/reference/s3/#use-of-exclude-and-include-filters">Use of exclude and
 *     include filters</a>
 */
final class SyncFilter {
    private final List<Rule> rules = new ArrayList<>();

    private record Rule(Pattern pattern, boolean isIncluded) {}

    /** Creates a filter as CDK's handler passes it: all excludes stand before all includes. */
    SyncFilter(List<String> exclude, List<String> include) {
        exclude.forEach(glob -> rules.add(new Rule(pattern(glob), false)));
        include.forEach(glob -> rules.add(new Rule(pattern(glob), true)));
    }

    boolean includes(String path) {
        boolean isIncluded = true;
        for (Rule rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                isIncluded = rule.isIncluded();
            }
        }
        return isIncluded;
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            // A bracket that comes first in a set is one of it.
            int end = c == '[' ? glob.indexOf(']', i + (glob.startsWith("!", i + 1) ? 3 : 2)) : -1;
            if (end >= 0) {
                String set = glob.substring(i + 1, end);
                boolean isNegated = set.startsWith("!");
                regex.append(isNegated ? "[^" : "[")
                        .append((isNegated ? set.substring(1) : set).replaceAll("[\\[\\]\\\\^&]", "\\\\$0"))
                        .append(']');
                i = end;
            } else {
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
