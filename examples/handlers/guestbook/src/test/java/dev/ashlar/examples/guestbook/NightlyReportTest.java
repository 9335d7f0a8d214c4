package dev.ashlar.examples.guestbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.local.LocalS3;
import dev.ashlar.local.LocalSns;
import dev.ashlar.local.SnsMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;

class NightlyReportTest {

    private static final String TOPIC = "arn:aws:sns:eu-central-1:000000000000:reports";
    private static final String NIGHT = "2026-11-20T18:00:00Z";
    private static final String KEY = "reports/nightly/2026-11-20.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static LocalTables tables;
    private static LocalS3 s3;
    private static S3Client s3Client;

    private LocalSns sns;
    private SnsClient snsClient;
    private String table;
    private String bucket;
    private Notes notes;

    @BeforeAll
    static void start() {
        tables = new LocalTables();
        s3 = LocalS3.start();
        s3Client = Clients.at(s3.getEndpoint(), S3Client.builder().forcePathStyle(true));
    }

    @AfterAll
    static void stop() {
        s3Client.close();
        s3.close();
        tables.close();
    }

    @BeforeEach
    void create() {
        sns = LocalSns.start();
        snsClient = Clients.at(sns.getEndpoint(), SnsClient.builder());
        table = tables.create();
        bucket = "reports-of-" + table;
        s3Client.createBucket(request -> request.bucket(bucket));
        notes = new Notes(tables.client(), table);
    }

    @AfterEach
    void close() {
        snsClient.close();
        sns.close();
    }

    @Test
    void keepsTheReportOfADayAndPublishesIt() throws Exception {
        write("2026-11-20T00:30:00Z", "Ada", "Good morning");
        write("2026-11-20T12:05:00Z", "Grace", "Good evening");

        String key = report("nightly", NIGHT);

        assertThat(key).isEqualTo(KEY);
        assertThat(object(key).response().contentType()).isEqualTo("application/json");
        assertThat(json(key).get("notes").intValue()).isEqualTo(2);
        assertThat(json(key).get("newest").findValuesAsText("text")).containsExactly("Good evening", "Good morning");
        assertThat(sns.getPublished())
                .containsExactly(
                        new SnsMessage(TOPIC, "Guestbook: 2 notes on 2026-11-20", """
                        2 notes by 2 authors.
                        The busiest hour began at 2026-11-20T09:00+09:00: 1 note.

                        Grace at 2026-11-20T21:05+09:00:
                        Good evening

                        Ada at 2026-11-20T09:30+09:00:
                        Good morning

                        In full: s3://%s/reports/nightly/2026-11-20.json
                        """.formatted(bucket), Map.of()));
    }

    @Test
    void aDayBeginsAndEndsInSeoul() throws Exception {
        write("2026-11-19T14:59:59.999Z", "Ada", "the day before");
        write("2026-11-19T15:00:00Z", "Ada", "first");
        write("2026-11-20T14:59:59.999Z", "Ada", "last");
        write("2026-11-20T15:00:00Z", "Ada", "the day after");

        assertThat(json(report("nightly", NIGHT)).findValuesAsText("text")).containsExactly("last", "first");
    }

    @Test
    void aWeekIsSevenDays() throws Exception {
        write("2026-11-15T14:59:59.999Z", "Ada", "the week before");
        write("2026-11-15T15:00:00Z", "Ada", "Monday");
        write("2026-11-22T14:59:59.999Z", "Ada", "Sunday");
        write("2026-11-22T15:00:00Z", "Ada", "the week after");

        String key = report("weekly", "2026-11-22T18:30:00Z");

        assertThat(key).isEqualTo("reports/weekly/2026-11-22.json");
        assertThat(json(key).findValuesAsText("text")).containsExactly("Sunday", "Monday");
        assertThat(sns.getPublished())
                .extracting(SnsMessage::subject)
                .containsExactly("Guestbook: 2 notes from 2026-11-16 to 2026-11-22");
    }

    @Test
    void reportsThatNobodyWrote() throws Exception {
        String key = report("nightly", NIGHT);

        assertThat(json(key).get("notes").intValue()).isZero();
        assertThat(sns.getPublished())
                .containsExactly(new SnsMessage(
                        TOPIC,
                        "Guestbook: 0 notes on 2026-11-20",
                        "0 notes by 0 authors.\n\nIn full: s3://" + bucket + "/" + KEY + "\n",
                        Map.of()));
    }

    @Test
    void readsAllPages() throws Exception {
        // 3000 notes of 1000 characters: a query answers with at most 1 MB.
        Instant morning = Instant.parse("2026-11-20T00:00:00Z");
        List<WriteRequest> requests = IntStream.range(0, 3000)
                .mapToObj(i -> item(NoteId.at(morning.plusSeconds(i)), "Author " + i % 7, "x".repeat(1000)))
                .toList();
        for (int i = 0; i < requests.size(); i += 25) {
            Map<String, List<WriteRequest>> batch = Map.of(table, requests.subList(i, i + 25));
            tables.client().batchWriteItem(request -> request.requestItems(batch));
        }

        JsonNode report = json(report("nightly", NIGHT));

        assertThat(report.get("notes").intValue()).isEqualTo(3000);
        assertThat(report.get("authors").intValue()).isEqualTo(7);
        assertThat(report.get("busiestHour").get("notes").intValue()).isEqualTo(3000);
        assertThat(report.get("busiestHour").get("start").asText()).isEqualTo("2026-11-20T09:00+09:00");
        assertThat(report.get("newest")).hasSize(Summary.NEWEST);
    }

