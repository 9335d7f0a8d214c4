package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.local.LocalApp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The examples as they are deployed, but on this machine: their code is built, and their roles are enforced. */
class LocalTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final SetClock CLOCK = new SetClock();

    @TempDir
    private static Path directory;

    private static final List<String> LOG = new CopyOnWriteArrayList<>();
    private static LocalApp app;

    @BeforeAll
    static void start() {
        App examples = App.Builder.create()
                .outdir(directory.toString())
                .analyticsReporting(false)
                .build();
        ExamplesApp.addStacks(examples);
        examples.synth();
        app = LocalApp.of(directory.toString())
                .stack("Guestbook")
                .stack("Orders")
                .stack("Thumbnails")
                .clock(CLOCK)
                .log(LOG::add)
                .start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void theGuestbookKeepsNotes() throws Exception {
        var written = send("POST", "/api/notes", "{\"author\":\"Ada\",\"text\":\"Hello\"}");
        var read = send("GET", "/api/notes", "");
        var deleted = send("DELETE", written.headers().firstValue("location").orElseThrow(), "");

        assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
        assertThat(read.body()).contains("\"text\":\"Hello\"");
        assertThat(deleted.statusCode()).isEqualTo(401);
        assertThat(send("GET", "/", "").body()).contains("<title>");
    }

    @Test
    void theNightlyReportIsFired() {
        int before = app.getPublished().size();

        app.fire("NightlyReport");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(app.getPublished())
                        .as(String.join("\n", LOG))
                        .hasSize(before + 1));
        assertThat(app.getPublished().get(before).subject()).startsWith("Guestbook: ");
        assertThat(reports()).isNotEmpty().allMatch(key -> key.startsWith("reports/nightly/2030-05-1"));
    }

    @Test
    void theNightlyReportRunsAtThreeInSeoul() {
        int before = app.getPublished().size();

        CLOCK.now = Instant.parse("2030-05-15T18:00:00Z");

        // It is kept first and published last.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(app.getPublished())
                        .as(String.join("\n", LOG))
                        .hasSize(before + 1));
        assertThat(reports()).contains("reports/nightly/2030-05-15.json");
    }

    @Test
    void aPictureGetsAThumbnailAndACorruptOneEndsInTheDeadLetterQueue() throws Exception {
        String bucket = app.getName("Thumbnails/Thumbnails/Bucket/Bucket");
        try (S3Client s3 = app.client("s3", S3Client.builder());
                SqsClient sqs = app.client("sqs", SqsClient.builder())) {
            s3.putObject(put -> put.bucket(bucket).key("incoming/a b+가.png"), RequestBody.fromBytes(picture(800, 600)));
            s3.putObject(put -> put.bucket(bucket).key("incoming/corrupt.jpg"), RequestBody.fromString("no picture"));

            byte[] thumbnail = await().atMost(SOON)
                    .ignoreExceptions()
                    .until(
                            () -> s3.getObjectAsBytes(get -> get.bucket(bucket).key("thumbnails/a b+가.png"))
                                    .asByteArray(),
                            bytes -> bytes.length > 0);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail));
            assertThat(image.getWidth()).isEqualTo(320);
            assertThat(image.getHeight()).isEqualTo(240);
            assertThat(deadLetter(sqs, "Thumbnails/Queue/DeadLetterQueue").body())
                    .contains("incoming/corrupt.jpg");
        }
    }

    @Test
    void aPoisonOrderEndsInTheDeadLetterQueueAndIsRedriven() {
        try (SqsClient sqs = app.client("sqs", SqsClient.builder());
                DynamoDbClient dynamo = app.client("dynamodb", DynamoDbClient.builder())) {
            String queue = app.getOutput("QueueUrl");
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(order("o-1", 1)));
            await().atMost(SOON).until(() -> orders(dynamo).size() == 1);

            // Another order under the same id.
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody(order("o-1", 2)));

            String dead = queueUrl(sqs, "Confirmation/Queue/DeadLetterQueue");
            await().atMost(SOON).until(() -> count(sqs, dead) == 1);
            delete(dynamo, orders(dynamo).get(0));
            sqs.startMessageMoveTask(move -> move.sourceArn(app.getOutput("DeadLettersArn")));
            await().atMost(SOON).until(() -> orders(dynamo).size() == 1);
            assertThat(orders(dynamo).get(0).toString()).contains("quantity").contains("2");
            await().atMost(SOON).until(() -> count(sqs, dead) == 0);
        }
    }

    @AfterEach
    void nothingWasRefused() {
        assertThat(LOG).noneMatch(line -> line.contains(" was refused "));
    }

    private static List<String> reports() {
        try (S3Client s3 = app.client("s3", S3Client.builder())) {
            String bucket = app.getName("NightlyReport/Bucket/Bucket");
            return s3.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(app.getUrl().resolve(path))
                        .header("content-type", "application/json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] picture(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    private static String order(String id, int quantity) {
        return "{\"id\":\"" + id
                + "\",\"customer\":\"ada\",\"currency\":\"KRW\",\"lines\":[{\"sku\":\"tea\",\"quantity\":" + quantity
                + ",\"unitPrice\":4500}]}";
    }

    private static List<Map<String, AttributeValue>> orders(DynamoDbClient dynamo) {
        return dynamo.scan(scan -> scan.tableName(app.getOutput("TableName"))).items();
    }

    private static void delete(DynamoDbClient dynamo, Map<String, AttributeValue> item) {
        dynamo.deleteItem(delete -> delete.tableName(app.getOutput("TableName"))
                .key(Map.of(
                        "pk", item.getOrDefault("pk", AttributeValue.fromS("")),
                        "sk", item.getOrDefault("sk", AttributeValue.fromS("")))));
    }

    private static String queueUrl(SqsClient sqs, String path) {
        return sqs.getQueueUrl(get -> get.queueName(app.getName(path + "/Queue")))
                .queueUrl();
    }

    private static int count(SqsClient sqs, String queueUrl) {
        return Integer.parseInt(sqs.getQueueAttributes(
                        get -> get.queueUrl(queueUrl).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
    }

    private static Message deadLetter(SqsClient sqs, String path) {
        String url = queueUrl(sqs, path);
        return await().atMost(SOON)
                .until(
                        () -> sqs.receiveMessage(receive -> receive.queueUrl(url))
                                .messages(),
                        messages -> !messages.isEmpty())
                .get(0);
    }

    /** Stands still until it is set. */
    private static final class SetClock extends Clock {
        private volatile Instant now = Instant.parse("2030-05-15T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }
}
