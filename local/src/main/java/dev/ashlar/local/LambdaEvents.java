package dev.ashlar.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * Events as AWS's services hand them to functions, for tests. What a test has no use for is filled in with values that are
 * the same each time.
 *
 * <pre>{@code
 * runner.invoke(LambdaEvents.httpApi("GET", "/notes/7").route("GET /notes/{id}").pathParameter("id", "7"));
 * runner.invoke(LambdaEvents.sqs("{\"order\": 1}", "{\"order\": 2}"));
 * runner.invoke(LambdaEvents.sqs(LambdaEvents.objectCreated("uploads", "in/a.jpg", 1024).toJson()));
 * }</pre>
 */
public final class LambdaEvents {
    static final String ACCOUNT = "000000000000";
    static final String REGION = "us-east-1";

    /** When all that is not said to be at another time happens. */
    static final Instant TIME = Instant.parse("2030-01-01T00:00:00Z");

    private LambdaEvents() {}

    /**
     * Begins a request that an HTTP API or a function URL hands on, in the payload format 2.0.
     *
     * @param method such as {@code GET}
     * @param path such as {@code /notes}
     * @return a request without a body, to be added to
     */
    public static HttpApiEvent httpApi(String method, String path) {
        return new HttpApiEvent(method, path);
    }

    /**
     * Begins a batch of messages of a queue.
     *
     * @param bodies the messages' bodies, in their order
     * @return messages of a standard queue
     */
    public static SqsEvent sqs(String... bodies) {
        return new SqsEvent(List.of(bodies));
    }

    /**
     * Makes what S3 tells through EventBridge of a new object. A queue's message has it as its body:
     * {@code sqs(objectCreated(...).toJson())}.
     *
     * @param bucket the bucket's name
     * @param key the object's key, as it is
     * @param size the object's size in bytes
     * @return the event
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge event message
     *     structure</a>
     */
    public static LambdaEvent objectCreated(String bucket, String key, long size) {
        ObjectNode detail = object(bucket, key);
        ObjectNode object = (ObjectNode) detail.get("object");
        object.put("size", size).put("etag", "d41d8cd98f00b204e9800998ecf8427e");
        detail.put("reason", "PutObject");
        return ofS3("Object Created", bucket, detail);
    }

    /**
     * Makes what S3 tells through EventBridge of an object that was deleted.
     *
     * @param bucket the bucket's name
     * @param key the object's key, as it is
     * @return the event
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge event message
     *     structure</a>
     */
    public static LambdaEvent objectDeleted(String bucket, String key) {
        ObjectNode detail = object(bucket, key);
        detail.put("reason", "DeleteObject").put("deletion-type", "Permanently Deleted");
        return ofS3("Object Deleted", bucket, detail);
    }

    /**
     * Makes what a schedule of a {@code ScheduledTask} hands to its function.
     *
     * @param schedule the schedule's name
     * @param scheduledTime when the run was planned
     * @return the event
     */
    public static LambdaEvent scheduled(String schedule, Instant scheduledTime) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("schedule", schedule).put("scheduledTime", scheduledTime.toString());
        return event::toString;
    }

    /**
     * Makes the ping that keeps a function warm, which a handler wrapped in {@code WarmUp} answers itself.
     *
     * @return the event, which asks not to be held
     */
    public static LambdaEvent ping() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.putObject("ashlar").putObject("ping").put("holdMillis", 0);
        return event::toString;
    }

    private static ObjectNode object(String bucket, String key) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("version", "0");
        detail.putObject("bucket").put("name", bucket);
        detail.putObject("object").put("key", key).put("sequencer", "0061A2B3C4D5E6F708");
        detail.put("request-id", "N4N7GDK58NMKJ12R");
        detail.put("requester", ACCOUNT);
        detail.put("source-ip-address", "127.0.0.1");
        return detail;
    }

    private static LambdaEvent ofS3(String detailType, String bucket, ObjectNode detail) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", "17793124-05d4-b198-2fde-7ededc63b103");
        event.put("detail-type", detailType);
        event.put("source", "aws.s3");
        event.put("account", ACCOUNT);
        event.put("time", TIME.toString());
        event.put("region", REGION);
        event.putArray("resources").add("arn:aws:s3:::" + bucket);
        event.set("detail", detail);
        return event::toString;
    }
}
