package dev.ashlar.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import dev.ashlar.runtime.task.Typed;
import dev.ashlar.runtime.task.UpperCase;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule is held against AWS's runtime interface client, which loads the handler once bare and once wrapped. */
class TypedHandlerTest {

    private static final String ANDROID = "{\"env\":{\"platform\":\"Android\"}}";

    private static final String API = """
            {"version":"2.0","routeKey":"GET /notes/{id}","rawPath":"/notes/1","rawQueryString":"a=b","cookies":["c=d"],
             "headers":{"accept":"*/*","x-\u00e4":"\u20ac"},"queryStringParameters":{"a":"b"},"pathParameters":{"id":"1"},
             "requestContext":{"accountId":"123456789012","apiId":"api","stage":"$default","timeEpoch":1583348638390,
              "authorizer":{"jwt":{"claims":{"sub":"me"},"scopes":["all"]}},"http":{"method":"GET","path":"/notes/1"}},
             "body":"{\\"text\\":\\"\\\\u0041\\"}","isBase64Encoded":false,"unknown":{"deep":[1]}}
            """;
    private static final String DYNAMO = """
            {"Records":[{"eventID":"1","eventName":"INSERT","awsRegion":"eu-central-1","eventSource":"aws:dynamodb",
             "eventSourceARN":"arn:aws:dynamodb:eu-central-1:123456789012:table/T/stream/S","dynamodb":{"SequenceNumber":"1",
             "ApproximateCreationDateTime":1428537600,"Keys":{"Id":{"N":"101"}},"StreamViewType":"NEW_IMAGE",
             "NewImage":{"B":{"B":"AAEC"},"L":{"L":[{"S":"x"},{"NULL":true}]},"M":{"M":{"k":{"BOOL":true}}},"SS":{"SS":["a"]}}}}]}
            """;
    private static final String SNS = """
            {"Records":[{"EventVersion":"1.0","EventSource":"aws:sns","EventSubscriptionArn":"arn:aws:sns:eu-central-1:1:t:s",
             "Sns":{"SignatureVersion":"1","Timestamp":"2026-01-02T12:45:07.123Z","MessageId":"m","Message":"Hello","Subject":"S",
             "MessageAttributes":{"Test":{"Type":"String","Value":"v"}},"Type":"Notification","TopicArn":"t"}}]}
            """;
    private static final String S3 = """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1","eventName":"ObjectCreated:Put",
             "eventTime":"2026-01-02T12:45:07.000Z","userIdentity":{"principalId":"P"},"requestParameters":{"sourceIPAddress":"::1"},
             "responseElements":{"x-amz-request-id":"R","x-amz-id-2":"I"},"s3":{"s3SchemaVersion":"1.0","configurationId":"c",
             "bucket":{"name":"b","ownerIdentity":{"principalId":"P"},"arn":"arn:aws:s3:::b"},
             "object":{"key":"a/b.jpg","size":1024,"eTag":"e","versionId":"v","sequencer":"0"}}}]}
            """;
    private static final String SCHEDULED = """
            {"version":"0","account":"123456789012","region":"eu-central-1","detail-type":"Scheduled Event","source":"aws.events",
             "id":"i","time":"2026-01-02T12:45:07Z","resources":["arn:aws:events:eu-central-1:1:rule/r"],"detail":{"a":[1,{"b":null}]}}
            """;
    private static final String SQS = """
            {"Records":[{"messageId":"1","receiptHandle":"r","body":"Hello \u00e4","attributes":{"SentTimestamp":"1545082649183"},
             "messageAttributes":{"a":{"stringValue":"x","dataType":"String"}},"md5OfBody":"m","eventSource":"aws:sqs",
             "eventSourceARN":"arn:aws:sqs:eu-central-1:1:q","awsRegion":"eu-central-1"}]}
            """;
    private static final String BEAN = """
            {"name":"gr\u00e4nit","count":3,"price":24.50,"note":"n","since":"2026-01-02T12:45:07Z","inner":{"name":null,"count":0},
             "tags":["a",null,""],"open":"o","unknown":1}
            """;
    private static final String STONE =
            "{\"name\":\"granite\",\"price\":24.50,\"colours\":[\"grey\",null],\"unknown\":1}";

    private static final Map<String, String> EVENTS = Map.ofEntries(
            Map.entry("API", API),
            Map.entry("BEAN", BEAN),
            Map.entry("BEANS", "[" + BEAN + "," + BEAN + "]"),
            Map.entry("DYNAMO", DYNAMO),
            Map.entry("S3", S3),
            Map.entry("SCHEDULED", SCHEDULED),
            Map.entry("SNS", SNS),
            Map.entry("SQS", SQS));

    /** What a Warm wraps: the runtime interface client makes handlers without arguments. */
    private static Supplier<RequestHandler<?, ?>> wrapped = Typed.Failing::new;

    public static final class Warm extends WarmUp {
        public Warm() {
            super(wrapped.get());
        }
    }

