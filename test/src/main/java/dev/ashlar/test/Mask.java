package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what changes with every build by words that stay the same, and sorts a template's keys. The same text always
 * becomes the same word, different texts different words, and nothing is removed.
 */
final class Mask {
    private static final String RESOURCES = "Resources";
    private static final String SHA_256 = "[0-9a-f]{64}";

    /** The end of a logical id that is to change with the content: CDK appends an MD5 to the usual eight digits. */
    private static final String SUFFIX = "([0-9A-F]{8})([0-9a-f]{32})";

    private static final String WORD_ENDS = "(?![0-9A-Za-z])";

    /** Parameters of the old synthesizer: their ids hold an asset's hash, and digits that depend on it. */
    private static final Pattern ASSET_PARAMETER =
            Pattern.compile("(AssetParameters)(" + SHA_256 + ")(S3Bucket|S3VersionKey|ArtifactHash)([0-9A-F]{8})");

    /** Outputs for other stacks of a logical id with a hash: they end in digits that depend on it. */
    private static final Pattern OUTPUT = Pattern.compile(
            "([A-Za-z]+Output(?:Ref|FnGetAtt)\\w*?)" + SUFFIX + "((?:[A-Z]\\w*?)?)([0-9A-F]{8})" + WORD_ENDS);

    private static final Pattern LOGICAL_ID = Pattern.compile("()" + SUFFIX + "(?![0-9a-z])");

    private static final Pattern ASSET = Pattern.compile("(?<![0-9A-Za-z])(" + SHA_256 + ")" + WORD_ENDS);

    /** The list of constructs in use that CDK adds for its makers. */
    private static final Pattern ANALYTICS = Pattern.compile("v2:deflate64:([0-9A-Za-z+/=]+)");

    /** What makes a custom resource run again: an MD5, SHA-1 or UUID, milliseconds since 1970, a point in time. */
    private static final Pattern SALT = Pattern.compile("(?<![0-9A-Za-z])(?:[0-9a-f]{32}|[0-9a-f]{40}"
            + "|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|1[0-9]{12}"
            + "|20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z)" + WORD_ENDS);

    /** What CDK writes into the user data of an instance, so that a changed configuration replaces it. */
    private static final Pattern FINGERPRINT = Pattern.compile("(# fingerprint: )([0-9a-f]{16})" + WORD_ENDS);

    private final Set<String> kept = new HashSet<>();

    /** The number of each masked text, by what stands before it. */
    private final Map<String, Map<String, Integer>> numbers = new HashMap<>();

    static JsonNode of(JsonNode template) {
        return new Mask().template(template);
    }

    /** {@return a template with its own words; a mask is for one template} */
    JsonNode template(JsonNode template) {
        keepIdsOfData(template);
        // Resources are numbered first: elsewhere keys may hold a hash, and their order changes with it.
        apply(template.path(RESOURCES));
        return apply(template);
    }

    /** {@return a text of the template in its own words} */
    String text(String text) {
        return apply(text);
    }

    /** A new hash in the id of what holds data replaces it: that must show. */
    private void keepIdsOfData(JsonNode template) {
        Json.sortedFields(template.path(RESOURCES)).forEach((id, resource) -> {
            Matcher suffix = LOGICAL_ID.matcher(id);
            if (DataPolicies.TYPES.contains(resource.path("Type").asText()) && suffix.find()) {
                kept.add(suffix.group(3));
            }
        });
    }

    private JsonNode apply(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(apply(value.asText()));
        }
        if (value.isArray()) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> masked.add(apply(item)));
            return masked;
        }
        if (value.isObject()) {
            return SynthesizedStack.isCustomResource(value.path("Type").asText())
                    ? applySalted(value)
                    : fields(value, this::apply);
        }
        return value;
    }

    private JsonNode fields(JsonNode value, UnaryOperator<JsonNode> masking) {
        Map<String, JsonNode> masked = new TreeMap<>();
        Json.sortedFields(value).forEach((name, field) -> masked.put(apply(name), masking.apply(field)));
        ObjectNode sorted = JsonNodeFactory.instance.objectNode();
        masked.forEach(sorted::set);
        return sorted;
    }

    /** Masks a custom resource, in which a value may be there only to be different each time. */
    private JsonNode applySalted(JsonNode value) {
        if (value.isTextual()) {
            return TextNode.valueOf(apply(replace(SALT, value.asText(), match -> word("salt", match.group()))));
        }
        if (value.isNumber() && SALT.matcher(value.asText()).matches()) {
            return TextNode.valueOf(word("salt", value.asText()));
        }
        if (value.isArray()) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> masked.add(applySalted(item)));
            return masked;
        }
        // What a reference names is an id, masked as such.
        return value.isObject() && !value.has("Ref") && !value.has("Fn::GetAtt")
                ? fields(value, this::applySalted)
                : apply(value);
    }

    private String apply(String text) {
        String masked = replace(ASSET_PARAMETER, text, match -> {
            String before = match.group(1) + asset(match.group(2)) + match.group(3);
            return before + hash(before, match.group(4));
        });
        // Before the ids, because a SHA-256 may have eight digits in a row where an id has them.
        masked = replace(ASSET, masked, match -> asset(match.group(1)));
        masked = replace(OUTPUT, masked, match -> {
            String before = match.group(1) + suffix(match) + match.group(4);
            return before + hash(before, match.group(5));
        });
        masked = replace(LOGICAL_ID, masked, this::suffix);
        masked = replace(FINGERPRINT, masked, match -> match.group(1) + word("fingerprint", match.group(2)));
        return replace(ANALYTICS, masked, match -> "<analytics>");
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> word) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(word.apply(match)));
    }

    private String suffix(MatchResult match) {
        return match.group(2) + (kept.contains(match.group(3)) ? match.group(3) : hash(match.group(2), match.group(3)));
    }

    private String asset(String hash) {
        return word("asset", hash);
    }

    private String word(String kind, String text) {
        return "<" + kind + " " + number(kind, text) + ">";
    }

    /** {@return a word that has a number only for a second hash after the same text: a new id moves no other} */
    private String hash(String before, String hash) {
        int number = number(before, hash);
        return number == 1 ? "<hash>" : "<hash " + number + ">";
    }

    private int number(String before, String text) {
        Map<String, Integer> known = numbers.computeIfAbsent(before, key -> new HashMap<>());
        return known.computeIfAbsent(text, key -> known.size() + 1);
    }
}
