package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the events as Lambda's own Java runtime does. */
class LambdaEventsTest {
    @Test
    void makesARequestOfAnHttpApi() {
        APIGatewayV2HTTPEvent event = read(
                LambdaEvents.httpApi("POST", "/notes/7")
                        .route("POST /notes/{id}")
                        .pathParameter("id", "7")
                        .query("tag", "a b")
                        .query("tag", "ü&")
                        .query("limit", "2")
                        .header("Accept", "text/html")
                        .header("X-Colour", "red")
                        .header("x-colour", "blue")
                        .cookie("session", "abc")
                        .cookie("theme", "dark")
                        .claim("sub", "ada")
                        .body("마름돌"),
                APIGatewayV2HTTPEvent.class);

        assertThat(event.getVersion()).isEqualTo("2.0");
        assertThat(event.getRouteKey()).isEqualTo("POST /notes/{id}");
        assertThat(event.getRawPath()).isEqualTo("/notes/7");
        assertThat(event.getRawQueryString()).isEqualTo("tag=a%20b&tag=%C3%BC%26&limit=2");
        assertThat(event.getQueryStringParameters()).containsOnly(Map.entry("tag", "a b,ü&"), Map.entry("limit", "2"));
        assertThat(event.getPathParameters()).containsOnly(Map.entry("id", "7"));
        assertThat(event.getHeaders())
                .containsEntry("accept", "text/html")
                .containsEntry("x-colour", "red,blue")
                .containsKeys("host", "user-agent", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto");
        assertThat(event.getCookies()).containsExactly("session=abc", "theme=dark");
        assertThat(event.getBody()).isEqualTo("마름돌");
        assertThat(event.getIsBase64Encoded()).isFalse();
        APIGatewayV2HTTPEvent.RequestContext context = event.getRequestContext();
        assertThat(context.getAuthorizer().getJwt().getClaims()).containsOnly(Map.entry("sub", "ada"));
        assertThat(context.getHttp().getMethod()).isEqualTo("POST");
        assertThat(context.getHttp().getPath()).isEqualTo("/notes/7");
        assertThat(context.getRouteKey()).isEqualTo("POST /notes/{id}");
        assertThat(context.getStage()).isEqualTo("$default");
        assertThat(context.getTime()).isEqualTo("01/Jan/2030:00:00:00 +0000");
        assertThat(context.getTimeEpoch()).isEqualTo(1893456000000L);
    }

    @Test
    void leavesOutWhatARequestDoesNotHave() throws IOException {
        JsonNode event = Json.parse(LambdaEvents.httpApi("GET", "/notes").toJson());

        assertThat(event.fieldNames())
                .toIterable()
                .containsExactly(
                        "version",
                        "routeKey",
                        "rawPath",
                        "rawQueryString",
                        "headers",
                        "requestContext",
                        "isBase64Encoded");
        assertThat(event.get("requestContext").has("authorizer")).isFalse();
        assertThat(event.get("routeKey").asText()).isEqualTo("GET /notes");
    }

    @Test
    void hasABodyOfBytesInBase64() {
        APIGatewayV2HTTPEvent event = read(
                LambdaEvents.httpApi("PUT", "/picture").body(new byte[] {(byte) 0xff, 0}), APIGatewayV2HTTPEvent.class);

        assertThat(event.getBody()).isEqualTo("/wA=");
        assertThat(event.getIsBase64Encoded()).isTrue();
    }

    @Test
    void leavesARequestAsItIs() {
        HttpApiEvent request = LambdaEvents.httpApi("GET", "/notes");
        String before = request.toJson();

        assertThat(request.query("a", "b").header("c", "d").body("e").toJson()).isNotEqualTo(before);

        assertThat(request.toJson()).isEqualTo(before);
    }

    @Test
    void makesMessagesOfAQueue() {
        SqsEvent event = LambdaEvents.sqs("{\"order\":1}", "two")
                .attribute("tenant", "a")
                .receiveCount(3);

        List<SQSEvent.SQSMessage> messages = read(event, SQSEvent.class).getRecords();

        assertThat(messages).extracting(SQSEvent.SQSMessage::getBody).containsExactly("{\"order\":1}", "two");
        assertThat(messages)
                .extracting(SQSEvent.SQSMessage::getMessageId)
                .containsExactly(event.getMessageId(0), event.getMessageId(1))
                .doesNotHaveDuplicates();
        SQSEvent.SQSMessage second = messages.get(1);
        assertThat(second.getMd5OfBody()).isEqualTo("b8a9f715dbb64fd5c56e7783c6820a61");
        assertThat(second.getEventSource()).isEqualTo("aws:sqs");
        assertThat(second.getEventSourceArn()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:queue");
        assertThat(second.getAwsRegion()).isEqualTo("us-east-1");
        assertThat(second.getAttributes())
                .containsEntry("ApproximateReceiveCount", "3")
                .doesNotContainKey("MessageGroupId");
        assertThat(second.getMessageAttributes()).hasEntrySatisfying("tenant", tenant -> {
            assertThat(tenant.getStringValue()).isEqualTo("a");
            assertThat(tenant.getDataType()).isEqualTo("String");
        });
    }

    @Test
    void makesMessagesOfAFifoQueue() {
        List<SQSEvent.SQSMessage> messages = read(LambdaEvents.sqs("one", "two").fifo("orders"), SQSEvent.class)
                .getRecords();

        assertThat(messages.get(1).getEventSourceArn()).endsWith(":queue.fifo");
        assertThat(messages.get(1).getAttributes())
                .containsEntry("MessageGroupId", "orders")
                .containsEntry("MessageDeduplicationId", "1")
                .containsEntry("SequenceNumber", "18849496460467696129");
    }

    @Test
    void makesEventsOfObjects() throws IOException {
        String created =
                LambdaEvents.objectCreated("uploads", "in/a b ü.jpg", 1024).toJson();

        ScheduledEvent envelope = read(() -> created, ScheduledEvent.class);
        assertThat(envelope.getSource()).isEqualTo("aws.s3");
        assertThat(envelope.getDetailType()).isEqualTo("Object Created");
        assertThat(envelope.getResources()).containsExactly("arn:aws:s3:::uploads");
        JsonNode detail = Json.parse(created).get("detail");
        assertThat(detail.at("/bucket/name").asText()).isEqualTo("uploads");
        assertThat(detail.at("/object/key").asText()).isEqualTo("in/a b ü.jpg");
        assertThat(detail.at("/object/size").asLong()).isEqualTo(1024);
        assertThat(detail.get("reason").asText()).isEqualTo("PutObject");
        JsonNode deleted = Json.parse(LambdaEvents.objectDeleted("uploads", "a").toJson());
        assertThat(deleted.get("detail-type").asText()).isEqualTo("Object Deleted");
        assertThat(deleted.at("/detail/object").has("size")).isFalse();
        SQSEvent inQueue = read(LambdaEvents.sqs(created), SQSEvent.class);
        assertThat(inQueue.getRecords().get(0).getBody()).isEqualTo(created);
    }

    @Test
    void makesWhatAScheduleHandsOn() {
        assertThat(LambdaEvents.scheduled("Nightly", Instant.parse("2030-01-30T18:00:00Z"))
                        .toJson())
                .isEqualTo("{\"schedule\":\"Nightly\",\"scheduledTime\":\"2030-01-30T18:00:00Z\"}");
    }

    @Test
    void makesAPing() {
        assertThat(LambdaEvents.ping().toJson()).isEqualTo("{\"ashlar\":{\"ping\":{\"holdMillis\":0}}}");
    }

    private static <T> T read(LambdaEvent event, Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, LambdaEventsTest.class.getClassLoader())
                .fromJson(new ByteArrayInputStream(event.toJson().getBytes(UTF_8)));
    }
}