    // What happens when something goes wrong

    @Test
    void theSameRunOnceMoreLeavesTheSameObject() throws Exception {
        write("2026-11-20T00:30:00Z", "Ada", "Hello");
        byte[] first = object(report("nightly", NIGHT)).asByteArray();

        byte[] second = object(report("nightly", NIGHT)).asByteArray();

        assertThat(second).isEqualTo(first);
        assertThat(keys()).containsExactly(KEY);
        assertThat(sns.getPublished()).hasSize(2);
    }

    @Test
    void aRunThatFailsBetweenObjectAndMessageIsMadeGoodByTheNextAttempt() throws Exception {
        write("2026-11-20T00:30:00Z", "Ada", "Hello");

        assertThatExceptionOfType(SnsException.class).isThrownBy(() -> report("arn:aws:sns:nowhere", "nightly", NIGHT));
        assertThat(keys()).containsExactly(KEY);
        assertThat(sns.getPublished()).isEmpty();

        report("nightly", NIGHT);

        assertThat(keys()).containsExactly(KEY);
        assertThat(sns.getPublished()).hasSize(1);
    }

    @Test
    void nothingIsPublishedThatIsNotKept() {
        s3Client.deleteBucket(request -> request.bucket(bucket));

        assertThatExceptionOfType(NoSuchBucketException.class).isThrownBy(() -> report("nightly", NIGHT));
        assertThat(sns.getPublished()).isEmpty();
    }

    @Test
    void anEventThatIsNoScheduleFailsAndLeavesNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report("hourly", NIGHT))
                .withMessage("schedule must be nightly or weekly, got hourly");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report("nightly", "yesterday"))
                .withMessage("scheduledTime must be a time such as 2026-11-20T18:00:00Z, got yesterday");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handler(TOPIC).handleRequest(Map.of("schedule", "nightly"), new FakeContext()))
                .withMessage("scheduledTime must be a time such as 2026-11-20T18:00:00Z, got null");
        assertThat(keys()).isEmpty();
        assertThat(sns.getPublished()).isEmpty();
    }

    @Test
    void theLongestSubjectIsOneThatSnsTakes() {
        Period week = new Period("weekly", LocalDate.of(2026, 11, 16), LocalDate.of(2026, 11, 22));

        String subject = NightlyReport.subject(week, Integer.MAX_VALUE);

        assertThat(subject)
                .isEqualTo("Guestbook: 2147483647 notes from 2026-11-16 to 2026-11-22")
                .hasSizeLessThan(100);
    }

    // How Lambda makes the handler

    @Test
    void findsEverythingInTheEnvironment() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("aws.region", Clients.REGION.id());
        settings.put("aws.accessKeyId", Clients.ACCESS_KEY);
        settings.put("aws.secretAccessKey", Clients.SECRET_KEY);
        settings.put("aws.endpointUrlDynamoDb", tables.endpoint().toString());
        settings.put("aws.endpointUrlS3", s3.getEndpoint().toString());
        settings.put("aws.endpointUrlSns", sns.getEndpoint().toString());
        settings.forEach(System::setProperty);
        try {
            NightlyReport handler = new NightlyReport(
                    new Environment(Map.of("NOTES_TABLE", table, "REPORTS_BUCKET", bucket, "REPORTS_TOPIC", TOPIC)));

            handler.handleRequest(Map.of("schedule", "nightly", "scheduledTime", NIGHT), new FakeContext());
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
        assertThat(keys()).containsExactly(KEY);
        assertThat(sns.getPublished()).hasSize(1);
    }

    @Test
    void failsAtOnceWithoutABucketOrATopic() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new NightlyReport(new Environment(Map.of())))
                .withMessage(
                        "REPORTS_BUCKET must be the name of the bucket for reports, got null; set it in the function's"
                                + " environment");
        assertThatIllegalStateException()
                .isThrownBy(() -> new NightlyReport(new Environment(Map.of("REPORTS_BUCKET", "reports"))))
                .withMessage(
                        "REPORTS_TOPIC must be the ARN of the topic for reports, got null; set it in the function's"
                                + " environment");
    }

    private NightlyReport handler(String topic) {
        return new NightlyReport(bucket, topic, notes, s3Client, snsClient);
    }

    private String report(String schedule, String scheduledTime) {
        return report(TOPIC, schedule, scheduledTime);
    }

    private String report(String topic, String schedule, String scheduledTime) {
        return handler(topic)
                .handleRequest(Map.of("schedule", schedule, "scheduledTime", scheduledTime), new FakeContext());
    }

    private void write(String createdAt, String author, String text) {
        notes.put(new Note(NoteId.at(Instant.parse(createdAt)), author, text));
    }

    private static WriteRequest item(NoteId id, String author, String text) {
        Map<String, AttributeValue> item = Map.of(
                "pk", AttributeValue.fromS("NOTES"),
                "sk", AttributeValue.fromS(id.value()),
                "author", AttributeValue.fromS(author),
                "text", AttributeValue.fromS(text));
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    private ResponseBytes<GetObjectResponse> object(String key) {
        return s3Client.getObjectAsBytes(request -> request.bucket(bucket).key(key));
    }

    private JsonNode json(String key) throws IOException {
        return MAPPER.readTree(object(key).asByteArray());
    }

    private List<String> keys() {
        return s3Client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }
}
