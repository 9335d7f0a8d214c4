package dev.ashlar.local.internal.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions of a statement: all must hold.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Operators</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">Keys
 *     with several values</a>
 */
final class Conditions {
    private static final Pattern OPERATOR = Pattern.compile("(?:(ForAllValues|ForAnyValue):)?(\\w+?)(IfExists)?");

    private final List<Condition> all = new ArrayList<>();

    private Conditions() {}

    static Conditions of(JsonNode block) {
        Conditions conditions = new Conditions();
        block.properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key -> conditions.all.add(
                                Condition.of(operator.getKey(), key.getKey(), Statement.texts(key.getValue())))));
        return conditions;
    }

    boolean hold(AccessRequest request, Set<String> unknownKeys) {
        all.stream()
                .map(Condition::key)
                .filter(key -> request.values(key).isEmpty())
                .forEach(unknownKeys::add);
        return all.stream().allMatch(condition -> condition.holds(request));
    }

    /**
     * One key and what it must be.
     *
     * @param set {@code ForAllValues}, {@code ForAnyValue} or nothing
     * @param operator without what stands before and behind it, and without {@code Not}
     * @param negated whether the operator has a {@code Not}
     * @param ifExists whether a key that is absent is right
     * @param key the condition key
     * @param expected the values, of which one is enough
     */
    private record Condition(
            String set, String operator, boolean negated, boolean ifExists, String key, List<String> expected) {
        static Condition of(String operator, String key, List<String> expected) {
            Matcher parts = OPERATOR.matcher(operator);
            if (!parts.matches()) {
                throw new IllegalArgumentException("Condition must have operators of IAM, got " + operator);
            }
            String bare = parts.group(2);
            String positive = bare.replaceFirst("^Not(?=IpAddress)|(?<=String|Numeric|Date|Arn)Not", "");
            return new Condition(
                    Optional.ofNullable(parts.group(1)).orElse(""),
                    positive,
                    !positive.equals(bare),
                    parts.group(3) != null,
                    key,
                    expected);
        }

        boolean holds(AccessRequest request) {
            List<String> values = request.values(key).orElse(List.of());
            if (operator.equals("Null")) {
                return expected.contains(String.valueOf(values.isEmpty()));
            }
            if (values.isEmpty()) {
                return ifExists || set.equals("ForAllValues") || (negated && set.isEmpty());
            }
            return switch (set) {
                case "ForAllValues" -> values.stream().allMatch(value -> isOneOfExpected(value, request) != negated);
                case "ForAnyValue" -> values.stream().anyMatch(value -> isOneOfExpected(value, request) != negated);
                default -> values.stream().anyMatch(value -> isOneOfExpected(value, request)) != negated;
            };
        }

        private boolean isOneOfExpected(String value, AccessRequest request) {
            return expected.stream().anyMatch(pattern -> matches(pattern, value, request));
        }

        private boolean matches(String pattern, String value, AccessRequest request) {
            return switch (operator) {
                case "StringLike" -> Wildcards.matches(pattern, value, request).orElse(false);
                case "ArnEquals", "ArnLike" ->
                    Wildcards.matchesArn(pattern, value, request).orElse(false);
                default ->
                    Wildcards.fill(pattern, request)
                            .filter(filled -> compares(filled, value))
                            .isPresent();
            };
        }

        private boolean compares(String expected, String value) {
            return switch (operator) {
                case "StringEquals", "BinaryEquals" -> value.equals(expected);
                case "StringEqualsIgnoreCase", "Bool" -> value.equalsIgnoreCase(expected);
                case "IpAddress" -> isInRange(value, expected);
                default ->
                    operator.startsWith("Numeric")
                            ? isInOrder(number(value), number(expected))
                            : operator.startsWith("Date") && isInOrder(date(value), date(expected));
            };
        }

        private <T extends Comparable<T>> boolean isInOrder(Optional<T> value, Optional<T> expected) {
            if (value.isEmpty() || expected.isEmpty()) {
                return false;
            }
            int order = value.get().compareTo(expected.get());
            return switch (operator.replaceFirst("^(Numeric|Date)", "")) {
                case "Equals" -> order == 0;
                case "LessThan" -> order < 0;
                case "LessThanEquals" -> order <= 0;
                case "GreaterThan" -> order > 0;
                case "GreaterThanEquals" -> order >= 0;
                default -> false;
            };
        }
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** {@return a moment, given in one of ISO 8601's forms or in seconds since 1970} */
    private static Optional<Instant> date(String text) {
        try {
            if (text.matches("\\d{5,}")) {
                return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
            }
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** {@return whether an address is in a range such as {@code 10.0.0.0/8}} */
    private static boolean isInRange(String address, String range) {
        String[] parts = range.split("/", 2);
        Optional<byte[]> value = bytes(address);
        Optional<byte[]> base = bytes(parts[0]);
        if (value.isEmpty() || base.isEmpty() || value.get().length != base.get().length) {
            return false;
        }
        int bits = base.get().length * Byte.SIZE;
        int prefix =
                parts.length == 2 ? number(parts[1]).map(BigDecimal::intValue).orElse(bits) : bits;
        return Arrays.equals(network(value.get(), prefix), network(base.get(), prefix));
    }

    private static byte[] network(byte[] address, int prefix) {
        byte[] network = address.clone();
        for (int bit = prefix; bit < network.length * Byte.SIZE; bit++) {
            network[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        return network;
    }

    private static Optional<byte[]> bytes(String address) {
        // Nothing that would be looked up by its name.
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
