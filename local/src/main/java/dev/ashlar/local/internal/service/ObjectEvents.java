package dev.ashlar.local.internal.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells what became of objects. */
final class ObjectEvents {
    private final URI standIn;
    private final Consumer<ObjectEvent> listener;

    /** Grows from run to run as well. */
    private final AtomicLong sequence = new AtomicLong(System.currentTimeMillis() << 20);

    ObjectEvents(URI standIn, Consumer<ObjectEvent> listener) {
        this.standIn = standIn;
        this.listener = listener;
    }

    /** {@return the headers of an object, if there is one} */
    Optional<HttpHeaders> find(Call call, String bucket, String key) throws IOException {
        HttpResponse<InputStream> answer = call.send(HttpRequest.newBuilder(S3Request.at(standIn, bucket, key))
                .method("HEAD", BodyPublishers.noBody())
                .build());
        answer.body().close();
        return answer.statusCode() == 200 ? Optional.of(answer.headers()) : Optional.empty();
    }

    /** Tells of an object that was stored, if it was. */
    void created(Call call, String bucket, String key, String reason) throws IOException {
        find(call, bucket, key)
                .ifPresent(headers -> listener.accept(new ObjectEvent(
                        bucket,
                        key,
                        headers.firstValueAsLong("Content-Length"),
                        headers.firstValue("ETag").map(etag -> etag.replace("\"", "")),
                        headers.firstValue("x-amz-version-id"),
                        nextInSequence(),
                        reason,
                        Optional.empty())));
    }

    /**
     * Tells of an object that is gone, or hidden by a marker.
     *
     * @param version the version that is gone, or that of the marker
     */
    void deleted(String bucket, String key, Optional<String> version, boolean marker) {
        listener.accept(new ObjectEvent(
                bucket,
                key,
                OptionalLong.empty(),
                Optional.empty(),
                version,
                nextInSequence(),
                "DeleteObject",
                Optional.of(marker ? "Delete Marker Created" : "Permanently Deleted")));
    }

    private String nextInSequence() {
        return "%016X".formatted(sequence.incrementAndGet());
    }
}
