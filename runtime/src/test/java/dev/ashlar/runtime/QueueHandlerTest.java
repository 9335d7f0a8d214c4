package dev.ashlar.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueHandlerTest {

    private static final String STANDARD = "arn:aws:sqs:ap-northeast-2:123456789012:orders";
    private static final String FIFO = STANDARD + ".fifo";

    private final List<String> processed = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    @Test
    void ofABatchWithoutFailuresNothingComesAgain() {
        assertThat(failures(message("1", "slate"), message("2", "basalt"))).isEmpty();
        assertThat(processed).containsExactly("1", "2");
        assertThat(log).isEmpty();
    }

    @Test
    void anEmptyBatchIsDoneWith() {
        assertThat(failures()).isEmpty();
    }

    @Test
    void whatFailsComesAgainAlone() {
        assertThat(failures(message("1", "slate"), message("2", "granite"), message("3", "basalt")))
                .containsExactly("2");
        assertThat(processed).containsExactly("1", "2", "3");
    }

    @Test
    void allMayFail() {
        assertThat(failures(message("1", "granite"), message("2", "granite"))).containsExactly("1", "2");
    }

    @Test
    void aFailureIsLoggedWithoutTheBody() {
        failures(message("1", "granite for Ms Lee"));

        assertThat(log).hasSize(1);
        assertThat(log.get(0))
                .startsWith("ERROR Message 1 failed, receive 3: java.io.IOException: Out of stone")
                .contains("at dev.ashlar.runtime.QueueHandlerTest")
                .doesNotContain("Lee");
    }

    @Test
    void inAFifoQueueTheRestOfTheGroupWaits() {
        assertThat(failures(
                        inGroup("1", "slate", "a", FIFO),
                        inGroup("2", "granite", "a", FIFO),
                        inGroup("3", "slate", "b", FIFO),
                        inGroup("4", "slate", "a", FIFO)))
                .containsExactly("2", "4");
        assertThat(processed).containsExactly("1", "2", "3");
        assertThat(log).hasSize(1);
    }

    @Test
    void inAFairStandardQueueGroupsHaveNoOrder() {
        assertThat(failures(inGroup("1", "granite", "a", STANDARD), inGroup("2", "slate", "a", STANDARD)))
                .containsExactly("1");
        assertThat(processed).containsExactly("1", "2");
    }

    @Test
    void anErrorEndsTheInvocation() {
        assertThatThrownBy(() -> failures(message("1", "lava"))).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void otherEventsAreRefused() {
        assertThatThrownBy(() -> handler().handleRequest(Map.of("detail", Map.of()), context()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event must be that of an SQS queue, got one without Records");
    }

    @Test
    void aRecordThatIsNoMessageFailsTheWholeBatch() {
        assertThatThrownBy(() -> failures(message("1", "slate"), Map.of("messageId", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event must have a text as body, got none");
        assertThat(processed).isEmpty();
    }

    @Test
    void aMessageTellsWhatItsSenderSaid() {
        Map<String, Object> fields = message("1", "slate");
        fields.put(
                "messageAttributes",
                Map.of(
                        "kind", Map.of("stringValue", "order", "dataType", "String"),
                        "total", Map.of("stringValue", "12", "dataType", "Number"),
                        "seal", Map.of("binaryValue", "AAEC", "dataType", "Binary")));

        QueueMessage message = QueueMessage.of(fields);

        assertThat(message.getMessageAttributes()).isEqualTo(Map.of("kind", "order", "total", "12"));
        assertThat(message.getReceiveCount()).isEqualTo(3);
        assertThat(message.getMessageGroupId()).isNull();
    }

    @Test
    void aMessageNeedsAnIdAndABodyAlone() {
        QueueMessage message = QueueMessage.of(Map.of("messageId", "1", "body", ""));

        assertThat(message.getBody()).isEmpty();
        assertThat(message.getReceiveCount()).isEqualTo(1);
        assertThat(message.getMessageAttributes()).isEmpty();
    }

    private List<String> failures(Map<?, ?>... records) {
        Map<String, Object> answer = handler().handleRequest(Map.of("Records", List.of(records)), context());
        assertThat(answer).containsOnlyKeys("batchItemFailures");
        List<?> failures = (List<?>) requireNonNull(answer.get("batchItemFailures"));
        return failures.stream()
                .map(failure -> (Map<?, ?>) failure)
                .peek(failure -> assertThat(failure).hasSize(1))
                .map(failure -> String.valueOf(failure.get("itemIdentifier")))
                .toList();
    }

    private QueueHandler handler() {
        return new QueueHandler() {
            @Override
            protected void process(QueueMessage message, Context context) throws IOException {
                processed.add(message.getMessageId());
                if (message.getBody().startsWith("granite")) {
                    throw new IOException("Out of stone");
                }
                if (message.getBody().equals("lava")) {
                    throw new StackOverflowError();
                }
            }
        };
    }

    private static Map<String, Object> message(String id, String body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("messageId", id);
        fields.put("receiptHandle", "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a");
        fields.put("body", body);
        fields.put("attributes", Map.of("ApproximateReceiveCount", "3", "SentTimestamp", "1545082649183"));
        fields.put("messageAttributes", Map.of());
        fields.put("eventSource", "aws:sqs");
        fields.put("eventSourceARN", STANDARD);
        return fields;
    }

    private static Map<String, Object> inGroup(String id, String body, String group, String queueArn) {
        Map<String, Object> fields = message(id, body);
        fields.put("attributes", Map.of("ApproximateReceiveCount", "1", "MessageGroupId", group));
        fields.put("eventSourceARN", queueArn);
        return fields;
    }

    private Context context() {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {
                log.add(message);
            }

            @Override
            public void log(byte[] message) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void log(String message, LogLevel level) {
                log.add(level + " " + message);
            }
        };
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getLogger")) {
                        return logger;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
