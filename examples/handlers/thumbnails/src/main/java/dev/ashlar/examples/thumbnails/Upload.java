package dev.ashlar.examples.thumbnails;

import java.time.Instant;

/**
 * A file in the bucket as it lies there now. Two that are equal are the same file.
 *
 * @param etag S3's mark of its content
 * @param size in bytes
 * @param modified when it came
 */
record Upload(String etag, long size, Instant modified) {}
