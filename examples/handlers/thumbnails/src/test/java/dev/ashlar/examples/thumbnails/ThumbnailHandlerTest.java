package dev.ashlar.examples.thumbnails;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.ashlar.local.LocalDynamoDb;
import dev.ashlar.local.LocalS3;
import dev.ashlar.local.LocalSqs;
import java.awt.image.BufferedImage;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context.AfterExecution;
import software.amazon.awssdk.core.interceptor.Context.BeforeExecution;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class ThumbnailHandlerTest {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    private static final String KEY = "incoming/a.jpg";
    private static final String THUMBNAIL = "thumbnails/a.jpg";

    private static LocalS3 localS3;
    private static LocalDynamoDb localDynamo;
    private static S3Client s3;
    private static DynamoDbClient dynamo;

    private final String bucket = "pictures-" + UUID.randomUUID();
    private final String table = "catalogue-" + UUID.randomUUID();
    private final List<String> log = new ArrayList<>();
    private ThumbnailHandler handler;

    @BeforeAll
    static void start() {
        localS3 = LocalS3.start();
        localDynamo = LocalDynamoDb.start();
        s3 = s3(new ExecutionInterceptor() {});
        dynamo = DynamoDbClient.builder()
                .endpointOverride(localDynamo.getEndpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stop() {
        s3.close();
        dynamo.close();
        localS3.close();
        localDynamo.close();
    }

    @BeforeEach
    void createBucketAndTable() {
        s3.createBucket(request -> request.bucket(bucket));
        createTable();
        handler = handlerWith(s3);
    }

    // What is made

    @Test
    void aJpegFileGetsAThumbnailAndARow() {
        byte[] file = Fixtures.withOrientation(Fixtures.jpeg(800, 600), 6, ByteOrder.BIG_ENDIAN);
        put(KEY, file);

        assertThat(failuresOf(created(KEY))).isEmpty();

        ResponseBytes<GetObjectResponse> thumbnail = get(THUMBNAIL);
        assertThat(thumbnail.response().contentType()).isEqualTo("image/jpeg");
        assertThat(thumbnail.response().cacheControl()).isEqualTo("public, max-age=300");
        BufferedImage image = Fixtures.decode(thumbnail.asByteArray());
        assertThat(image.getWidth()).isEqualTo(240);
        assertThat(image.getHeight()).isEqualTo(320);
        S3Object original = object(KEY);
        assertThat(row(KEY))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("pk", text("PICTURES")),
                        Map.entry("sk", text(KEY)),
                        Map.entry("type", text("image/jpeg")),
                        Map.entry("size", number(file.length)),
                        Map.entry("width", number(600)),
                        Map.entry("height", number(800)),
                        Map.entry("etag", text(original.eTag())),
                        Map.entry("modified", text(original.lastModified().toString())),
                        Map.entry("thumbnail", text(THUMBNAIL)),
                        Map.entry("thumbnailWidth", number(240)),
                        Map.entry("thumbnailHeight", number(320))));
        assertThat(log).isEmpty();
    }

    @Test
    void aPngFileGetsOneWhateverItsName() {
        put(KEY, Fixtures.png(800, 600));

        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(get(THUMBNAIL).response().contentType()).isEqualTo("image/png");
        assertThat(row(KEY)).containsEntry("type", text("image/png"));
    }

    @Test
    void aProgressiveJpegFileGetsOne() {
        put(KEY, Fixtures.progressiveJpeg(4000, 3000));

        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(row(KEY)).containsEntry("width", number(4000)).containsEntry("thumbnailHeight", number(240));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b  c.jpg",
                "a+b.jpg",
                "100%.jpg",
                "100%2B%20.jpg",
                "a&b=c?d#e;f,g:h@i!.jpg",
                "<'\"\\>.jpg",
                "Gr\u00fc\u00dfe/\uc0ac\uc9c4 \uD83D\uDE00.jpg",
                "e\u0301.jpg",
                ".hidden",
                "no-ending",
                "a//b/./c.jpg"
            })
    void keysAreTakenAsTheyAre(String name) {
        put("incoming/" + name, Fixtures.jpeg(400, 300));

        assertThat(failuresOf(created("incoming/" + name))).isEmpty();

        assertThat(keys()).containsExactlyInAnyOrder("incoming/" + name, "thumbnails/" + name);
        assertThat(row("incoming/" + name)).containsEntry("thumbnail", text("thumbnails/" + name));
    }

    @Test
    void aKeyThatAnotherBeginsWithIsAnother() {
        put(KEY + ".bak", Fixtures.jpeg(400, 300));

        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(keys()).containsExactly(KEY + ".bak");
    }

    // Events that come twice, late, or in another order

    @Test
    void theSameEventTwiceMakesTheSame() {
        put(KEY, Fixtures.jpeg(800, 600));
        failuresOf(created(KEY));
        byte[] thumbnail = get(THUMBNAIL).asByteArray();
        Map<String, AttributeValue> row = row(KEY);

        assertThat(failuresOf(created(KEY), created(KEY))).isEmpty();

        assertThat(get(THUMBNAIL).asByteArray()).isEqualTo(thumbnail);
        assertThat(row(KEY)).isEqualTo(row);
    }

    @Test
    void anOlderEventThatComesLateBringsNothingBack() {
        put(KEY, Fixtures.jpeg(800, 600));
        String older = created(KEY);
        put(KEY, Fixtures.png(100, 50));
        String newer = created(KEY);

        assertThat(failuresOf(newer, older)).isEmpty();

        assertThat(get(THUMBNAIL).response().contentType()).isEqualTo("image/png");
        assertThat(row(KEY)).containsEntry("width", number(100));
    }

    @Test
    void whatIsDeletedLosesItsThumbnailAndItsRow() {
        put(KEY, Fixtures.jpeg(800, 600));
        failuresOf(created(KEY));
        delete(KEY);

        assertThat(failuresOf(deleted(KEY), deleted(KEY))).isEmpty();

        assertThat(keys()).isEmpty();
        assertThat(row(KEY)).isEmpty();
    }

    @Test
    void whatIsGoneWhenItsEventComesIsDoneWith() {
        put(KEY, Fixtures.jpeg(800, 600));
        delete(KEY);

        assertThat(failuresOf(deleted(KEY), created(KEY))).isEmpty();

        assertThat(keys()).isEmpty();
        assertThat(row(KEY)).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void whatIsThereAgainKeepsItsThumbnail() {
        put(KEY, Fixtures.jpeg(800, 600));

        // So it is too when an old version is deleted, whose event looks the same.
        assertThat(failuresOf(created(KEY), deleted(KEY))).isEmpty();

        assertThat(keys()).containsExactlyInAnyOrder(KEY, THUMBNAIL);
        assertThat(row(KEY)).isNotEmpty();
    }

    @Test
    void whatIsReplacedMeanwhileIsMadeAnew() {
        put(KEY, Fixtures.jpeg(800, 600));
        handler = handlerWith(s3(onceAfterWritingTheThumbnail(() -> put(KEY, Fixtures.png(100, 50)))));

        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(get(THUMBNAIL).response().contentType()).isEqualTo("image/png");
        assertThat(row(KEY)).containsEntry("width", number(100));
    }

    @Test
    void whatIsDeletedMeanwhileLeavesNothing() {
        put(KEY, Fixtures.jpeg(800, 600));
        handler = handlerWith(s3(onceAfterWritingTheThumbnail(() -> delete(KEY))));

        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(keys()).isEmpty();
        assertThat(row(KEY)).isEmpty();
    }

    @Test
    void aFolderIsNoPicture() {
        put("incoming/holidays/", new byte[0]);

        assertThat(failuresOf(created("incoming/holidays/"))).isEmpty();

        assertThat(keys()).containsExactly("incoming/holidays/");
    }

    // What comes again, and lies in the dead-letter queue at last

    @ParameterizedTest
    @MethodSource("poison")
    void whatNoThumbnailCanBeMadeOfComesAgain(byte[] file, String reason) {
        put(KEY, file);

        assertThat(failuresOf(created(KEY))).containsExactly("message-0");

        assertThat(keys()).containsExactly(KEY);
        assertThat(row(KEY)).isEmpty();
        assertThat(log).singleElement().asString().contains(reason).doesNotContain(KEY);
    }

    static Stream<Arguments> poison() {
        return Stream.of(
                poison("an empty file", new byte[0], "got an empty one"),
                poison("a text", "Dear Sir or Madam".getBytes(UTF_8), "got one that begins like neither"),
                poison(
                        "half a JPEG file",
                        Fixtures.half(Fixtures.jpeg(800, 600)),
                        "got a JPEG file that cannot be read"),
                poison(
                        "a broken PNG file",
                        Fixtures.broken(Fixtures.png(800, 600)),
                        "got a PNG file that cannot be read"),
                poison("too many pixels", Fixtures.pngThatClaims(30_000, 30_000), "got 30000 x 30000"),
                poison("too many bytes", new byte[BucketFiles.MAX_BYTES + 1], "got 50000001"));
    }

    private static Arguments poison(String name, byte[] file, String reason) {
        return Arguments.of(Named.of(name, file), reason);
    }

    @Test
    void aFileMayBeAsLargeAsTheLimit() {
        put(KEY, Arrays.copyOf(Fixtures.jpeg(800, 600), BucketFiles.MAX_BYTES));

        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(row(KEY)).containsEntry("size", number(50_000_000));
    }

    @Test
    void whatReplacesAPictureAndIsNoneTakesItsThumbnailAway() {
        put(KEY, Fixtures.jpeg(800, 600));
        failuresOf(created(KEY));
        put(KEY, Fixtures.half(Fixtures.jpeg(100, 50)));

        assertThat(failuresOf(created(KEY))).containsExactly("message-0");

        assertThat(keys()).containsExactly(KEY);
        assertThat(row(KEY)).isEmpty();
    }

    @Test
    void ofABatchTheOneThatFailsComesAgainAlone() {
        put("incoming/1.jpg", Fixtures.jpeg(800, 600));
        put("incoming/2.jpg", Fixtures.half(Fixtures.jpeg(800, 600)));
        put("incoming/3.jpg", Fixtures.png(800, 600));

        assertThat(failuresOf(created("incoming/1.jpg"), created("incoming/2.jpg"), created("incoming/3.jpg")))
                .containsExactly("message-1");

        assertThat(keys()).contains("thumbnails/1.jpg", "thumbnails/3.jpg").doesNotContain("thumbnails/2.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "[]", "{\"source\": \"aws.s3\"}", "{\"Records\": [{\"s3\": {}}]}"})
    void whatIsNoEventOfS3ComesAgain(String body) {
        assertThat(failuresOf(body)).containsExactly("message-0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg", THUMBNAIL, "Incoming/a.jpg"})
    void whatLiesBesideThePrefixIsNotTouched(String key) {
        put(key, Fixtures.jpeg(400, 300));

        assertThat(failuresOf(created(key), deleted(key))).containsExactly("message-0", "message-1");

        assertThat(keys()).containsExactly(key);
        assertThat(log).hasSize(2).allMatch(line -> line.contains("key must begin with incoming/, got another one"));
    }

    @Test
    void comesAgainUntilDynamoDbAnswers() {
        put(KEY, Fixtures.jpeg(800, 600));
        dynamo.deleteTable(request -> request.tableName(table));

        assertThat(failuresOf(created(KEY))).containsExactly("message-0");
        createTable();
        assertThat(failuresOf(created(KEY))).isEmpty();

        assertThat(keys()).containsExactlyInAnyOrder(KEY, THUMBNAIL);
        assertThat(row(KEY)).isNotEmpty();
    }

    @Test
    void whatS3ForbidsIsNotTakenForGone() {
        put(KEY, Fixtures.jpeg(800, 600));
        failuresOf(created(KEY));
        handler = handlerWith(s3(new ExecutionInterceptor() {
            @Override
            public void beforeExecution(BeforeExecution execution, ExecutionAttributes attributes) {
                if (execution.request() instanceof ListObjectsV2Request) {
                    throw S3Exception.builder()
                            .statusCode(403)
                            .message("Access Denied")
                            .build();
                }
            }
        }));

        assertThat(failuresOf(created(KEY), deleted(KEY))).containsExactly("message-0", "message-1");

        assertThat(keys()).containsExactlyInAnyOrder(KEY, THUMBNAIL);
        assertThat(row(KEY)).isNotEmpty();
    }

    /** Lambda's part is played here: it receives, invokes, and deletes what did not fail. */
    @Test
    void theDeadLetterQueueGetsWhatFailedFiveTimesAndNothingElse() {
        put("incoming/good.jpg", Fixtures.jpeg(400, 300));
        put("incoming/poison.jpg", Fixtures.half(Fixtures.jpeg(400, 300)));
        List<String> bodies = List.of(
                created("incoming/good.jpg"), created("incoming/poison.jpg"), created("incoming/gone.jpg"), "hello");
        try (LocalSqs localSqs = LocalSqs.start("eu-central-1");
                SqsClient sqs = sqs(localSqs.getEndpoint())) {
            String deadLetters = createQueue(sqs, "dead-letters", Map.of());
            String queue = createQueue(
                    sqs,
                    "queue",
                    Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            "0",
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\": \"arn:aws:sqs:eu-central-1:" + LocalSqs.ACCOUNT
                                    + ":dead-letters\", \"maxReceiveCount\": 5}"));
            bodies.forEach(
                    body -> sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body)));

            int invocations = 0;
            for (List<Message> received = receive(sqs, queue); !received.isEmpty(); received = receive(sqs, queue)) {
                for (Message message : received) {
                    invocations++;
                    if (failuresOf(message.body()).isEmpty()) {
                        sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
                    }
                }
            }

            assertThat(invocations).isEqualTo(1 + 5 + 1 + 5);
            assertThat(receive(sqs, deadLetters))
                    .extracting(Message::body)
                    .containsExactlyInAnyOrder(bodies.get(1), bodies.get(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PICTURES", "THUMBNAILS", "CATALOGUE_TABLE"})
    void needsItsEnvironment(String variable) {
        Map<String, String> environment = new HashMap<>(
                Map.of("PICTURES", "incoming/", "THUMBNAILS", "thumbnails/", "CATALOGUE_TABLE", "catalogue"));
        environment.put(variable, " ");

        assertThatIllegalStateException()
                .isThrownBy(() -> new ThumbnailHandler(environment))
                .withMessage(variable + " must be set in the function's environment, got \" \"");
        environment.remove(variable);
        assertThatIllegalStateException()
                .isThrownBy(() -> new ThumbnailHandler(environment))
                .withMessage(variable + " must be set in the function's environment, got none");
    }

    private ThumbnailHandler handlerWith(S3Client client) {
        return new ThumbnailHandler("incoming/", "thumbnails/", new Catalogue(dynamo, table), new BucketFiles(client));
    }

    private List<String> failuresOf(String... bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Map.of("messageId", "message-" + records.size(), "body", body));
        }
        Map<String, Object> answer = handler.handleRequest(Map.of("Records", records), context());
        return ((List<?>) requireNonNull(answer.get("batchItemFailures")))
                .stream()
                        .map(failure -> String.valueOf(((Map<?, ?>) failure).get("itemIdentifier")))
                        .toList();
    }

    private String created(String key) {
        return event("Object Created", key, ", \"size\": 5, \"etag\": \"b1946ac92492d2347c6235b4d2611184\"");
    }

    private String deleted(String key) {
        return event("Object Deleted", key, "");
    }

    /** As S3 sends it through EventBridge. */
    private String event(String type, String key, String more) {
        return """
                {
                  "version": "0",
                  "id": "17793124-05d4-b198-2fde-7ededc63b103",
                  "detail-type": "%1$s",
                  "source": "aws.s3",
                  "account": "111122223333",
                  "time": "2021-11-12T00:00:00Z",
                  "region": "eu-central-1",
                  "resources": ["arn:aws:s3:::%2$s"],
                  "detail": {
                    "version": "0",
                    "bucket": {"name": "%2$s"},
                    "object": {"key": "%3$s", "sequencer": "617f08299329d189"%4$s},
                    "request-id": "N4N7GDK58NMKJ12R",
                    "requester": "123456789012",
                    "source-ip-address": "1.2.3.4"
                  }
                }
                """.formatted(type, bucket, key.replace("\\", "\\\\").replace("\"", "\\\""), more);
    }

    private Context context() {
        LambdaLogger logger = new LambdaLogger() {
            @Override
            public void log(String message) {
                log.add(message);
            }

            @Override
            public void log(byte[] message) {
                log.add(new String(message, UTF_8));
            }

            @Override
            public void log(String message, LogLevel level) {
                log.add(level + " " + message);
            }
        };
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getLogger");
                    return logger;
                });
    }

    private static ExecutionInterceptor onceAfterWritingTheThumbnail(Runnable action) {
        List<Runnable> actions = new ArrayList<>(List.of(action));
        return new ExecutionInterceptor() {
            @Override
            public void afterExecution(AfterExecution execution, ExecutionAttributes attributes) {
                SdkRequest request = execution.request();
                if (request instanceof PutObjectRequest && !actions.isEmpty()) {
                    actions.remove(0).run();
                }
            }
        };
    }

    private static SqsClient sqs(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static String createQueue(SqsClient sqs, String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }

    private static List<Message> receive(SqsClient sqs, String queue) {
        return sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10))
                .messages();
    }

    private static S3Client s3(ExecutionInterceptor interceptor) {
        return S3Client.builder()
                .endpointOverride(localS3.getEndpoint())
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(interceptor))
                .build();
    }

    private void put(String key, byte[] file) {
        s3.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(file));
    }

    private void delete(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    private ResponseBytes<GetObjectResponse> get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
    }

    private List<String> keys() {
        return s3.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private S3Object object(String key) {
        return s3.listObjectsV2(request -> request.bucket(bucket).prefix(key))
                .contents()
                .get(0);
    }

    private Map<String, AttributeValue> row(String key) {
        return dynamo.getItem(request -> request.tableName(table).key(Map.of("pk", text("PICTURES"), "sk", text(key))))
                .item();
    }

    /** With the keys that Ashlar's SingleTable has. */
    private void createTable() {
        dynamo.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                .attributeDefinitions(attribute("pk"), attribute("sk")));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
