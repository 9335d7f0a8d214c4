package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a function's return value means.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response">Lambda
 *     function response for format 2.0</a>
 */
final class LambdaAnswer {
    private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

    private LambdaAnswer() {}

    /** The return value means no answer. */
    static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidException(String message) {
            super(message);
        }
    }

    /**
     * Reads a return value.
     *
     * @param payload what the function returned
     * @param format the payload format: {@code 1.0}, else {@code 2.0}
     */
    static Response read(byte[] payload, String format) throws InvalidException {
        JsonNode value = parse(new String(payload, UTF_8));
        boolean hasStatus = value.isObject() && value.has("statusCode");
        if (!hasStatus && format.equals("1.0")) {
            throw new InvalidException("must be an object with a statusCode");
        }
        if (!hasStatus) {
            return Response.of(200, "application/json", value.isTextual() ? value.textValue() : Json.write(value));
        }
        Fields headers = new Fields();
        headers(value.path("headers"), headers);
        if (format.equals("1.0")) {
            multiValueHeaders(value.path("multiValueHeaders"), headers);
        }
        headers.setIfAbsent("Content-Type", "text/plain;charset=UTF-8");
        for (JsonNode cookie : value.path("cookies")) {
            headers.add("Set-Cookie", cookie.asText());
        }
        return new Response(status(value.path("statusCode")), headers.copy(), body(value));
    }

    private static JsonNode parse(String text) throws InvalidException {
        try {
            JsonNode value = Json.parse(text);
            if (value.isMissingNode()) {
                throw new InvalidException("must be JSON, got nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InvalidException("must be JSON, got " + e.getOriginalMessage());
        }
    }

    private static int status(JsonNode status) throws InvalidException {
        if (!STATUS.matcher(status.asText()).matches()) {
            throw new InvalidException("statusCode must be 100 to 599, got " + Json.write(status));
        }
        return Integer.parseInt(status.asText());
    }

    private static void headers(JsonNode headers, Fields to) throws InvalidException {
        for (var header : headers.properties()) {
            if (!header.getValue().isValueNode()) {
                throw new InvalidException(
                        "header " + header.getKey() + " must be a text, got " + Json.write(header.getValue()));
            }
            to.set(header.getKey(), header.getValue().asText());
        }
    }

    private static void multiValueHeaders(JsonNode headers, Fields to) {
        headers.properties().forEach(header -> {
            to.remove(header.getKey());
            header.getValue().forEach(value -> to.add(header.getKey(), value.asText()));
        });
    }

    private static byte[] body(JsonNode value) throws InvalidException {
        JsonNode body = value.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return new byte[0];
        }
        if (!body.isValueNode()) {
            throw new InvalidException("body must be a text, got " + Json.write(body));
        }
        if (!value.path("isBase64Encoded").asBoolean()) {
            return body.asText().getBytes(UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body.asText());
        } catch (IllegalArgumentException e) {
            throw new InvalidException("body must be Base64 where isBase64Encoded is true, got " + e.getMessage());
        }
    }
}
