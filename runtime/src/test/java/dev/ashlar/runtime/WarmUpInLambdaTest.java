package dev.ashlar.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import dev.ashlar.runtime.LocalLambda.Outcome;
import dev.ashlar.runtime.task.Typed;
import dev.ashlar.runtime.task.UpperCase;
import dev.ashlar.runtime.task.WarmApi;
import dev.ashlar.runtime.task.WarmFailing;
import dev.ashlar.runtime.task.WarmNotes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** From end to end: AWS's runtime interface client in processes of its own, as in Lambda. It runs on Linux alone. */
@EnabledOnOs(OS.LINUX)
class WarmUpInLambdaTest {

    private static final String PONG = "{\"ashlar\":\"pong\"}";
    private static final String API =
            "{\"version\":\"2.0\",\"routeKey\":\"GET /notes\",\"headers\":{\"accept\":\"*/*\"}}";

    /** Far longer than the time between the first and the last of three pings. */
    private static final String HELD = PingTest.PING.replace("75", "1500");

    private static final String NOT_HELD = PingTest.PING.replace("75", "0");

    @TempDir
    private Path directory;

    @Test
    void answersAPingWithoutTheHandler() throws Exception {
        try (var lambda = LocalLambda.create(directory, WarmNotes.class, Map.of())) {
            var instance = lambda.start();
            lambda.awaitIdle();
            String before = instance.log();

            Outcome answer = get(lambda.invoke(PingTest.PING));

            assertThat(answer).isEqualTo(new Outcome(0, "response", PONG));
            assertThat(instance.log())
                    .isEqualTo(before)
                    .contains("Notes is there")
                    .doesNotContain("Notes was called");
        }
    }

    @Test
    void otherEventsReachTheHandlerByteForByte() throws Exception {
        try (var lambda = LocalLambda.create(directory, WarmNotes.class, Map.of())) {
            for (String event : List.of(API, "{ \"ashlar\" : \"gr\u00e4nit\" }", PingTest.PING.replace("75", "-75"))) {
                assertThat(get(lambda.invoke(event))).isEqualTo(new Outcome(0, "response", event));
                lambda.awaitIdle();
            }
        }
    }

    @Test
    void answersAreThoseOfTheBareHandler() throws Exception {
        var bare = firstAnswer("bare", Typed.Api.class, API);

        assertThat(bare.path()).isEqualTo("response");
        assertThat(bare.body()).contains("\"body\":\"GET /notes " + LocalLambda.REQUEST + "\"");
        assertThat(firstAnswer("warm", WarmApi.class, API)).isEqualTo(bare);
    }

    @Test
    void errorsAreThoseOfTheBareHandler() throws Exception {
        var bare = firstAnswer("bare", Typed.Failing.class, "{}");
        var warm = firstAnswer("warm", WarmFailing.class, "{}");

        assertThat(bare.path()).isEqualTo("error");
        assertThat(bare.body()).contains("Out of stone");
        // Two more lines of the stack trace are all that differs.
        assertThat(warm.path()).isEqualTo("error");
        assertThat(warm.body()).contains("dev.ashlar.runtime.WarmUp.handleRequest");
        assertThat(warm.body().replaceAll(",\"dev\\.ashlar\\.runtime\\.(WarmUp|TypedHandler)[^\"]*\"", ""))
                .isEqualTo(bare.body());
    }

    @Test
    void theFunctionsOwnSerializerIsUsed() throws Exception {
        try (var lambda = LocalLambda.create(directory, WarmFailing.class, Map.of())) {
            Path services = Files.createDirectories(lambda.task().resolve("META-INF/services"));
            Files.writeString(services.resolve(CustomPojoSerializer.class.getName()), UpperCase.class.getName());

            // It gives the handler a text where that expects a map.
            assertThat(get(lambda.invoke("{}")).body()).contains("java.lang.ClassCastException");
        }
    }

    @Test
    void pingsThatAreHeldMeetAsManyInstances() throws Exception {
        try (var lambda = LocalLambda.create(directory, WarmNotes.class, Map.of())) {
            List<Outcome> cold = threeTogether(lambda);
            lambda.awaitIdle();
            List<Outcome> warm = threeTogether(lambda);

            assertThat(List.of(cold, warm)).allSatisfy(answers -> {
                assertThat(answers).extracting(Outcome::instance).containsExactlyInAnyOrder(0, 1, 2);
                assertThat(answers).extracting(Outcome::body).containsOnly(PONG);
            });
            assertThat(lambda.instances()).isEqualTo(3);
        }
    }

    @Test
    void pingsThatAreNotHeldMeetTheSameInstance() throws Exception {
        try (var lambda = LocalLambda.create(directory, WarmNotes.class, Map.of())) {
            for (int i = 0; i < 3; i++) {
                assertThat(get(lambda.invoke(NOT_HELD))).isEqualTo(new Outcome(0, "response", PONG));
                lambda.awaitIdle();
            }

            assertThat(lambda.instances()).isEqualTo(1);
        }
    }

    private Outcome firstAnswer(String name, Class<?> handler, String event) throws Exception {
        try (var lambda = LocalLambda.create(directory.resolve(name), handler, Map.of())) {
            return get(lambda.invoke(event));
        }
    }

    private static List<Outcome> threeTogether(LocalLambda lambda) throws Exception {
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(lambda.invoke(HELD));
            // A rule sends its pings together but not in the same moment: an instance that did not hold would be idle
            // again.
            Thread.sleep(100);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Future<Outcome> answer : answers) {
            outcomes.add(get(answer));
        }
        return outcomes;
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(30, SECONDS);
    }
}
