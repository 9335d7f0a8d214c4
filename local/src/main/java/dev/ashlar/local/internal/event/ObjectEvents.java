package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.template.Account;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * The events that S3 sends to EventBridge.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">Their form</a>
 */
final class ObjectEvents {
    private final Account account;
    private final Clock clock;

    ObjectEvents(Account account, Clock clock) {
        this.account = account;
        this.clock = clock;
    }

    /**
     * Makes an event.
     *
     * @param bucket the bucket's name
     * @param key the key as it is, not encoded
     * @param size bytes; a deletion has none
     * @param etag the object's, without quotation marks; a deletion of a version has none
     * @param versionId of a bucket with versions
     * @param sequencer hexadecimal digits that grow
     * @param reason such as {@code PutObject} or {@code DeleteObject}
     */
    ObjectNode of(
            String bucket,
            String key,
            Optional<Long> size,
            Optional<String> etag,
            Optional<String> versionId,
            String sequencer,
            String reason) {
        boolean deleted = reason.equals("DeleteObject");
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", deleted ? "Object Deleted" : "Object Created");
        event.put("source", "aws.s3");
        event.put("account", account.id());
        event.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", account.region());
        event.putArray("resources").add("arn:aws:s3:::" + bucket);
        ObjectNode detail = event.putObject("detail");
        detail.put("version", "0");
        detail.putObject("bucket").put("name", bucket);
        ObjectNode object = detail.putObject("object");
        object.put("key", key);
        size.ifPresent(bytes -> object.put("size", bytes));
        etag.ifPresent(value -> object.put("etag", value));
        versionId.ifPresent(value -> object.put("version-id", value));
        object.put("sequencer", sequencer);
        detail.put("request-id", UUID.randomUUID().toString());
        detail.put("requester", account.id());
        detail.put("source-ip-address", "127.0.0.1");
        detail.put("reason", reason);
        if (deleted) {
            detail.put("deletion-type", versionId.isPresent() ? "Delete Marker Created" : "Permanently Deleted");
        }
        return event;
    }
}
