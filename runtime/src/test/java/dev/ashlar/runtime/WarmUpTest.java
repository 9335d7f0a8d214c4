package dev.ashlar.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.ashlar.runtime.task.Typed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {

    /** A ping asks the context for nothing. */
    private static final Context UNTOUCHED = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new AssertionError(method + " was called");
            });

    private static final RequestStreamHandler ECHO = (event, answer, context) -> event.transferTo(answer);

    @Test
    void answersAPingWithoutTheHandler() throws IOException {
        var warm = new WarmUp((event, answer, context) -> {
            throw new AssertionError("The handler was called");
        });

        assertThat(handle(warm, PingTest.PING)).isEqualTo("{\"ashlar\":\"pong\"}");
    }

    @Test
    void answersAPingWithoutATypedHandler() throws IOException {
        assertThat(handle(new WarmUp(new Typed.Failing()), PingTest.PING)).isEqualTo("{\"ashlar\":\"pong\"}");
    }

    @Test
    void holdsAPingAsLongAsItAsks() throws IOException {
        long start = System.nanoTime();
        handle(new WarmUp(ECHO), PingTest.PING);
        long held = System.nanoTime() - start;

        assertThat(held).isGreaterThanOrEqualTo(75_000_000L);
    }

    @Test
    void anInterruptEndsTheHold() throws IOException {
        Thread.currentThread().interrupt();

        handle(new WarmUp(ECHO), PingTest.PING.replace("75", "10000"));

        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"version\":\"2.0\",\"routeKey\":\"GET /\"}",
                "{\"ashlar\":\"x\"}",
                "{\"x\":{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75}},\"x\":1}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":-75}}}",
            })
    void passesOtherEventsOnUnchanged(String event) throws IOException {
        assertThat(handle(new WarmUp(ECHO), event)).isEqualTo(event);
    }

    @Test
    void passesEveryByteOn() throws IOException {
        byte[] event = new byte[1_000_000];
        new Random(2026).nextBytes(event);
        byte[] almost = (PingTest.PING + " ".repeat(100_000) + "x").getBytes(UTF_8);

        assertThat(handle(new WarmUp(ECHO), new ByteArrayInputStream(event))).isEqualTo(event);
        assertThat(handle(new WarmUp(ECHO), new ByteArrayInputStream(almost))).isEqualTo(almost);
    }

    @Test
    void passesOnWhatCannotBeReadTwice() throws IOException {
        byte[] almost = (PingTest.PING + " ".repeat(100_000) + "x").getBytes(UTF_8);

        assertThat(handle(new WarmUp(ECHO), once(almost))).isEqualTo(almost);
        assertThat(handle(new WarmUp(ECHO), once(PingTest.PING.getBytes(UTF_8))))
                .asString()
                .isEqualTo("{\"ashlar\":\"pong\"}");
    }

    @Test
    void passesTheStreamAndTheContextThemselvesOn() throws IOException {
        InputStream given = new ByteArrayInputStream(new byte[0]);
        var warm = new WarmUp((event, answer, context) -> {
            assertThat(event).isSameAs(given);
            assertThat(context).isSameAs(UNTOUCHED);
            answer.write('x');
        });

        assertThat(handle(warm, given)).asString().isEqualTo("x");
    }

    @Test
    void whatTheHandlerThrowsIsThrown() {
        var warm = new WarmUp((event, answer, context) -> {
            throw new IOException("No connection");
        });

        assertThatIOException().isThrownBy(() -> handle(warm, "{}")).withMessage("No connection");
    }

    @Test
    @SuppressWarnings("NullAway")
    void needsAHandler() {
        assertThatNullPointerException()
                .isThrownBy(() -> new WarmUp((RequestStreamHandler) null))
                .withMessage("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> new WarmUp((RequestHandler<?, ?>) null))
                .withMessage("handler");
    }

    @Test
    void tellsPingsByOneLine() {
        long start = System.nanoTime();
        boolean ping = WarmUp.answers(PingTest.ping(75));
        long held = System.nanoTime() - start;

        assertThat(ping).isTrue();
        assertThat(held).isGreaterThanOrEqualTo(75_000_000L);
        assertThat(WarmUp.answers(Map.of("ashlar", "x"))).isFalse();
        assertThat(WarmUp.answers(null)).isFalse();
    }

    @Test
    void tellsPingsInMapsThatLambdaMakes() {
        PojoSerializer<?> jackson = JacksonFactory.getInstance().getSerializer(Map.class);
        PojoSerializer<?> gson = GsonFactory.getInstance().getSerializer(Map.class);

        assertThat(WarmUp.answers((Map<?, ?>) jackson.fromJson(PingTest.PING))).isTrue();
        assertThat(WarmUp.answers((Map<?, ?>) gson.fromJson(PingTest.PING))).isTrue();
    }

    @Test
    void tellsWhatIsMissingWhereLambdaIsNot() throws Exception {
        URL[] classes = {
            location(WarmUp.class), location(Typed.class), location(RequestHandler.class),
        };
        try (var outside = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            var create = outside.loadClass(WarmUp.class.getName())
                    .getConstructor(outside.loadClass(RequestHandler.class.getName()));
            Object handler = outside.loadClass(Typed.Failing.class.getName())
                    .getConstructor()
                    .newInstance();

            assertThatIllegalStateException()
                    .isThrownBy(() -> {
                        try {
                            create.newInstance(handler);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    })
                    .withMessage(
                            "WarmUp must find aws-lambda-java-serialization on the class path around a RequestHandler, got no"
                                    + " com/amazonaws/services/lambda/runtime/serialization/PojoSerializer; Lambda's runtime"
                                    + " brings it, in tests call the wrapped handler or add it");
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static InputStream once(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public boolean markSupported() {
                return false;
            }

            @Override
            public synchronized void reset() throws IOException {
                throw new IOException("mark/reset not supported");
            }
        };
    }

    private static String handle(WarmUp warm, String event) throws IOException {
        return new String(handle(warm, new ByteArrayInputStream(event.getBytes(UTF_8))), UTF_8);
    }

    private static byte[] handle(WarmUp warm, InputStream event) throws IOException {
        var answer = new ByteArrayOutputStream();
        warm.handleRequest(event, answer, UNTOUCHED);
        return answer.toByteArray();
    }
}
