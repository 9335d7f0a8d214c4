package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.lambda.FunctionConfiguration;
import dev.ashlar.local.internal.template.Json;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NodeFunctionTest {
    private static String code;

    @BeforeAll
    static void find() throws URISyntaxException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "node"))),
                "there is no node in PATH");
        code = Path.of(Objects.requireNonNull(NodeFunctionTest.class.getResource("/functions/node/index.mjs"))
                        .toURI())
                .resolveSibling("")
                .toString();
    }

    @Test
    void runsAHandlerThatReturnsAPromise() throws Exception {
        try (LambdaRunner runner = handler("index.handler").start()) {
            LambdaResult first = runner.invoke("{\"a\": \"마름돌\"}");
            LambdaResult second = runner.invoke("{}");

            JsonNode answer = Json.parse(first.getPayload());
            assertThat(answer.at("/event/a").asText()).isEqualTo("마름돌");
            assertThat(answer.get("arn").asText())
                    .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:index-handler");
            assertThat(answer.get("remaining").asInt()).isBetween(20_000, 29_000);
            assertThat(answer.get("environment").toString())
                    .contains("NODE_PATH", "AWS_REGION")
                    .doesNotContain("HOME");
            assertThat(Json.parse(second.getPayload()).get("count").asInt()).isEqualTo(2);
            assertThat(first.getLog()).contains("마름돌");
        }
    }

    @Test
    void runsAHandlerThatCallsBack() {
        try (LambdaRunner runner = handler("index.calling").start()) {
            assertThat(runner.invoke("{}").getPayload()).isEqualTo("\"called\"");

            LambdaResult failed = runner.invoke("{\"fail\": true}");

            assertThat(failed.getErrorType()).hasValue("RangeError");
            assertThat(failed.getErrorMessage()).hasValue("too far");
        }
    }

    @Test
    void returnsWhatAHandlerThrows() {
        try (LambdaRunner runner = handler("index.failing").start()) {
            LambdaResult result = runner.invoke("{}");

            assertThat(result.getErrorType()).hasValue("TypeError");
            assertThat(result.getErrorMessage()).hasValue("no such note");
            assertThat(String.join("\n", result.getLog())).contains("TypeError: no such note");
        }
    }

    @Test
    void startsAgainAfterAnExit() {
        try (LambdaRunner runner = handler("index.exiting").start()) {
            assertThat(runner.invoke("{}").getErrorType()).hasValue("Runtime.ExitError");
            assertThat(runner.invoke("{}").getErrorMessage().orElseThrow()).contains("exit status 3");
        }
    }

    @Test
    void whereNothingIsReservedAnEventWaitsForAFreeProcess() {
        try (LambdaRunner runner = handler("index.waiting").start()) {
            List<CompletableFuture<LambdaResult>> all = IntStream.range(0, FunctionConfiguration.PROCESSES + 1)
                    .mapToObj(id -> CompletableFuture.supplyAsync(
                            () -> runner.invoke("{\"millis\": 500}"), task -> new Thread(task).start()))
                    .toList();

            assertThat(all)
                    .extracting(CompletableFuture::join)
                    .extracting(LambdaResult::getPayload)
                    .containsOnly("\"waited\"");
            assertThat(FunctionProcesses.running()).hasSizeLessThanOrEqualTo(FunctionConfiguration.PROCESSES);
        }
    }

    @Test
    void tellsWhyAHandlerDoesNotStart() {
        try (LambdaRunner nowhere = handler("nowhere.handler").start();
                LambdaRunner missing = handler("index.missing").start()) {
            assertThat(nowhere.invoke("{}").getErrorType()).hasValue("Runtime.ImportModuleError");
            assertThat(missing.invoke("{}").getErrorType()).hasValue("Runtime.HandlerNotFound");
        }
    }

    private static LambdaRunner.Builder handler(String handler) {
        return LambdaRunner.of(code, handler).runtime("nodejs24.x");
    }
}
