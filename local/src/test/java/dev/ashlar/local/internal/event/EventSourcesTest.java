package dev.ashlar.local.internal.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.Clients;
import dev.ashlar.local.LocalSqs;
import dev.ashlar.local.internal.lambda.Invocation;
import dev.ashlar.local.internal.lambda.Invocation.Outcome;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Addresses;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.PhysicalNames;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class EventSourcesTest {
    private static final Account ACCOUNT = new Account(LocalSqs.ACCOUNT, Clients.REGION.id());
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T18:00:05Z"), ZoneOffset.UTC);
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:000000000000:function:Shop-Function:live";
    private static final int SECONDS = 30;

    private static LocalSqs sqs;
    private static SqsClient client;
    private static int tests;

    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private Function<JsonNode, Invocation> function = event -> returned("{}");
    private String orders;
    private String dead;
    private @Nullable EventSources running;

    @BeforeAll
    static void startSqs() {
        sqs = LocalSqs.start(ACCOUNT.region());
        client = Clients.at(sqs.getEndpoint(), SqsClient.builder());
    }

    @AfterAll
    static void stopSqs() {
        client.close();
        sqs.close();
    }

    @BeforeEach
    void createQueues() {
        tests++;
        dead = client.createQueue(queue -> queue.queueName("dead-" + tests)).queueUrl();
        String arn = client.getQueueAttributes(get -> get.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        orders = client.createQueue(queue -> queue.queueName("orders-" + tests)
                        .attributes(Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":\"3\"}")))
                .queueUrl();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void handsMessagesToTheFunctionAndDeletesThem() throws Exception {
        start(MAPPING);

        client.sendMessage(send -> send.queueUrl(orders).messageBody("{\"id\":1}"));

        JsonNode record = next().path("Records").path(0);
        assertThat(record.path("body").asText()).isEqualTo("{\"id\":1}");
        assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(record.path("eventSourceARN").asText()).isEqualTo(arn("orders"));
        assertThat(record.path("awsRegion").asText()).isEqualTo("eu-central-1");
        assertThat(record.path("attributes").path("ApproximateReceiveCount").asText())
                .isEqualTo("1");
        awaitEmpty(orders);
    }

    @Test
    void whatIsReportedComesAgainAndEndsAmongTheDeadLetters() throws Exception {
        function = event -> {
            List<String> failures = event.path("Records")
                    .valueStream()
                    .filter(record -> record.path("body").asText().equals("poison"))
                    .map(record ->
                            "{\"itemIdentifier\":\"" + record.path("messageId").asText() + "\"}")
                    .toList();
            return returned("{\"batchItemFailures\":[" + String.join(",", failures) + "]}");
        };
        start(MAPPING);

        client.sendMessage(send -> send.queueUrl(orders).messageBody("poison"));
        client.sendMessage(send -> send.queueUrl(orders).messageBody("good"));

        assertThat(awaitMessage(dead).body()).isEqualTo("poison");
        awaitEmpty(orders);
        assertThat(events.stream()
                        .flatMap(event -> event.path("Records").valueStream())
                        .filter(record -> record.path("body").asText().equals("poison")))
                .hasSize(3);
        assertThat(log).filteredOn(line -> line.contains("failed, receive 3")).hasSize(1);
    }

    @Test
    void aFailedInvocationFailsTheWholeBatch() throws Exception {
        function = event -> new Invocation(Outcome.FAILED, "{}".getBytes(UTF_8));
        start(MAPPING);

        client.sendMessage(send -> send.queueUrl(orders).messageBody("one"));

        assertThat(awaitMessage(dead).body()).isEqualTo("one");
    }

    @Test
    void anAnswerThatNamesAnotherMessageFailsTheWholeBatch() throws Exception {
        function = event -> returned("{\"batchItemFailures\":[{\"itemIdentifier\":\"another\"}]}");
        start(MAPPING);

        client.sendMessage(send -> send.queueUrl(orders).messageBody("one"));

        assertThat(awaitMessage(dead).body()).isEqualTo("one");
        assertThat(log).anyMatch(line -> line.contains("names a message that is not in the batch"));
    }

    @Test
    void whatMatchesNoFilterIsDeleted() throws Exception {
        start(MAPPING.replace(
                "'BatchSize':10",
                "'BatchSize':10,'FilterCriteria':{'Filters':[{'Pattern':'{\\\"body\\\":{\\\"paid\\\":[true]}}'}]}"));

        client.sendMessage(send -> send.queueUrl(orders).messageBody("{\"paid\":false}"));
        client.sendMessage(send -> send.queueUrl(orders).messageBody("{\"paid\":true}"));

        assertThat(next().path("Records")).hasSize(1);
        awaitEmpty(orders);
        assertThat(events).isEmpty();
        assertThat(log).anyMatch(line -> line.contains("matches no filter and is deleted"));
    }

    @Test
    void objectsOfABucketWithEventsReachTheRulesTarget() throws Exception {
        start("""
                'Bucket':{'Type':'AWS::S3::Bucket','Properties':{'BucketName':'uploads',
                  'NotificationConfiguration':{'EventBridgeConfiguration':{'EventBridgeEnabled':true}}}},
                'Silent':{'Type':'AWS::S3::Bucket','Properties':{'BucketName':'silent'}},
                'Rule':{'Type':'AWS::Events::Rule','Properties':{'EventPattern':{'source':['aws.s3'],
                  'detail-type':['Object Created'],
                  'detail':{'object':{'key':[{'wildcard':'in/*.jpg'}]}}},
                  'Targets':[{'Id':'T','Arn':'ORDERS'}]}}
                """);

        sources()
                .objectChanged(
                        "silent", "in/a.jpg", Optional.of(1L), Optional.empty(), Optional.empty(), "01", "PutObject");
        sources()
                .objectChanged(
                        "uploads", "in/a.png", Optional.of(1L), Optional.empty(), Optional.empty(), "02", "PutObject");
        sources()
                .objectChanged(
                        "uploads",
                        "in/a.jpg",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "03",
                        "DeleteObject");
        sources()
                .objectChanged(
                        "uploads",
                        "in/a b+가.jpg",
                        Optional.of(7L),
                        Optional.of("e"),
                        Optional.empty(),
                        "04",
                        "PutObject");

        JsonNode event = Json.parse(awaitMessage(orders).body());
        assertThat(event.path("detail").path("object").path("key").asText()).isEqualTo("in/a b+가.jpg");
        assertThat(event.path("detail").path("object").path("size").asLong()).isEqualTo(7);
        assertThat(event.path("time").asText()).isEqualTo("2026-01-01T18:00:05Z");
        awaitEmpty(orders);
    }

    @Test
    void aScheduleIsFiredByNameAndFillsInItsTime() throws Exception {
        start(SCHEDULE);

        sources().fire("Nightly");

        assertThat(next()).isEqualTo(json("{'schedule':'Nightly','scheduledTime':'2026-01-01T18:00:05Z'}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources().fire("Weekly"))
                .withMessage("--fire must name one schedule, got Weekly; there are Shop/Report/Nightly");
        assertThat(sources().getListing())
                .containsExactly("schedule  Shop/Report/Nightly cron(0 3 * * ? *) Asia/Seoul");
    }

    @Test
    void aTaskWithSeveralSchedulesIsFiredByTheFirst() throws Exception {
        start(SCHEDULE + "," + SCHEDULE.replace("Nightly", "Weekly"));

        sources().fire("Report");
        sources().fire("Shop");
        sources().fire("Weekly");

        List<String> fired = List.of(
                next().path("schedule").asText(),
                next().path("schedule").asText(),
                next().path("schedule").asText());
        assertThat(fired).containsExactlyInAnyOrder("Nightly", "Nightly", "Weekly");
    }

    @Test
    void schedulesOfDifferentFunctionsAreNotFiredByOneName() throws Exception {
        start(SCHEDULE + ","
                + SCHEDULE.replace("'Nightly':", "'Weekly':")
                        .replace("Report/Nightly", "Report/Weekly")
                        .replace("{'Ref':'Alias'}", "'DEAD'"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources().fire("Report"))
                .withMessage(
                        "--fire must name one schedule, got Report; there are Shop/Report/Nightly, Shop/Report/Weekly");
    }

    @Test
    void withoutSchedulesNothingIsFired() throws Exception {
        start(MAPPING);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources().fire("Report"))
                .withMessage("--fire must name one schedule, got Report; there is none");
    }

    @Test
    void aScheduleRunsWhenItsTimeHasCome() throws Exception {
        Clock almost = Clock.offset(
                Clock.systemUTC(), java.time.Duration.between(Instant.now(), Instant.parse("2026-01-01T17:59:58Z")));

        start(SCHEDULE, almost);

        assertThat(next()).isEqualTo(json("{'schedule':'Nightly','scheduledTime':'2026-01-01T18:00:00Z'}"));
    }

    @Test
    void whatFailsEachTimeGoesWhereTheAliasSays() throws Exception {
        function = event -> new Invocation(Outcome.FAILED, "{\"errorMessage\":\"no\"}".getBytes(UTF_8));
        start("""
                'Config':{'Type':'AWS::Lambda::EventInvokeConfig','Properties':{'FunctionName':{'Ref':'Function'},
                  'Qualifier':'live','MaximumRetryAttempts':1,'DestinationConfig':{'OnFailure':{'Destination':'DEAD'}}}},
                """ + SCHEDULE);

        sources().fire("Nightly");

        JsonNode record = Json.parse(awaitMessage(dead).body());
        assertThat(record.path("requestContext").path("condition").asText()).isEqualTo("RetriesExhausted");
        assertThat(record.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(2);
        assertThat(record.path("requestContext").path("functionArn").asText()).isEqualTo(FUNCTION);
        assertThat(record.path("requestPayload").path("schedule").asText()).isEqualTo("Nightly");
        assertThat(record.path("responsePayload").path("errorMessage").asText()).isEqualTo("no");
        assertThat(events).hasSize(2);
    }

    @Test
    void whatIsPublishedReachesSubscribers() throws Exception {
        start("""
                'Topic':{'Type':'AWS::SNS::Topic'},
                'ByMail':{'Type':'AWS::SNS::Subscription','Properties':{'Protocol':'email','Endpoint':'a@example.com',
                  'TopicArn':{'Ref':'Topic'}}},
                'ByQueue':{'Type':'AWS::SNS::Subscription','Properties':{'Protocol':'sqs','Endpoint':'DEAD',
                  'TopicArn':{'Ref':'Topic'}}},
                'ByFunction':{'Type':'AWS::SNS::Subscription','Properties':{'Protocol':'lambda',
                  'Endpoint':{'Ref':'Alias'},'TopicArn':{'Ref':'Topic'}}}
                """);

        sources()
                .published(
                        "arn:aws:sns:eu-central-1:000000000000:Shop-Topic",
                        "Report",
                        "12 notes",
                        Map.of("kind", "nightly"));
        sources().published("arn:aws:sns:eu-central-1:000000000000:Other", "Report", "13 notes", Map.of());

        assertThat(next().path("Records").path(0).path("Sns").path("Message").asText())
                .isEqualTo("12 notes");
        assertThat(Json.parse(awaitMessage(dead).body()).path("Subject").asText())
                .isEqualTo("Report");
        assertThat(sources().getReported())
                .containsExactly("[ByMail] nothing is sent by email here: the subscriber gets no messages");
    }

    @Test
    void saysWhatIsNotRun() throws Exception {
        start("""
                'Stream':{'Type':'AWS::Lambda::EventSourceMapping','Properties':{'FunctionName':{'Ref':'Alias'},
                  'EventSourceArn':'arn:aws:kinesis:eu-central-1:000000000000:stream/s'}},
                'OtherBus':{'Type':'AWS::Events::Rule','Properties':{'EventBusName':'partners','EventPattern':{'source':['p']},
                  'Targets':[{'Id':'T','Arn':'DEAD'}]}},
                'Direct':{'Type':'Custom::S3BucketNotifications','Properties':{'BucketName':'uploads',
                  'NotificationConfiguration':{'QueueConfigurations':[{'Events':['s3:ObjectCreated:*'],'QueueArn':'DEAD'}]}}},
                'Unknown':{'Type':'AWS::Scheduler::Schedule','Properties':{'ScheduleExpression':{'Ref':'When'},
                  'Target':{'Arn':{'Ref':'Alias'}}}},
                'Steps':{'Type':'AWS::Events::Rule','Properties':{'EventPattern':{'source':['p']},
                  'Targets':[{'Id':'T','Arn':'arn:aws:states:eu-central-1:000000000000:stateMachine:s'},
                    {'Id':'U','Arn':'DEAD','InputPath':'$.detail'}]}}
                """);

        assertThat(sources().getReported())
                .containsExactlyInAnyOrder(
                        "[Direct] the bucket tells of its objects by EventBridge alone here: functions, queues and topics"
                                + " that it is to notify itself get nothing",
                        "[Unknown] is not run here: [Shop] Ref When cannot be resolved here: the template has no such"
                                + " resource, or its condition does not hold",
                        "[Stream] the event source arn:aws:kinesis:eu-central-1:000000000000:stream/s is not run here: its"
                                + " function is not invoked",
                        "[OtherBus] the event bus partners is not run here: the rule gets no events",
                        "[Steps] target arn:aws:states:eu-central-1:000000000000:stateMachine:s is not run here: it gets no"
                                + " events",
                        "[Steps] target " + arn("dead")
                                + " has an input that is transformed, which is not done here: it gets no events");
    }

    private static final String MAPPING = """
            'Mapping':{'Type':'AWS::Lambda::EventSourceMapping','Properties':{'FunctionName':{'Ref':'Alias'},
              'EventSourceArn':'ORDERS','BatchSize':10,'FunctionResponseTypes':['ReportBatchItemFailures']}}
            """;

    private static final String SCHEDULE = """
            'Nightly':{'Type':'AWS::Scheduler::Schedule','Metadata':{'aws:cdk:path':'Shop/Report/Nightly/Resource'},
              'Properties':{'ScheduleExpression':'cron(0 3 * * ? *)','ScheduleExpressionTimezone':'Asia/Seoul',
              'Target':{'Arn':{'Ref':'Alias'},
                'Input':'{\\"schedule\\":\\"Nightly\\",\\"scheduledTime\\":\\"<aws.scheduler.scheduled-time>\\"}'}}}
            """;

    private void start(String resources) throws JsonProcessingException {
        start(resources, CLOCK);
    }

    private void start(String resources, Clock clock) throws JsonProcessingException {
        String all = "{'Resources':{'Function':{'Type':'AWS::Lambda::Function'},"
                + "'Alias':{'Type':'AWS::Lambda::Alias','Properties':{'FunctionName':{'Ref':'Function'},'Name':'live'}},"
                + resources.replace("ORDERS", arn("orders")).replace("DEAD", arn("dead")) + "}}";
        AssemblyStack stack = new AssemblyStack(
                "Shop", "Shop", "aws://unknown-account/eu-central-1", Path.of("."), json(all), Map.of(), Map.of());
        Template template = new Template(
                stack, ACCOUNT, self -> new PhysicalNames(self, ACCOUNT, new NoAddresses()), name -> Optional.empty());
        running = EventSources.start(
                List.of(template),
                ACCOUNT,
                (arn, payload) -> {
                    assertThat(arn).isEqualTo(FUNCTION);
                    JsonNode event = json(new String(payload, UTF_8));
                    events.add(event);
                    return function.apply(event);
                },
                sqs.getEndpoint(),
                clock,
                (path, text) -> log.add("[" + path + "] " + text));
    }

    private EventSources sources() {
        return Objects.requireNonNull(running);
    }

    private static String arn(String queue) {
        return "arn:aws:sqs:eu-central-1:000000000000:" + queue + "-" + tests;
    }

    private JsonNode next() throws InterruptedException {
        JsonNode event = events.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("event; log: " + log).isNotNull();
        return event;
    }

    private static Message awaitMessage(String queue) {
        for (int i = 0; i < SECONDS; i++) {
            List<Message> messages = client.receiveMessage(
                            receive -> receive.queueUrl(queue).waitTimeSeconds(1))
                    .messages();
            if (!messages.isEmpty()) {
                client.deleteMessage(delete ->
                        delete.queueUrl(queue).receiptHandle(messages.get(0).receiptHandle()));
                return messages.get(0);
            }
        }
        throw new AssertionError("no message in " + queue);
    }

    private static void awaitEmpty(String queue) throws InterruptedException {
        for (int i = 0; i < SECONDS * 10; i++) {
            var counts = client.getQueueAttributes(get -> get.queueUrl(queue)
                            .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes()
                    .values();
            if (counts.stream().allMatch("0"::equals)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError(queue + " is not empty");
    }

    private static Invocation returned(String payload) {
        return new Invocation(Outcome.RETURNED, payload.getBytes(UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.startsWith("{'") ? text.replace('\'', '"') : text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private record NoAddresses() implements Addresses {
        @Override
        public String queue(String name) {
            return "http://queues/" + name;
        }

        @Override
        public String api(Resource api) {
            return "http://apis";
        }

        @Override
        public String distribution(Resource distribution) {
            return "localhost";
        }
    }
}
