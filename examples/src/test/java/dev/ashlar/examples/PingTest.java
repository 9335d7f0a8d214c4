package dev.ashlar.examples;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.runtime.WarmUp;
import dev.ashlar.test.TestApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The construct that sends pings and the wrapper that answers them know nothing of each other: this holds them together. */
class PingTest {
    private static final Context NO_CONTEXT = (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new AssertionError("a ping needs no " + method);
            });

    @Test
    void whatTheRuleSendsIsAnsweredByWarmUp() throws IOException {
        for (String ping : pings()) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            new WarmUp((event, output, context) -> {
                        throw new AssertionError("the ping reached the handler");
                    })
                    .handleRequest(new ByteArrayInputStream(ping.getBytes(UTF_8)), answer, NO_CONTEXT);

            assertThat(answer.toString(UTF_8)).isEqualTo("{\"ashlar\":\"pong\"}");
        }
    }

    @Test
    void whatTheRuleSendsIsAnsweredAsAMapToo() throws IOException {
        for (String ping : pings()) {
            Map<?, ?> event = new ObjectMapper().readValue(ping, Map.class);

            assertThat(WarmUp.answers(event)).isTrue();
        }
    }

    private static List<String> pings() {
        List<String> pings = assertThat(new QuotesStack(TestApp.create(), "Quotes")).json().findValues("Input").stream()
                .map(JsonNode::asText)
                .toList();
        assertThat(pings).hasSize(2);
        return pings;
    }
}
