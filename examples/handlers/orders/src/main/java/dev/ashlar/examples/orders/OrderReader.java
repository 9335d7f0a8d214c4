package dev.ashlar.examples.orders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads orders from JSON, as they are meant or not at all: no field too many, no text for a number, no part of a piece.
 *
 * <p>What is refused is told by its place, without what the customer wrote: it goes to the log.
 */
final class OrderReader {

    static final int MAX_CUSTOMER_LENGTH = 200;

    private static final List<String> ORDER = List.of("id", "customer", "currency", "lines");
    private static final List<String> LINE = List.of("sku", "quantity", "unitPrice");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");

    // Costly to make and safe to share, so made once, before the snapshot.
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private OrderReader() {}

    static Order read(String json) {
        JsonNode order = requireObject("order", parse(json), ORDER);
        return new Order(
                name("order.id", order.path("id")),
                customer("order.customer", order.path("customer")),
                currency("order.currency", order.path("currency")),
                lines("order.lines", order.path("lines")));
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // Its message would quote the text.
            throw new IllegalArgumentException("order must be JSON, got what is none");
        }
    }

    private static JsonNode requireObject(String place, JsonNode json, List<String> known) {
        if (!json.isObject()) {
            throw wrong(place, "an object", json);
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw new IllegalArgumentException(
                        place + " must have no fields but " + String.join(", ", known) + ", got another");
            }
        }
        return json;
    }

    private static String name(String place, JsonNode json) {
        if (!NAME.matcher(text(place, json)).matches()) {
            throw new IllegalArgumentException(place + " must be 1 to 40 letters, digits and hyphens, got others");
        }
        return json.textValue();
    }

    private static String customer(String place, JsonNode json) {
        String customer = text(place, json);
        int length = customer.codePointCount(0, customer.length());
        if (customer.isBlank() || length > MAX_CUSTOMER_LENGTH) {
            throw new IllegalArgumentException(place + " must be 1 to " + MAX_CUSTOMER_LENGTH
                    + " characters that are not all blank, got " + length);
        }
        return customer;
    }

    private static Currency currency(String place, JsonNode json) {
        String code = text(place, json);
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " must be a code of ISO 4217, such as EUR, got another", e);
        }
    }

    private static List<Order.Line> lines(String place, JsonNode json) {
        if (!json.isArray() || json.isEmpty()) {
            throw wrong(place, "a list of at least one line", json);
        }
        List<Order.Line> lines = new ArrayList<>();
        for (JsonNode line : json) {
            lines.add(line(place + "[" + lines.size() + "]", line));
        }
        return lines;
    }

    private static Order.Line line(String place, JsonNode json) {
        requireObject(place, json, LINE);
        return new Order.Line(
                name(place + ".sku", json.path("sku")),
                (int) number(place + ".quantity", json.path("quantity"), 1, Integer.MAX_VALUE),
                number(place + ".unitPrice", json.path("unitPrice"), 0, Long.MAX_VALUE));
    }

    private static String text(String place, JsonNode json) {
        if (!json.isTextual()) {
            throw wrong(place, "text", json);
        }
        // JSON can write half of a surrogate pair, UTF-8 cannot: the table would hold a question mark.
        if (json.textValue().codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException(place + " must be valid Unicode, got half of a pair");
        }
        return json.textValue();
    }

    private static long number(String place, JsonNode json, long least, long most) {
        if (json.isIntegralNumber()
                && json.canConvertToLong()
                && json.longValue() >= least
                && json.longValue() <= most) {
            return json.longValue();
        }
        throw new IllegalArgumentException(place + " must be a whole number of " + least + " to " + most + ", got "
                + (json.isNumber() ? json.asText() : type(json)));
    }

    private static IllegalArgumentException wrong(String place, String wanted, JsonNode got) {
        return new IllegalArgumentException(place + " must be " + wanted + ", got " + type(got));
    }

    private static String type(JsonNode json) {
        return switch (json.getNodeType()) {
            case MISSING -> "none";
            case ARRAY -> "a list of " + json.size();
            case STRING -> "text";
            default -> json.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
