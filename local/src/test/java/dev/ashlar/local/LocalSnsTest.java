package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResultEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.SnsException;

class LocalSnsTest {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:000000000000:reports";

    private LocalSns sns;
    private SnsClient client;

    @BeforeEach
    void start() {
        sns = LocalSns.start();
        client = Clients.at(sns.getEndpoint(), SnsClient.builder());
    }

    @AfterEach
    void stop() {
        client.close();
        sns.close();
    }

    @Test
    void answersOnTheLoopbackInterfaceUntilItIsClosed() throws Exception {
        Loopback.assertOnly(sns.getEndpoint());

        sns.close();

        Loopback.assertGone(sns.getEndpoint());
    }

    @Test
    void tellsWhatWasPublished() {
        String text = "\uc548\ub155 & <b>\"quoted\"</b>\n\n100 % + a=b \uD83D\uDE00";

        String id = client.publish(request -> request.topicArn(TOPIC)
                        .subject("Good news")
                        .message(text)
                        .messageAttributes(Map.of(
                                "kind", attribute("String", "report"),
                                "notes", attribute("Number", "12"),
                                "seal",
                                        MessageAttributeValue.builder()
                                                .dataType("Binary")
                                                .binaryValue(SdkBytes.fromUtf8String("wax"))
                                                .build())))
                .messageId();

        assertThat(id).matches("[0-9a-f-]{36}");
        assertThat(sns.getPublished())
                .containsExactly(new SnsMessage(
                        TOPIC, "Good news", text, Map.of("kind", "report", "notes", "12", "seal", "d2F4")));
    }

    @Test
    void aMessageNeedsNoSubjectAndNoAttributes() {
        client.publish(request -> request.targetArn(TOPIC).message("x"));

        assertThat(sns.getPublished()).containsExactly(new SnsMessage(TOPIC, null, "x", Map.of()));
    }

    @Test
    void keepsTheOrder() {
        for (String text : List.of("one", "two", "three")) {
            client.publish(request -> request.topicArn(TOPIC).message(text));
        }

        assertThat(sns.getPublished()).extracting(SnsMessage::message).containsExactly("one", "two", "three");
    }

    @Test
    void refusesEmptyMessages() {
        assertRefused(request -> request.message(""), "InvalidParameter", "Invalid parameter: Empty message");
    }

    @Test
    void limitsMessagesByBytes() {
        String half = "\u00e9";
        Map<String, MessageAttributeValue> attributes = Map.of("kind", attribute("String", "report"));

        client.publish(
                request -> request.topicArn(TOPIC).message(half.repeat(131_072)).build());
        client.publish(
                request -> request.topicArn(TOPIC).message("x".repeat(262_128)).messageAttributes(attributes));
        assertRefused(
                request -> request.message(half.repeat(131_072) + "x"),
                "InvalidParameter",
                "Invalid parameter: Message too long");
        assertRefused(
                request -> request.message("x".repeat(262_129)).messageAttributes(attributes),
                "InvalidParameter",
                "Invalid parameter: Message too long");
        assertThat(sns.getPublished()).hasSize(2);
    }

