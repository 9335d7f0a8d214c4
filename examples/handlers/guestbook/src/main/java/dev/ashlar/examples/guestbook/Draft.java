package dev.ashlar.examples.guestbook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a visitor wants to write: the body of a request, checked. */
record Draft(String author, String text) {

    static final int MAX_BODY_BYTES = 10 * 1024;
    static final int MAX_AUTHOR_LENGTH = 80;
    static final int MAX_TEXT_LENGTH = 2000;

    private static final Set<String> FIELDS = Set.of("author", "text");

    static Draft of(APIGatewayV2HTTPEvent event) {
        requireJson(event);
        JsonNode json = parse(body(event));
        if (!json.isObject()) {
            throw new Problem(400, "The body must be a JSON object.");
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new Problem(400, "The field '" + name + "' is unknown; known are 'author' and 'text'.");
            }
        }
        return new Draft(string(json, "author", MAX_AUTHOR_LENGTH), string(json, "text", MAX_TEXT_LENGTH));
    }

    private static void requireJson(APIGatewayV2HTTPEvent event) {
        Map<String, String> headers = Objects.requireNonNullElse(event.getHeaders(), Map.of());
        String contentType = headers.getOrDefault("content-type", "");
        String mediaType = contentType.split(";", 2)[0].strip();
        if (!mediaType.equalsIgnoreCase(Json.MEDIA_TYPE)) {
            throw new Problem(415, "The content type must be " + Json.MEDIA_TYPE + ", got '" + contentType + "'.");
        }
    }

    private static byte[] body(APIGatewayV2HTTPEvent event) {
        String body = Objects.requireNonNullElse(event.getBody(), "");
        byte[] bytes = event.getIsBase64Encoded() ? decode(body) : body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            throw new Problem(400, "The body is missing.");
        }
        if (bytes.length > MAX_BODY_BYTES) {
            throw new Problem(
                    413, "The body must have at most " + MAX_BODY_BYTES + " bytes, got " + bytes.length + ".");
        }
        return bytes;
    }

    private static byte[] decode(String body) {
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "The body must be valid Base64.");
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw new Problem(400, "The body must be valid JSON.");
        }
    }

    private static String string(JsonNode json, String name, int maxLength) {
        JsonNode field = json.path(name);
        if (!field.isTextual()) {
            throw new Problem(400, "The field '" + name + "' must be a string.");
        }
        String value = field.textValue();
        if (value.isBlank()) {
            throw new Problem(400, "The field '" + name + "' must not be blank.");
        }
        // Characters as people count them: an emoji beyond the basic plane is one, not two.
        int length = value.codePointCount(0, value.length());
        if (length > maxLength) {
            throw new Problem(
                    400,
                    "The field '" + name + "' must have at most " + maxLength + " characters, got " + length + ".");
        }
        // JSON can write half of a surrogate pair, UTF-8 cannot: the table would hold a question mark.
        if (value.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new Problem(400, "The field '" + name + "' must be valid Unicode.");
        }
        return value;
    }
}
