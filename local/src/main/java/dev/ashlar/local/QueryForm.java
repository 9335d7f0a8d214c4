package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request of AWS's query protocol: a form, whose lists are numbered from 1.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 */
record QueryForm(Map<String, String> fields) {

    static QueryForm parse(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            fields.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }
        return new QueryForm(fields);
    }

    @Nullable
    String find(String name) {
        return fields.get(name);
    }

    /** Returns a field, or nothing as an empty text. */
    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Returns the members of a list, each with its own fields. */
    List<QueryForm> members(String list) {
        List<QueryForm> members = new ArrayList<>();
        for (QueryForm member = below(list + ".1."); !member.fields.isEmpty(); ) {
            members.add(member);
            member = below(list + "." + (members.size() + 1) + ".");
        }
        return members;
    }

    private QueryForm below(String prefix) {
        Map<String, String> below = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), value);
            }
        });
        return new QueryForm(below);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SnsError("MalformedQueryString", "The query string contains a syntax error.");
        }
    }
}
