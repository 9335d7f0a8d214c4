package shop;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What functions ask of AWS. */
public class Callers {
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();
    private static final DynamoDbClient DYNAMODB =
            DynamoDbClient.builder().httpClient(HTTP).build();
    private static final S3Client S3 = S3Client.builder().httpClient(HTTP).build();
    private static final SqsClient SQS = SqsClient.builder().httpClient(HTTP).build();
    private static final String TABLE = System.getenv("TABLE");
    private static final String BUCKET = System.getenv("BUCKET");
    private static final String QUEUE = System.getenv("QUEUE");

    /** Makes the call that the path names, and tells whoever asked if it is refused. */
    public Map<String, Object> request(APIGatewayV2HTTPEvent event) {
        try {
            call(event.getPathParameters().get("call"));
            return Map.of("statusCode", 200, "body", "");
        } catch (AwsServiceException e) {
            return Map.of("statusCode", e.statusCode(), "body", String.valueOf(e.getMessage()));
        }
    }

    private static void call(String name) {
        switch (name) {
            case "PutItem" -> put("requested");
            case "GetItem" ->
                DYNAMODB.getItem(get -> get.tableName(TABLE).key(Map.of("id", AttributeValue.fromS("requested"))));
            case "PutObject" -> S3.putObject(put -> put.bucket(BUCKET).key("new.txt"), RequestBody.fromString("new"));
            case "GetObject" -> S3.getObjectAsBytes(get -> get.bucket(BUCKET).key("old.txt"));
            case "SendMessage" -> SQS.sendMessage(send -> send.queueUrl(QUEUE).messageBody("sent"));
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** Keeps the bodies of messages. */
    public void messages(SQSEvent event) {
        event.getRecords().forEach(message -> put(message.getBody()));
    }

    /** Keeps where an event comes from. */
    public void event(Map<String, Object> event) {
        put(String.valueOf(event.get("source")));
    }

    private static void put(String id) {
        DYNAMODB.putItem(put -> put.tableName(TABLE).item(Map.of("id", AttributeValue.fromS(id))));
    }
}
