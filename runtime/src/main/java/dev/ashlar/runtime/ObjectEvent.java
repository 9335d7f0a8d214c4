package dev.ashlar.runtime;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What S3 tells through EventBridge of an object.
 *
 * <pre>{@code
 * ObjectEvent event = ObjectEvent.parse(message.getBody());
 * client.getObject(request -> request.bucket(event.getBucket()).key(event.getKey()));
 * }</pre>
 *
 * <p>The object may be gone by then, or another one. The key is the object's very own, other than in the notifications that S3 sends to
 * functions and queues itself: it must not be decoded.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge event message structure</a>
 */
public final class ObjectEvent {

    private final String detailType;
    private final String bucket;
    private final String key;
    private final @Nullable Long size;
    private final @Nullable String versionId;

    private ObjectEvent(Map<?, ?> event) {
        if (!"aws.s3".equals(event.get("source"))) {
            throw new IllegalArgumentException(
                    "event must be one of S3's through EventBridge, got one with the source " + event.get("source"));
        }
        Map<?, ?> detail = Fields.map(event.get("detail"));
        Map<?, ?> object = Fields.map(detail.get("object"));
        detailType = Fields.text(event, "detail-type");
        bucket = Fields.text(Fields.map(detail.get("bucket")), "name");
        key = Fields.text(object, "key");
        size = object.get("size") instanceof Number number ? number.longValue() : null;
        versionId = object.get("version-id") instanceof String id && !id.isEmpty() ? id : null;
    }

    /**
     * Reads an event: the body of a queue's message.
     *
     * @param json the event as JSON
     * @return the event
     * @throws IllegalArgumentException if it is no JSON, or no event of S3
     */
    public static ObjectEvent parse(String json) {
        return of(Fields.map(Json.parse(json)));
    }

    /**
     * Reads an event: what a handler takes that EventBridge invokes itself.
     *
     * @param event the event
     * @return the event
     * @throws IllegalArgumentException if it is no event of S3
     */
    public static ObjectEvent of(Map<?, ?> event) {
        return new ObjectEvent(event);
    }

    /** {@return what happened: {@code Object Created}, {@code Object Deleted}, {@code Object Restore Completed}} */
    public String getDetailType() {
        return detailType;
    }

    /** {@return the name of the bucket} */
    public String getBucket() {
        return bucket;
    }

    /** {@return the key of the object, as it is} */
    public String getKey() {
        return key;
    }

    /** {@return the size in bytes; empty if the object was deleted} */
    public OptionalLong getSize() {
        return size == null ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** {@return the version of the object; null if the bucket keeps none} */
    public @Nullable String getVersionId() {
        return versionId;
    }
}