    @BeforeAll
    static void setTheLoaderAsTheClientDoes() throws ReflectiveOperationException {
        Field loader = AWSLambda.class.getDeclaredField("customerClassLoader");
        loader.setAccessible(true);
        loader.set(null, new URLClassLoader(new URL[0], TypedHandlerTest.class.getClassLoader()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TellApi|API",
                "EchoApi|API",
                "Api|API",
                "TellDynamo|DYNAMO",
                "EchoDynamo|DYNAMO",
                "TellSns|SNS",
                "EchoSns|SNS",
                "EchoS3|S3",
                "EchoScheduled|SCHEDULED",
                "Sqs|SQS",
                "EchoBean|BEAN",
                "EchoBean|null",
                "EchoBean|{}",
                "EchoBeans|BEANS",
                "EchoBeans|BEAN",
                "EchoMap|BEAN",
                "EchoMap|API",
                "EchoMap|{ \"b\" : 1.10, \"a\" : 12345678901234567890, \"n\" : null }",
                "EchoObject|[1, \"x\", {\"a\": 1e3}]",
                "EchoText|\"gr\u00e4nit \\u00df \\n\"",
                "EchoText|7",
                "EchoNumber|7",
                "EchoBytes|\"AAEC\"",
                "Bounded|BEAN",
                "Nothing|{}",
                "FromNothing|{}",
            })
    void readsAndWritesAsLambdaDoes(String handler, String event) throws Exception {
        Class<?> type = handler(handler);
        String text = EVENTS.getOrDefault(event, event);

        byte[] bare = invoke(type, text, null);

        assertThat(bare).isNotEmpty();
        assertThat(invokeWrapped(type, text, null)).asString(UTF_8).isEqualTo(new String(bare, UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EchoStone", "EchoMap", "EchoApi"})
    void writesForAndroidAsLambdaDoes(String handler) throws Exception {
        String event = handler.equals("EchoApi") ? API : STONE;
        byte[] bare = invoke(handler(handler), event, ANDROID);

        assertThat(invokeWrapped(handler(handler), event, ANDROID)).isEqualTo(bare);
    }

    @Test
    void androidIsAnotherMatter() throws Exception {
        assertThat(invoke(Typed.EchoStone.class, STONE, ANDROID))
                .isNotEqualTo(invoke(Typed.EchoStone.class, STONE, null));
    }

    @ParameterizedTest
    @CsvSource({
        "EchoBean, '{'",
        "EchoMap, 'x'",
        "EchoApi, '[1,2]'",
        "EchoNumber, '\"x\"'",
        "Failing, '{}'",
        "Endless, '\"x\"'"
    })
    void failsAsLambdaDoes(String handler, String event) {
        Throwable bare = assertThrows(Throwable.class, () -> invoke(handler(handler), event, null));
        Throwable warm = assertThrows(Throwable.class, () -> invokeWrapped(handler(handler), event, null));

        assertThat(warm).hasSameClassAs(bare).hasMessage(bare.getMessage());
        assertThat(String.valueOf(warm.getCause())).isNotEqualTo("null").isEqualTo(String.valueOf(bare.getCause()));
    }

    @Test
    void typesMustBeNamed() {
        RequestHandler<String, String> lambda = (event, context) -> event;

        assertRejected(lambda);
        assertRejected(new Typed.Unbounded<String>());
        assertRejected(new Typed.Raw());
    }

    @Test
    void usesTheSerializerThatTheFunctionBrings(@TempDir Path directory) throws Exception {
        provide(directory, UpperCase.class.getName());

        try (var loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            byte[] answer = withLoader(loader, () -> invokeWrapped(Typed.EchoText.class, "granite", null));

            assertThat(answer).asString(UTF_8).isEqualTo("GRANITE of java.lang.String");
        }
    }

    @Test
    void refusesSeveralSerializers(@TempDir Path directory) throws Exception {
        provide(directory, UpperCase.class.getName() + "\n" + AnotherSerializer.class.getName());

        try (var loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> withLoader(loader, () -> new WarmUp(new Typed.EchoText())))
                    .withMessage(
                            "CustomPojoSerializer must have at most one provider, got dev.ashlar.runtime.task.UpperCase and "
                                    + "dev.ashlar.runtime.TypedHandlerTest$AnotherSerializer");
        }
    }

    private static void assertRejected(RequestHandler<?, ?> handler) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WarmUp(handler))
                .withMessage(
                        "handler must be of a class that implements RequestHandler with concrete types, got %s; name the types in"
                                + " the class, or implement RequestStreamHandler",
                        handler.getClass().getName());
    }

    private static void provide(Path directory, String providers) throws Exception {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(CustomPojoSerializer.class.getName()), providers);
    }

    private static <T> T withLoader(ClassLoader loader, Callable<T> action) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return action.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Class<?> handler(String name) throws ClassNotFoundException {
        return Class.forName(Typed.class.getName() + "$" + name);
    }

    private static byte[] invokeWrapped(Class<?> handler, String event, @Nullable String client) throws Exception {
        wrapped = () -> {
            try {
                return (RequestHandler<?, ?>) handler.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        };
        return invoke(Warm.class, event, client);
    }

    private static byte[] invoke(Class<?> handler, String event, @Nullable String client) throws Exception {
        var request = new InvocationRequest();
        request.setId("8476a536");
        request.setContent(event.getBytes(UTF_8));
        request.setClientContext(client);
        return EventHandlerLoader.loadEventHandler(new HandlerInfo(handler, null))
                .call(request)
                .toByteArray();
    }

    public static final class AnotherSerializer extends UpperCase {}
}