    @Test
    void limitsSubjects() {
        client.publish(request -> request.topicArn(TOPIC).message("x").subject("s".repeat(99)));

        for (String subject : List.of("", "s".repeat(100), "two\nlines", "a\ttab")) {
            assertRefused(
                    request -> request.message("x").subject(subject), "InvalidParameter", "Invalid parameter: Subject");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reports", "arn:aws:sqs:eu-central-1:000000000000:reports", TOPIC + ".fifo", TOPIC + ":1"})
    void knowsStandardTopicsAlone(String topic) {
        assertRefused(
                request -> request.topicArn(topic).message("x"),
                "InvalidParameter",
                "Invalid parameter: TopicArn Reason: only standard topics are known here");
    }

    @Test
    void refusesMessagesToNobody() {
        assertRefused(
                request -> request.topicArn(null).phoneNumber("+821012345678").message("x"),
                "InvalidParameter",
                "Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter");
    }

    @Test
    void refusesMessagesByProtocol() {
        assertRefused(
                request -> request.message("{\"default\": \"x\"}").messageStructure("json"),
                "InvalidParameter",
                "Invalid parameter: MessageStructure Reason: only one text for all protocols is known here");
    }

    @Test
    void refusesAttributesWithoutATypeOrAValue() {
        for (MessageAttributeValue wrong : List.of(attribute("Text", "report"), attribute("String", ""))) {
            assertRefused(
                    request -> request.message("x").messageAttributes(Map.of("kind", wrong)),
                    "ParameterValueInvalid",
                    "The message attribute 'kind' must contain a name, a type of String, String.Array, Number or Binary,"
                            + " and a value of it.");
        }
    }

    @Test
    void publishesBatches() {
        var answer = client.publishBatch(request -> request.topicArn(TOPIC)
                .publishBatchRequestEntries(entry("a", "one"), entry("b", ""), entry("c", "three")));

        assertThat(answer.successful()).extracting(PublishBatchResultEntry::id).containsExactly("a", "c");
        assertThat(answer.failed())
                .containsExactly(BatchResultErrorEntry.builder()
                        .id("b")
                        .code("InvalidParameter")
                        .message("Invalid parameter: Empty message")
                        .senderFault(true)
                        .build());
        assertThat(sns.getPublished()).extracting(SnsMessage::message).containsExactly("one", "three");
    }

    @Test
    void limitsBatches() {
        String half = "x".repeat(131_072);

        client.publishBatch(
                request -> request.topicArn(TOPIC).publishBatchRequestEntries(entry("a", half), entry("b", half)));

        assertBatchRefused(
                List.of(entry("a", half), entry("b", half + "x")),
                "BatchRequestTooLong",
                "The length of all the batch messages put together is more than the limit.");
        assertBatchRefused(List.of(), "EmptyBatchRequest", "The batch request doesn't contain any entries.");
        assertBatchRefused(
                IntStream.rangeClosed(1, 11).mapToObj(id -> entry("" + id, "x")).toList(),
                "TooManyEntriesInBatchRequest",
                "The batch request contains more entries than permissible.");
        assertBatchRefused(
                List.of(entry("a", "x"), entry("a", "y")),
                "BatchEntryIdsNotDistinct",
                "Two or more batch entries in the request have the same Id.");
        assertBatchRefused(
                List.of(entry("a b", "x")),
                "InvalidBatchEntryId",
                "The Id of a batch entry in a batch request doesn't abide by the specification.");
        assertThat(sns.getPublished()).hasSize(2);
    }

    @Test
    void otherActionsAreInvalid() {
        assertThatThrownBy(() -> client.createTopic(request -> request.name("reports")))
                .isInstanceOfSatisfying(SnsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction");
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("The action CreateTopic is not valid for this endpoint.");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "'', InvalidAction",
        "Action, InvalidAction",
        "Action=Publish&Message=%zz, MalformedQueryString",
    })
    void whatIsNoRequestIsAnsweredToo(String body, String code) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(sns.getEndpoint())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();

        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<Error><Type>Sender</Type><Code>" + code + "</Code>");
    }

    private void assertRefused(Consumer<PublishRequest.Builder> request, String code, String message) {
        int before = sns.getPublished().size();

        assertThatThrownBy(() -> client.publish(PublishRequest.builder()
                        .topicArn(TOPIC)
                        .applyMutation(request)
                        .build()))
                .isInstanceOfSatisfying(SnsException.class, e -> {
                    assertThat(e.statusCode()).isEqualTo(400);
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
                });
        assertThat(sns.getPublished()).hasSize(before);
    }

    private void assertBatchRefused(List<PublishBatchRequestEntry> entries, String code, String message) {
        assertThatThrownBy(() ->
                        client.publishBatch(request -> request.topicArn(TOPIC).publishBatchRequestEntries(entries)))
                .isInstanceOfSatisfying(SnsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
                });
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }

    private static PublishBatchRequestEntry entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message).build();
    }
}
