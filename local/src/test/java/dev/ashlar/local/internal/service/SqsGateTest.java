package dev.ashlar.local.internal.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqsGateTest {
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:000000000000:Shop-Orders";
    private static final String FAILED = "arn:aws:sqs:eu-west-1:000000000000:Shop-Failed";

    private Shop shop;
    private Map<String, Consumer<SqsClient>> calls;

    @BeforeAll
    void start() {
        List<String> resources = new ArrayList<>(List.of(
                """
                'Orders':{'Type':'AWS::SQS::Queue','Metadata':{'aws:cdk:path':'Shop/Orders/Queue/Resource'},'Properties':{
                  'VisibilityTimeout':7,'MessageRetentionPeriod':345600,'SqsManagedSseEnabled':true,
                  'RedrivePolicy':{'deadLetterTargetArn':{'Fn::GetAtt':['Failed','Arn']},'maxReceiveCount':1}}},
                'Failed':{'Type':'AWS::SQS::Queue','Properties':{'MessageRetentionPeriod':1209600}}
                """,
                """
                'Fifo':{'Type':'AWS::SQS::Queue','Properties':{'FifoQueue':true,'ContentBasedDeduplication':true}},
                'Elsewhere':{'Type':'AWS::SQS::Queue','Metadata':{'aws:cdk:path':'Shop/Elsewhere'},'Properties':{
                  'RedrivePolicy':{'deadLetterTargetArn':'arn:aws:sqs:eu-west-1:000000000000:Other','maxReceiveCount':3}}},
                'FifoPolicy':{'Type':'AWS::SQS::QueuePolicy','Properties':{'Queues':[{'Ref':'Fifo'}],'PolicyDocument':{'Statement':[
                  {'Effect':'Deny','Principal':'*','Action':'sqs:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'false'}}},
                  {'Effect':'Deny','Principal':'*','Action':'sqs:PurgeQueue','Resource':'*'}]}}}
                """,
                Shop.role("All", "sqs:* *"),
                Shop.role("None"),
                Shop.role("Mover", "sqs:*Message* " + FAILED, "sqs:GetQueueAttributes " + FAILED)));
        calls = new TreeMap<>(Map.of(
                "SendMessage",
                        client -> client.sendMessage(
                                send -> send.queueUrl(url("Orders")).messageBody("가")),
                "ReceiveMessage", client -> client.receiveMessage(receive -> receive.queueUrl(url("Orders"))),
                "DeleteMessage",
                        client -> client.deleteMessage(delete -> delete.queueUrl(url("Orders"))
                                .receiptHandle(receive().receiptHandle())),
                "ChangeMessageVisibility",
                        client -> client.changeMessageVisibility(change -> change.queueUrl(url("Orders"))
                                .receiptHandle(receive().receiptHandle())
                                .visibilityTimeout(60)),
                "GetQueueAttributes",
                        client -> client.getQueueAttributes(
                                get -> get.queueUrl(url("Orders")).attributeNames(QueueAttributeName.ALL)),
                "GetQueueUrl", client -> client.getQueueUrl(get -> get.queueName("Shop-Orders")),
                "PurgeQueue", client -> client.purgeQueue(purge -> purge.queueUrl(url("Orders")))));
        calls.keySet().forEach(action -> {
            resources.add(Shop.role("Only" + action, "sqs:" + action + " " + QUEUE));
            resources.add(Shop.role(
                    "No" + action,
                    calls.keySet().stream()
                            .filter(other -> !other.equals(action))
                            .map(other -> "sqs:" + other + " " + QUEUE)
                            .toArray(String[]::new)));
        });
        shop = Shop.start(String.join(",", resources));
    }

    @AfterAll
    void stop() {
        shop.close();
    }

    @BeforeEach
    void empty() {
        shop.services.reset();
        shop.log.clear();
    }

    static Stream<String> actions() {
        return Stream.of(
                "ChangeMessageVisibility",
                "DeleteMessage",
                "GetQueueAttributes",
                "GetQueueUrl",
                "PurgeQueue",
                "ReceiveMessage",
                "SendMessage");
    }

    @ParameterizedTest
    @MethodSource("actions")
    void onePermissionIsEnoughForACallAndNoneElseIs(String action) {
        assertThat(calls).containsOnlyKeys(actions().toList());
        Consumer<SqsClient> call = call(action);
        call.accept(shop.sqs("Only" + action));

        assertThatExceptionOfType(SqsException.class)
                .isThrownBy(() -> call.accept(shop.sqs("No" + action)))
                .satisfies(refused -> {
                    assertThat(refused.statusCode()).isEqualTo(403);
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .isEqualTo(
                                    "User: arn:aws:sts::000000000000:assumed-role/Shop-No%s/Shop-Web is not authorized to perform: sqs:%s on resource: %s because no identity-based policy allows the sqs:%2$s action",
                                    action, action.toLowerCase(Locale.ROOT), QUEUE);
                });
        assertThat(shop.log)
                .singleElement()
                .asString()
                .startsWith(
                        "[Shop/No" + action + "] sqs:" + action + " on " + QUEUE + " [Shop/Orders/Queue] was refused");
    }

    @Test
    void theLogHasTheMissingLine() {
        assertThatThrownBy(() -> call("SendMessage").accept(shop.sqs("None")));
        assertThatThrownBy(() -> call("ReceiveMessage").accept(shop.sqs("None")));

        assertThat(shop.log)
                .extracting(line -> line.substring(line.indexOf("; add")))
                .containsExactly("; add orders.grantSend(function)", "; add orders.grantConsume(function)");
    }

    @Test
    void batchesNeedWhatSingleMessagesDo() {
        List<SendMessageBatchRequestEntry> entries = List.of(
                SendMessageBatchRequestEntry.builder().id("1").messageBody("a").build(),
                SendMessageBatchRequestEntry.builder().id("2").messageBody("b").build());

        assertThat(shop.sqs("OnlySendMessage")
                        .sendMessageBatch(send -> send.queueUrl(url("Orders")).entries(entries))
                        .successful())
                .hasSize(2);

        assertThatThrownBy(() -> shop.sqs("NoSendMessage")
                        .sendMessageBatch(send -> send.queueUrl(url("Orders")).entries(entries)))
                .hasMessageContaining("sqs:sendmessage");
    }

    @Test
    void urlsAreThoseOfTheGate() {
        SqsClient client = shop.sqs("All");

        assertThat(client.getQueueUrl(get -> get.queueName("Shop-Orders")).queueUrl())
                .isEqualTo(shop.services.getQueueUrl("Shop-Orders"))
                .startsWith(shop.services.getEndpoint(Service.SQS).toString());
        assertThat(client.listQueues().queueUrls()).contains(url("Orders"), url("Failed"), url("Fifo") + ".fifo");
        assertThat(client.createQueue(create -> create.queueName("Made")).queueUrl())
                .isEqualTo(shop.services.getQueueUrl("Made"));
    }

    @Test
    void queuesAreAsTheTemplateHasThem() {
        assertThat(shop.sqs("All")
                        .getQueueAttributes(get -> get.queueUrl(url("Orders")).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "7")
                .containsEntry(QueueAttributeName.QUEUE_ARN, QUEUE);
        assertThat(shop.services.getReported())
                .containsExactly(
                        "[Shop/Elsewhere] its dead-letter queue arn:aws:sqs:eu-west-1:000000000000:Other is not in the"
                                + " templates: a message stays until it is processed or too old");
    }

    @Test
    void deadLettersAreMovedAndMovedBack() {
        SqsClient client = shop.sqs("All");
        client.sendMessage(send -> send.queueUrl(url("Orders")).messageBody("poison"));
        Message poison = client.receiveMessage(
                        receive -> receive.queueUrl(url("Orders")).visibilityTimeout(0))
                .messages()
                .get(0);
        client.receiveMessage(receive -> receive.queueUrl(url("Orders")));

        Message dead = await(client, "Failed");
        assertThat(dead.body()).isEqualTo(poison.body());
        client.changeMessageVisibility(change -> change.queueUrl(url("Failed"))
                .receiptHandle(dead.receiptHandle())
                .visibilityTimeout(0));

        assertThatThrownBy(() -> shop.sqs("Mover").startMessageMoveTask(move -> move.sourceArn(FAILED)))
                .hasMessageContaining("sqs:sendmessage on resource: " + QUEUE);
        assertThatThrownBy(() -> shop.sqs("OnlySendMessage").startMessageMoveTask(move -> move.sourceArn(FAILED)))
                .hasMessageContaining("sqs:startmessagemovetask on resource: " + FAILED);
        client.startMessageMoveTask(move -> move.sourceArn(FAILED));

        assertThat(await(client, "Orders").body()).isEqualTo("poison");
    }

    @Test
    void fifoQueuesKeepOrderAndDropRepetitions() {
        SqsClient client = shop.sqs("All");
        for (String body : List.of("1", "2", "2", "3")) {
            client.sendMessage(send ->
                    send.queueUrl(url("Fifo") + ".fifo").messageGroupId("g").messageBody(body));
        }

        assertThat(client.receiveMessage(receive ->
                                receive.queueUrl(url("Fifo") + ".fifo").maxNumberOfMessages(10))
                        .messages())
                .extracting(Message::body)
                .containsExactly("1", "2", "3");
    }

    @Test
    void policiesOfQueuesCount() {
        assertThatThrownBy(() -> shop.sqs("All").purgeQueue(purge -> purge.queueUrl(url("Fifo") + ".fifo")))
                .hasMessageContaining("sqs:purgequeue on resource: arn:aws:sqs:eu-west-1:000000000000:Shop-Fifo.fifo"
                        + " with an explicit deny in a resource-based policy");
        assertThat(shop.log).singleElement().asString().doesNotContain("; add");
    }

    @Test
    void olderClientsAreAnsweredInTheirOwnForm() throws Exception {
        String send = "Action=SendMessage&MessageBody=" + URLEncoder.encode("a & 가", UTF_8);

        HttpResponse<String> sent = form("OnlySendMessage", url("Orders"), send);
        HttpResponse<String> refused = form("NoSendMessage", url("Orders"), send);
        HttpResponse<String> asked =
                form("All", shop.services.getEndpoint(Service.SQS) + "/", "Action=GetQueueUrl&QueueName=Shop-Orders");

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        assertThat(await(shop.sqs("All"), "Orders").body()).isEqualTo("a & 가");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains(
                        "<Code>AccessDenied</Code><Message>User: arn:aws:sts::000000000000:assumed-role/Shop-NoSendMessage/Shop-Web"
                                + " is not authorized to perform: sqs:sendmessage on resource: " + QUEUE);
        assertThat(asked.body()).contains("<QueueUrl>" + url("Orders") + "</QueueUrl>");
    }

    @Test
    void unsignedRequestsAreRefused() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url("Orders")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("Action=ReceiveMessage"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }

    private HttpResponse<String> form(String role, String url, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + shop.accessKey(role) + "/20260101/eu-west-1/sqs/aws4_request")
                .POST(BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** {@return a message that was sent and received just now} */
    private Message receive() {
        SqsClient client = shop.sqs("All");
        client.sendMessage(send -> send.queueUrl(url("Orders")).messageBody("received"));
        return client.receiveMessage(receive -> receive.queueUrl(url("Orders")))
                .messages()
                .get(0);
    }

    private Message await(SqsClient client, String queue) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(deadline)) {
            List<Message> messages = client.receiveMessage(
                            receive -> receive.queueUrl(url(queue)).waitTimeSeconds(1))
                    .messages();
            if (!messages.isEmpty()) {
                return messages.get(0);
            }
        }
        throw new AssertionError("No message came into " + queue);
    }

    private String url(String queue) {
        return shop.services.getQueueUrl("Shop-" + queue);
    }

    private Consumer<SqsClient> call(String action) {
        return Objects.requireNonNull(calls.get(action));
    }
}
