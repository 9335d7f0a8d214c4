package dev.ashlar.examples.thumbnails;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** The files in the bucket: pictures, and their thumbnails. */
final class BucketFiles {

    /** More than any camera's picture of 100 million pixels; it lies in memory twice while it is read. */
    static final int MAX_BYTES = 50_000_000;

    // Another thumbnail may come under the same key.
    private static final String CACHE_CONTROL = "public, max-age=300";

    private final S3Client s3;

    BucketFiles(S3Client s3) {
        this.s3 = s3;
    }

    /** Makes a client that finds region, credentials and endpoint in the environment; it connects with the first request. */
    static BucketFiles connect() {
        return new BucketFiles(S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(10)))
                .build());
    }

    /**
     * Tells what lies under a key. It asks for a list that begins with the key, because of a missing key S3 says 403 like of a
     * forbidden one, and what is merely forbidden must not be taken for gone.
     */
    Optional<Upload> find(String bucket, String key) {
        ListObjectsV2Response found =
                s3.listObjectsV2(request -> request.bucket(bucket).prefix(key).maxKeys(1));
        return found.contents().stream()
                .filter(object -> object.key().equals(key))
                .map(object -> new Upload(object.eTag(), object.size(), object.lastModified()))
                .findFirst();
    }

    /** Reads a file if it is still that one. */
    byte[] read(String bucket, String key, Upload upload) throws IOException, UnusablePicture {
        if (upload.size() > MAX_BYTES) {
            throw new UnusablePicture("picture must have at most " + MAX_BYTES + " bytes, got " + upload.size());
        }
        try (ResponseInputStream<GetObjectResponse> in =
                s3.getObject(request -> request.bucket(bucket).key(key).ifMatch(upload.etag()))) {
            return in.readAllBytes();
        }
    }

    void write(String bucket, String key, PictureFormat format, byte[] file) {
        s3.putObject(
                request -> request.bucket(bucket)
                        .key(key)
                        .contentType(format.mediaType())
                        .cacheControl(CACHE_CONTROL),
                RequestBody.fromBytes(file));
    }

    /** Deletes a file, or leaves it at that if there is none. */
    void delete(String bucket, String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }
}
