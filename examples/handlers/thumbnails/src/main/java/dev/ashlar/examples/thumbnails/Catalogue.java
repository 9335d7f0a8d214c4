package dev.ashlar.examples.thumbnails;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is known of the pictures, in a table: one partition, sorted by key, so that a query lists them folder by folder.
 *
 * <p>One partition takes 1000 small writes a second, many times what ten functions at once make.
 */
final class Catalogue {

    private static final String PARTITION = "PICTURES";

    private final DynamoDbClient dynamo;
    private final String table;

    Catalogue(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    /** Makes a client that finds region, credentials and endpoint in the environment; it connects with the first request. */
    static Catalogue connect(String table) {
        return new Catalogue(
                DynamoDbClient.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(3)))
                        .build(),
                table);
    }

    /** Writes all of it, whatever stood there. Of the same picture it is the same each time. */
    void put(String key, Upload upload, Picture picture, String thumbnailKey, Thumbnail thumbnail) {
        Map<String, AttributeValue> item = new HashMap<>(key(key));
        item.put("type", fromS(picture.format().mediaType()));
        item.put("size", fromN(Long.toString(upload.size())));
        item.put("width", fromN(Integer.toString(picture.width())));
        item.put("height", fromN(Integer.toString(picture.height())));
        item.put("etag", fromS(upload.etag()));
        item.put("modified", fromS(upload.modified().toString()));
        item.put("thumbnail", fromS(thumbnailKey));
        item.put("thumbnailWidth", fromN(Integer.toString(thumbnail.width())));
        item.put("thumbnailHeight", fromN(Integer.toString(thumbnail.height())));
        dynamo.putItem(request -> request.tableName(table).item(item));
    }

    /** Forgets a picture, or leaves it at that if it is not known. */
    void remove(String key) {
        dynamo.deleteItem(request -> request.tableName(table).key(key(key)));
    }

    private static Map<String, AttributeValue> key(String key) {
        return Map.of("pk", fromS(PARTITION), "sk", fromS(key));
    }
}
