package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.local.internal.template.Json;
import java.util.Map;

/**
 * An answer.
 *
 * @param status the status
 * @param headers the header fields; a {@code Content-Length} counts only in an answer to {@code HEAD}
 * @param body the body, empty if there is none
 */
// Nobody compares these.
@SuppressWarnings("ArrayRecordComponent")
record Response(int status, Fields headers, byte[] body) {
    static Response of(int status, String contentType, String body) {
        return new Response(status, new Fields().set("Content-Type", contentType), body.getBytes(UTF_8));
    }

    /** {@return an error as API Gateway words it} */
    static Response message(int status, String message) {
        return of(status, "application/json", Json.write(Map.of("message", message)));
    }

    /** {@return an error as CloudFront words it, as far as a reader needs it} */
    static Response page(int status, String title, String text) {
        return of(
                status,
                "text/html",
                "<!DOCTYPE html><title>ERROR: The request could not be satisfied</title><h1>%d %s</h1><p>%s</p>\n"
                        .formatted(status, title, escape(text)));
    }

    Response with(int status) {
        return new Response(status, headers, body);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
