package dev.ashlar.local.internal.service;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of an object.
 *
 * @param bucket the bucket
 * @param key the key, as it is, not encoded
 * @param size the bytes; not known of an object that was deleted
 * @param etag without quotes; not known of an object that was deleted
 * @param version the version in a bucket that keeps versions; of a deletion that of its marker
 * @param sequencer hexadecimal digits that grow from event to event
 * @param reason the API call, as EventBridge's events have it
 * @param deletionType {@code Permanently Deleted} or {@code Delete Marker Created}, of a deletion
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">Events of S3</a>
 */
public record ObjectEvent(
        String bucket,
        String key,
        OptionalLong size,
        Optional<String> etag,
        Optional<String> version,
        String sequencer,
        String reason,
        Optional<String> deletionType) {
    /** {@return whether there is an object now that was not there before} */
    public boolean isCreated() {
        return deletionType.isEmpty();
    }
}
