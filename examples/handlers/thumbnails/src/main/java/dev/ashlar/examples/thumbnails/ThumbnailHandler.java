package dev.ashlar.examples.thumbnails;

import com.amazonaws.services.lambda.runtime.Context;
import dev.ashlar.runtime.ObjectEvent;
import dev.ashlar.runtime.QueueHandler;
import dev.ashlar.runtime.QueueMessage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes thumbnails of the pictures under one prefix of a bucket, and keeps what is known of them in a table: the Lambda function of an
 * {@code S3Processor}.
 *
 * <p>An event says where to look, and no more. What lies under the key at that moment decides: a picture gets its thumbnail and
 * its row in the table, and where nothing lies both are deleted. Then it looks once more, and begins anew if something else
 * lies there. So events may come twice, late, in any order and at the same time: in the end thumbnail and row are those of what
 * lies there.
 *
 * <table>
 *   <caption>Where each event ends</caption>
 *   <tr><th>What lies there</th><th>What happens</th><th>Where the event ends</th></tr>
 *   <tr><td>a JPEG or PNG file, whatever its name</td><td>thumbnail and row</td><td>processed</td></tr>
 *   <tr><td>nothing, or nothing any more</td><td>thumbnail and row are deleted</td><td>processed</td></tr>
 *   <tr><td>a folder as the console makes it, its key ends with {@code /}</td><td>nothing</td><td>processed</td></tr>
 *   <tr><td>an empty file, another format, whatever its name</td><td rowspan="3">thumbnail and row of an earlier picture
 *     there are deleted; the message comes again</td><td rowspan="3">dead-letter queue</td></tr>
 *   <tr><td>a broken file, one that ends too early, one of a kind of JPEG that {@code javax.imageio} does not
 *     read</td></tr>
 *   <tr><td>more than {@value BucketFiles#MAX_BYTES} bytes, {@value Picture#MAX_PIXELS} pixels, or
 *     {@value Picture#MAX_SIDE} pixels a side</td></tr>
 *   <tr><td>a message that is no event of S3, or of a key beside the prefix</td><td>nothing; the message comes
 *     again</td><td>dead-letter queue</td></tr>
 *   <tr><td>S3 or DynamoDB refuse or fail</td><td>the message comes again, and begins anew</td><td>processed when they
 *     answer, else dead-letter queue</td></tr>
 * </table>
 *
 * <p>The log says why a message failed, by its id; which object it was about stands in the message.
 *
 * <p>Needs {@code s3:ListBucket} and {@code s3:GetObject} under the prefix that {@value #PICTURES_VARIABLE} names,
 * {@code s3:PutObject} and {@code s3:DeleteObject} under that of {@value #THUMBNAILS_VARIABLE}, and {@code dynamodb:PutItem}
 * and {@code DeleteItem} on the table of {@value #TABLE_VARIABLE}; 2048 MB of memory.
 */
public final class ThumbnailHandler extends QueueHandler {

    static final String PICTURES_VARIABLE = "PICTURES";
    static final String THUMBNAILS_VARIABLE = "THUMBNAILS";
    static final String TABLE_VARIABLE = "CATALOGUE_TABLE";

    private final String pictures;
    private final String thumbnails;
    private final Catalogue catalogue;
    private final BucketFiles files;

    /**
     * Creates the handler as Lambda does: once for each environment, or once for a SnapStart snapshot.
     *
     * @throws IllegalStateException if one of the variables is not set
     */
    public ThumbnailHandler() {
        this(System.getenv());
    }

    ThumbnailHandler(Map<String, String> environment) {
        this(
                variable(environment, PICTURES_VARIABLE),
                variable(environment, THUMBNAILS_VARIABLE),
                Catalogue.connect(variable(environment, TABLE_VARIABLE)),
                BucketFiles.connect());
    }

    ThumbnailHandler(String pictures, String thumbnails, Catalogue catalogue, BucketFiles files) {
        this.pictures = pictures;
        this.thumbnails = thumbnails;
        this.catalogue = catalogue;
        this.files = files;
    }

    private static String variable(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " must be set in the function's environment, got "
                    + (value == null ? "none" : "\"" + value + "\""));
        }
        return value;
    }

    @Override
    protected void process(QueueMessage message, Context context) throws IOException, UnusablePicture {
        ObjectEvent event = ObjectEvent.parse(message.getBody());
        String bucket = event.getBucket();
        String key = event.getKey();
        if (!key.startsWith(pictures)) {
            throw new IllegalArgumentException("key must begin with " + pictures + ", got another one");
        }
        if (key.endsWith("/")) {
            return;
        }
        Optional<Upload> upload;
        Optional<UnusablePicture> problem;
        Optional<Upload> now = files.find(bucket, key);
        do {
            upload = now;
            problem = bringUpToDate(bucket, key, upload);
            now = files.find(bucket, key);
        } while (!now.equals(upload));
        if (problem.isPresent()) {
            throw problem.get();
        }
    }

    private Optional<UnusablePicture> bringUpToDate(String bucket, String key, Optional<Upload> upload)
            throws IOException {
        try {
            if (upload.isPresent()) {
                make(bucket, key, upload.get());
            } else {
                remove(bucket, key);
            }
            return Optional.empty();
        } catch (UnusablePicture e) {
            remove(bucket, key);
            return Optional.of(e);
        }
    }

    private void make(String bucket, String key, Upload upload) throws IOException, UnusablePicture {
        Picture picture = Picture.read(files.read(bucket, key, upload));
        Thumbnail thumbnail = Thumbnail.of(picture);
        files.write(bucket, thumbnailKey(key), picture.format(), thumbnail.toFile());
        catalogue.put(key, upload, picture, thumbnailKey(key), thumbnail);
    }

    private void remove(String bucket, String key) {
        catalogue.remove(key);
        files.delete(bucket, thumbnailKey(key));
    }

    private String thumbnailKey(String key) {
        return thumbnails + key.substring(pictures.length());
    }
}
