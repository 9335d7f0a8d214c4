package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Makes and empties what stand-ins have, in nobody's name. */
final class Admin {
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/local/aws4_request, SignedHeaders=host, Signature=0";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Does an operation of DynamoDB or SQS, such as {@code DynamoDB_20120810.CreateTable}. */
    JsonNode call(URI standIn, String target, Map<String, ?> request) {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(standIn)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", target)
                .header("Authorization", SIGNED)
                .POST(BodyPublishers.ofString(Json.write(request)))
                .build());
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(target + " failed: " + body);
        }
        try {
            return Json.parse(body.isEmpty() ? "{}" : body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does an operation of S3. */
    HttpResponse<byte[]> call(URI target, String method, String body) {
        return send(HttpRequest.newBuilder(target)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/xml")
                .build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
