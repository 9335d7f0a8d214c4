package dev.ashlar.patterns.s3;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Size;

/**
 * Which objects are processed: those whose key begins and ends so, and which are not too small. Prefix and suffix are taken
 * literally, and keys as they are: a space is a space, and a plus sign a plus sign.
 *
 * <pre>{@code
 * ObjectFilter.prefix("incoming/").suffix(".jpg").minimumSize(Size.kibibytes(1))
 * }</pre>
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html">Comparison
 *     operators for use in event patterns in Amazon EventBridge</a>
 */
public final class ObjectFilter {
    // What EventBridge compares numbers up to; see the link above.
    private static final double LARGEST_SIZE = 5e9;

    private final String prefix;
    private final @Nullable String suffix;
    private final @Nullable Size minimumSize;

    private ObjectFilter(String prefix, @Nullable String suffix, @Nullable Size minimumSize) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.minimumSize = minimumSize;
    }

    /** {@return all objects of the bucket} */
    public static ObjectFilter all() {
        return new ObjectFilter("", null, null);
    }

    /**
     * Objects whose keys begin so. The function may read these, and no others.
     *
     * @param prefix the beginning of the keys, such as {@code incoming/}; without a leading slash, {@code *}, {@code ?} and
     *     {@code $}, which S3 or IAM would read as something else; empty for the whole bucket
     * @return the objects
     */
    public static ObjectFilter prefix(String prefix) {
        return new ObjectFilter(requireNonNull(prefix, "prefix"), null, null);
    }

    /**
     * Of these objects those whose keys end so, behind the prefix.
     *
     * @param suffix the end of the keys, such as {@code .jpg}; capital and small letters differ
     * @return the objects
     */
    public ObjectFilter suffix(@Nullable String suffix) {
        return new ObjectFilter(prefix, suffix, minimumSize);
    }

    /**
     * Of these objects those that are at least so large.
     *
     * @param minimumSize 1 to 5000000000 bytes
     * @return the objects
     */
    public ObjectFilter minimumSize(@Nullable Size minimumSize) {
        return new ObjectFilter(prefix, suffix, minimumSize);
    }

    String prefix() {
        return prefix;
    }

    boolean looksAtSize() {
        return minimumSize != null;
    }

    void check(Check check) {
        check.that(
                prefix.isEmpty() || KeyPrefix.isValid(prefix),
                "input must have a prefix without a leading / and without * ? $, got \"" + prefix
                        + "\"; ObjectFilter.all() is the whole bucket");
        check.that(
                suffix == null || !suffix.isEmpty(),
                "input must have a suffix of at least one character, got \"\"; leave it out");
        if (minimumSize != null && minimumSize.isUnresolved()) {
            check.unit("input.minimumSize", minimumSize, Size::toBytes, "Size.bytes");
        } else if (minimumSize != null) {
            double bytes = minimumSize.toBytes().doubleValue();
            check.that(
                    bytes >= 1 && bytes <= LARGEST_SIZE,
                    "input.minimumSize must be 1 to 5000000000 bytes, got %.0f".formatted(bytes));
        }
    }

    /** What an event's {@code object} must match; nothing for all objects. */
    Map<String, Object> pattern() {
        Map<String, Object> pattern = new LinkedHashMap<>();
        if (suffix != null) {
            pattern.put(
                    "key", List.of(prefix.isEmpty() ? Map.of("suffix", suffix) : Map.of("wildcard", wildcard(suffix))));
        } else if (!prefix.isEmpty()) {
            pattern.put("key", List.of(Map.of("prefix", prefix)));
        }
        if (minimumSize != null) {
            pattern.put("size", List.of(Map.of("numeric", List.of(">=", minimumSize.toBytes()))));
        }
        return pattern;
    }

    /** Prefix and suffix as two patterns would mean either of them. */
    private String wildcard(String end) {
        return literal(prefix) + "*" + literal(end);
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*");
    }
}
