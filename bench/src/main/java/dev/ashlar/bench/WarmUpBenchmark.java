package dev.ashlar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.ashlar.runtime.WarmUp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An event that is no ping, from AWS's runtime interface client to its answer, with {@link WarmUp} around the handler and without. What
 * WarmUp costs is the difference.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgs = "-XX:+UseSerialGC")
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class WarmUpBenchmark {

    private static final String API = """
            {"version":"2.0","routeKey":"GET /notes/{id}","rawPath":"/notes/1","rawQueryString":"a=b","cookies":["c=d"],
             "headers":{"accept":"*/*","host":"api.execute-api.eu-central-1.amazonaws.com","user-agent":"curl/8.5.0"},
             "queryStringParameters":{"a":"b"},"pathParameters":{"id":"1"},
             "requestContext":{"accountId":"123456789012","apiId":"api","domainName":"api.execute-api.eu-central-1.amazonaws.com",
              "http":{"method":"GET","path":"/notes/1","protocol":"HTTP/1.1","sourceIp":"192.0.2.1","userAgent":"curl/8.5.0"},
              "requestId":"JKJaXmPLvHcESHA=","routeKey":"GET /notes/{id}","stage":"$default","timeEpoch":1583348638390},
             "isBase64Encoded":false}
            """;

    /** As long as possible like a ping. */
    private static final String LIKE_A_PING = "{\"ashlar\":{\"ping\":{\"holdMillis\":75}},\"x\":1}";

    private final InvocationRequest api = request(API);
    private final InvocationRequest likeAPing = request(LIKE_A_PING);
    private final LambdaRequestHandler bytes = load(Bytes.class);
    private final LambdaRequestHandler warmBytes = load(WarmBytes.class);
    private final LambdaRequestHandler objects = load(Objects.class);
    private final LambdaRequestHandler warmObjects = load(WarmObjects.class);

    @Benchmark
    public ByteArrayOutputStream stream() throws Exception {
        return bytes.call(api);
    }

    @Benchmark
    public ByteArrayOutputStream warmStream() throws Exception {
        return warmBytes.call(api);
    }

    @Benchmark
    public ByteArrayOutputStream warmStreamLikeAPing() throws Exception {
        return warmBytes.call(likeAPing);
    }

    @Benchmark
    public ByteArrayOutputStream object() throws Exception {
        return objects.call(api);
    }

    @Benchmark
    public ByteArrayOutputStream warmObject() throws Exception {
        return warmObjects.call(api);
    }

    private static LambdaRequestHandler load(Class<?> handler) {
        return EventHandlerLoader.loadEventHandler(new HandlerInfo(handler, null));
    }

    private static InvocationRequest request(String event) {
        InvocationRequest request = new InvocationRequest();
        request.setId("8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        request.setContent(event.getBytes(UTF_8));
        return request;
    }

    /** Answers without reading the event, so that next to nothing but the way to it is measured. */
    public static final class Bytes implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
            answer.write('1');
        }
    }

    /** The same within WarmUp. */
    public static final class WarmBytes extends WarmUp {
        public WarmBytes() {
            super(new Bytes());
        }
    }

    /** Answers a request to an HTTP API. */
    public static final class Objects implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
        @Override
        public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
            return APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(200)
                    .withBody(event.getRawPath())
                    .build();
        }
    }

    /** The same within WarmUp. */
    public static final class WarmObjects extends WarmUp {
        public WarmObjects() {
            super(new Objects());
        }
    }
}
