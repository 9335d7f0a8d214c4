package dev.ashlar.patterns.s3;

/**
 * What happened to an object.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">Using EventBridge</a>
 */
public enum ObjectChange {
    /** It was written: for the first time, over another one, or as a copy. */
    CREATED("Object Created"),

    /** It was deleted, by somebody or by a lifecycle rule; in a bucket with versions, it got a delete marker. */
    REMOVED("Object Deleted"),

    /** It can be read again after it lay in an archive. */
    RESTORED("Object Restore Completed");

    private final String detailType;

    ObjectChange(String detailType) {
        this.detailType = detailType;
    }

    /** What S3 calls it in its events. */
    String detailType() {
        return detailType;
    }
}
