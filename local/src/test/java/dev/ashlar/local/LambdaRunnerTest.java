package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaRunnerTest {
    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static String code;

    @BeforeAll
    static void build() {
        code = TestCode.handlers(shared.resolve("classes")).toString();
    }

    @Test
    void keepsItsProcess() throws Exception {
        try (LambdaRunner runner = handler("count").start()) {
            JsonNode first = payload(runner.invoke("{}"));
            JsonNode second = payload(runner.invoke("{}"));

            assertThat(first.get("count").asInt()).isEqualTo(1);
            assertThat(second.get("count").asInt()).isEqualTo(2);
            assertThat(second.get("pid")).isEqualTo(first.get("pid"));
        }
    }

    @Test
    void hasTheEnvironmentOfLambdaAndNothingOfThisJvms() throws Exception {
        try (LambdaRunner runner = handler("tell")
                .region("eu-central-1")
                .memorySize(256)
                .environment("NOTES_TABLE", "notes")
                .endpoint("dynamodb", URI.create("http://127.0.0.1:4711"))
                .endpoint("secrets-manager", URI.create("http://127.0.0.1:4712"))
                .start()) {
            JsonNode told = payload(runner.invoke("{\"a\": [1, \"마름돌\"]}"));

            assertThat(told.get("event")).isEqualTo(Json.parse("{\"a\": [1, \"마름돌\"]}"));
            List<String> names = new ArrayList<>();
            told.get("environment").fieldNames().forEachRemaining(names::add);
            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "AWS_ACCESS_KEY_ID",
                            "AWS_DEFAULT_REGION",
                            "AWS_ENDPOINT_URL_DYNAMODB",
                            "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                            "AWS_EXECUTION_ENV",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                            "AWS_LAMBDA_FUNCTION_NAME",
                            "AWS_LAMBDA_FUNCTION_VERSION",
                            "AWS_LAMBDA_INITIALIZATION_TYPE",
                            "AWS_LAMBDA_LOG_FORMAT",
                            "AWS_LAMBDA_LOG_GROUP_NAME",
                            "AWS_LAMBDA_LOG_STREAM_NAME",
                            "AWS_LAMBDA_RUNTIME_API",
                            "AWS_REGION",
                            "AWS_SECRET_ACCESS_KEY",
                            "AWS_SESSION_TOKEN",
                            "AWS_XRAY_CONTEXT_MISSING",
                            "LAMBDA_RUNTIME_DIR",
                            "LAMBDA_TASK_ROOT",
                            "LANG",
                            "NOTES_TABLE",
                            "PATH",
                            // The shell's, on Lambda too.
                            "PWD",
                            "TMPDIR",
                            "TZ",
                            "_HANDLER",
                            "_LAMBDA_TELEMETRY_LOG_FD");
            JsonNode environment = told.get("environment");
            assertThat(environment.get("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("Handlers");
            assertThat(environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asText())
                    .isEqualTo("256");
            assertThat(environment.get("AWS_REGION").asText()).isEqualTo("eu-central-1");
            assertThat(environment.get("AWS_EXECUTION_ENV").asText())
                    .isEqualTo("AWS_Lambda_java" + Runtime.version().feature());
            assertThat(environment.get("AWS_ENDPOINT_URL_DYNAMODB").asText()).isEqualTo("http://127.0.0.1:4711");
            assertThat(environment.get("_HANDLER").asText()).isEqualTo("shop.Handlers::tell");
            assertThat(environment.get("NOTES_TABLE").asText()).isEqualTo("notes");
            assertThat(environment.get("AWS_ACCESS_KEY_ID").asText()).matches("ASIA[0-9A-Z]{16}");
            assertThat(told.get("directory").asText())
                    .isEqualTo(environment.get("LAMBDA_TASK_ROOT").asText())
                    .isEqualTo(code);
            assertThat(told.get("heap").asInt()).isBetween(200, 218);
            assertThat(told.get("arn").asText())
                    .isEqualTo("arn:aws:lambda:eu-central-1:000000000000:function:Handlers");
            assertThat(told.get("requestId").asText()).matches("[0-9a-f-]{36}");
            assertThat(told.get("remaining").asInt()).isBetween(20_000, 29_000);
            assertThat(told.get("trace").asText())
                    .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        }
    }

    @Test
    void honoursJavaToolOptions() throws Exception {
        try (LambdaRunner runner = handler("tell")
                .environment("JAVA_TOOL_OPTIONS", "-Dcom.amazonaws.xray.traceHeader=before -XX:MaxHeapSize=64m")
                .start()) {
            JsonNode told = payload(runner.invoke("{}"));

            // As on Lambda, whose own option comes after it.
            assertThat(told.get("heap").asInt()).isGreaterThan(800);
            assertThat(told.get("environment").has("JAVA_TOOL_OPTIONS")).isTrue();
        }
    }

    @Test
    void keepsWhatWasLoggedMeanwhile() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LambdaRunner runner = handler("print").log(lines::add).start()) {
            LambdaResult cold = runner.invoke("{}");
            LambdaResult warm = runner.invoke("{}");

            assertThat(cold.getPayload()).isEqualTo("\"printed\"");
            assertThat(cold.getLog())
                    .satisfiesExactly(
                            line -> assertThat(line).matches("START RequestId: [0-9a-f-]{36} Version: \\$LATEST"),
                            line -> assertThat(line).isEqualTo("마름돌 out"),
                            line -> assertThat(line).isEqualTo("to err"),
                            line -> assertThat(line).isEqualTo("logged"),
                            line -> assertThat(line)
                                    .matches("REPORT RequestId: [0-9a-f-]{36} Duration: [0-9.]+ ms Memory Size: 1024 MB"
                                            + "( Max Memory Used: \\d+ MB)? Init Duration: [0-9.]+ ms"));
            assertThat(warm.getLog()).hasSize(5).contains("without an end마름돌 out");
            assertThat(warm.getLog().get(4)).doesNotContain("Init Duration");
            assertThat(lines)
                    .contains("Handlers | 마름돌 out", "Handlers | to err")
                    .hasSize(8);
        }
    }

    @Test
    void returnsWhatAHandlerThrows() throws Exception {
        try (LambdaRunner runner = handler("fail").start()) {
            LambdaResult result = runner.invoke("{\"id\": 7}");

            assertThat(result.isError()).isTrue();
            assertThat(result.isThrottled()).isFalse();
            assertThat(result.getErrorType()).hasValue("java.lang.IllegalStateException");
            assertThat(result.getErrorMessage()).hasValue("no such note: 7");
            assertThat(payload(result).get("stackTrace").get(0).asText()).startsWith("shop.Handlers.fail(");
            assertThat(String.join("\n", result.getLog())).contains("no such note: 7");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, Runtime exited without providing a reason",
        "3, Runtime exited with error: exit status 3",
        "137, Runtime exited with error: signal: killed"
    })
    void startsAgainAfterAnExit(int status, String reason) {
        try (LambdaRunner runner = handler("exit").start()) {
            LambdaResult first = runner.invoke("{\"status\": " + status + "}");
            LambdaResult second = runner.invoke("{\"status\": " + status + "}");

            for (LambdaResult result : List.of(first, second)) {
                assertThat(result.getErrorType()).hasValue("Runtime.ExitError");
                assertThat(result.getErrorMessage().orElseThrow()).matches("RequestId: [0-9a-f-]{36} Error: " + reason);
                assertThat(String.join("\n", result.getLog())).contains(reason, "Init Duration");
            }
        }
    }

    @Test
    void startsAgainWhenTheMemoryIsFull() {
        try (LambdaRunner runner = handler("fill").memorySize(128).start()) {
            LambdaResult first = runner.invoke("{}");
            LambdaResult second = runner.invoke("{}");

            assertThat(first.getErrorType()).hasValue("java.lang.OutOfMemoryError");
            assertThat(second.getErrorType()).hasValue("java.lang.OutOfMemoryError");
            assertThat(second.getLog().get(second.getLog().size() - 1)).contains("Init Duration");
        }
    }

    @Test
    void endsWhatTakesTooLong() {
        try (LambdaRunner runner =
                handler("sleep").timeout(Duration.ofMillis(300)).start()) {
            LambdaResult result = runner.invoke("{}");

            assertThat(result.getErrorType()).hasValue("Sandbox.Timedout");
            assertThat(result.getErrorMessage().orElseThrow())
                    .matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 0.30 seconds");
            assertThat(String.join("\n", result.getLog())).contains("Task timed out");
            assertThat(FunctionProcesses.running()).isEmpty();
        }
    }

    @Test
    void tellsOfAnswersThatAreNotJsonAndHandsThemOn() {
        try (LambdaRunner runner = handler("garbage").start()) {
            LambdaResult result = runner.invoke("{}");

            assertThat(result.isError()).isFalse();
            assertThat(result.getPayload()).isEqualTo("<not json");
            assertThat(result.getLog())
                    .contains("the answer is not JSON, and is handed on as it is, as Lambda does")
                    .anyMatch(line -> line.length() == 256 << 10);
        }
    }

    @Test
    void refusesAnswersOfMoreThan6Megabytes() {
        try (LambdaRunner runner = handler("large").start()) {
            LambdaResult largest = runner.invoke("6291556");
            LambdaResult tooLarge = runner.invoke("6291557");
            LambdaResult after = runner.invoke("10");

            assertThat(largest.getPayload()).hasSize(6_291_556);
            assertThat(tooLarge.getErrorType()).hasValue("Function.ResponseSizeTooLarge");
            assertThat(tooLarge.getErrorMessage())
                    .hasValue("Response payload size exceeded maximum allowed payload size (6291556 bytes).");
            assertThat(after.getPayload()).isEqualTo("\"aaaaaaaa\"");
        }
    }

    @Test
    void refusesEventsOfMoreThan6Megabytes() {
        String largest = "\"" + "a".repeat((6 << 20) - 2) + "\"";
        try (LambdaRunner runner = handler("length").start()) {
            assertThat(runner.invoke(largest).getPayload()).isEqualTo("6291456");

            LambdaResult result = runner.invoke(largest + " ");

            assertThat(result.getErrorType()).hasValue("RequestTooLargeException");
            assertThat(result.getErrorMessage())
                    .hasValue(
                            "6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop.Handlers$ThrowsAtStart::handle, java.lang.IllegalStateException, no table",
        "shop.Nowhere, java.lang.ClassNotFoundException, Class not found: shop.Nowhere",
        "shop.Handlers$EndsAtStart::handle, Runtime.ExitError, exit status 7",
    })
    void tellsWhyAHandlerDoesNotStart(String handler, String type, String message) {
        try (LambdaRunner runner = LambdaRunner.of(code, handler).start()) {
            LambdaResult first = runner.invoke("{}");
            LambdaResult second = runner.invoke("{}");

            for (LambdaResult result : List.of(first, second)) {
                assertThat(result.getErrorType()).hasValue(type);
                assertThat(result.getErrorMessage().orElseThrow()).contains(message);
                assertThat(String.join("\n", result.getLog())).contains(message);
            }
        }
    }

    @Test
    void refusesToStartWithSnapStartWhatCannotBeInitialised() {
        LambdaRunner.Builder builder =
                LambdaRunner.of(code, "shop.Handlers$ThrowsAtStart::handle").snapStart(true);

        assertThatIllegalStateException()
                .isThrownBy(builder::start)
                .withMessageContaining("no table")
                .withMessageStartingWith("[Handlers$ThrowsAtStart] is not initialised: {");
        assertThat(FunctionProcesses.running()).isEmpty();
    }

    @Test
    void handlesEventsAtOneTimeInProcessesOfTheirOwnAndThrottlesMore() throws Exception {
        Path until = directory.resolve("awake");
        try (LambdaRunner runner =
                handler("sleep").reservedConcurrentExecutions(2).start()) {
            List<CompletableFuture<LambdaResult>> busy = IntStream.range(0, 2)
                    .mapToObj(id -> CompletableFuture.supplyAsync(
                            () -> runner.invoke("{\"until\":\"%s\",\"id\":%d}".formatted(until, id))))
                    .toList();
            awaitFiles(busy, Path.of(until + "-0"), Path.of(until + "-1"));

            LambdaResult third = runner.invoke("{}");
            Files.createFile(until);

            assertThat(third.isThrottled()).isTrue();
            assertThat(third.isError()).isTrue();
            assertThat(third.getErrorType()).hasValue("TooManyRequestsException");
            for (CompletableFuture<LambdaResult> result : busy) {
                assertThat(result.get().getPayload()).isEqualTo("\"awake\"");
            }
        }
    }

    @Test
    void throttlesAllWhenNothingIsReserved() {
        try (LambdaRunner runner =
                handler("count").reservedConcurrentExecutions(0).start()) {
            assertThat(runner.invoke("{}").isThrottled()).isTrue();
        }
    }

    @Test
    void takesWhatWasRebuilt() {
        Path classes = directory.resolve("classes");
        TestCode.compile(classes, "Says", says("one"));
        try (LambdaRunner runner =
                LambdaRunner.of(classes.toString(), "Says::handle").start()) {
            assertThat(runner.invoke("{}").getPayload()).isEqualTo("\"one\"");

            TestCode.compile(classes, "Says", says("another"));

            assertThat(runner.invoke("{}").getPayload()).isEqualTo("\"another\"");
            assertThat(FunctionProcesses.running()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"says.jar", "says.zip"})
    void runsJarAndZipFiles(String name) {
        Path file = directory.resolve(name);
        Path classes = directory.resolve("classes");
        TestCode.zip(TestCode.compile(classes, "Says", says("one")), file);
        try (LambdaRunner runner =
                LambdaRunner.of(file.toString(), "Says::handle").start()) {
            assertThat(runner.invoke("{}").getPayload()).isEqualTo("\"one\"");

            TestCode.zip(TestCode.compile(classes, "Says", says("another")), file);

            assertThat(runner.invoke("{}").getPayload()).isEqualTo("\"another\"");
        }
    }

    @Test
    void findsJarsInLib() throws IOException {
        Path deployed = directory.resolve("deployed");
        Files.createDirectories(deployed.resolve("lib"));
        TestCode.zip(
                TestCode.compile(directory.resolve("classes"), "Says", says("from a jar")),
                deployed.resolve("lib/says.jar"));
        try (LambdaRunner runner =
                LambdaRunner.of(deployed.toString(), "Says::handle").start()) {
            assertThat(runner.invoke("{}").getPayload()).isEqualTo("\"from a jar\"");
        }
    }

    @Test
    void saysWhereJarsMustLieThatAreMissing() {
        Path needed = TestCode.compile(directory.resolve("needed"), "Needed", "public class Needed {}");
        Path classes = TestCode.compile(
                directory.resolve("classes"),
                "Needs",
                "public class Needs { public String handle(Object event) { return new Needed().toString(); } }",
                "-cp",
                needed.toString());
        try (LambdaRunner runner =
                LambdaRunner.of(classes.toString(), "Needs::handle").start()) {
            LambdaResult result = runner.invoke("{}");

            assertThat(result.getErrorType()).hasValue("java.lang.NoClassDefFoundError");
            assertThat(result.getLog())
                    .contains(
                            "there is no lib in " + classes + ", where Lambda finds the jars that the code needs;"
                                    + " Maven's dependency:copy-dependencies -DincludeScope=runtime puts them into -DoutputDirectory");
        }
    }

    @Test
    void refusesAZipFileThatLeavesItsDirectory() throws IOException {
        Path file = directory.resolve("slip.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("../../escaped"));
            zip.closeEntry();
        }
        try (LambdaRunner runner =
                LambdaRunner.of(file.toString(), "Says::handle").start()) {
            LambdaResult result = runner.invoke("{}");

            assertThat(result.getErrorMessage())
                    .hasValue(file + " must have no entry outside of its own directory, got ../../escaped");
        }
    }

    @Test
    void saysWhatCodeMustBeCompiledFor() throws IOException {
        Path classes = TestCode.compile(directory.resolve("classes"), "Says", says("one"));
        byte[] bytes = Files.readAllBytes(classes.resolve("Says.class"));
        bytes[7] = (byte) (44 + 99);
        Files.write(classes.resolve("Says.class"), bytes);
        try (LambdaRunner runner =
                LambdaRunner.of(classes.toString(), "Says::handle").start()) {
            LambdaResult result = runner.invoke("{}");

            assertThat(result.getErrorType()).hasValue("java.lang.UnsupportedClassVersionError");
            assertThat(result.getErrorMessage())
                    .hasValue(
                            "[Says] handler must be compiled for Java %d or older, got Java 99; start this with a JDK 99"
                                    .formatted(Runtime.version().feature()));
        }
    }

    @Test
    void warnsOnceOfARuntimeThatIsNewer() {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (LambdaRunner runner =
                handler("exit").runtime("java99").log(lines::add).start()) {
            runner.invoke("{\"status\": 0}");
            runner.invoke("{\"status\": 0}");

            assertThat(lines)
                    .containsOnlyOnce("Handlers | java99 is run by Java %d here"
                            .formatted(Runtime.version().feature()));
        }
    }

    @Test
    void runsTheHooksOfSnapStartBeforeTheFirstEvent() {
        Path classes = TestCode.compile(directory.resolve("classes"), "Primed", """
                import com.amazonaws.services.lambda.crac.*;

                public class Primed implements Resource {
                    private String said = System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE");

                    public Primed() {
                        Core.getGlobalContext().register(this);
                    }

                    public void beforeCheckpoint(Context<? extends Resource> context) {
                        said += ", before";
                    }

                    public void afterRestore(Context<? extends Resource> context) {
                        said += ", after";
                    }

                    public String handle(Object event) {
                        return said;
                    }
                }
                """);
        try (LambdaRunner runner = LambdaRunner.of(classes.toString(), "Primed::handle")
                .snapStart(true)
                .start()) {
            assertThat(FunctionProcesses.running()).hasSize(1);

            LambdaResult result = runner.invoke("{}");

            assertThat(result.getPayload()).isEqualTo("\"snap-start, before, after\"");
            assertThat(String.join("\n", result.getLog())).doesNotContain("Init Duration");
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Path temporary;
        try (LambdaRunner runner = handler("tell").start()) {
            temporary = Path.of(payload(runner.invoke("{}")).get("temporary").asText());
            assertThat(temporary).isEmptyDirectory();
            assertThat(FunctionProcesses.running()).hasSize(1);
        }

        assertThat(FunctionProcesses.running()).isEmpty();
        // The process's own directory in that of the runner.
        assertThat(temporary.resolve("../..").normalize()).doesNotExist();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("ashlar-functions"));
    }

    @Test
    void rejectsWhatIsOutsideTheLimits() {
        assertRejects(
                LambdaRunner.of("nowhere", "shop.A"),
                "[shop.A] code must be a directory, a jar or a zip file, got "
                        + Path.of("nowhere").toAbsolutePath() + ", which is not there; build it first");
        assertRejects(
                handler("count").memorySize(127),
                "[shop.Handlers::count] memorySize must be 128 to 10240 MiB, got 127");
        assertRejects(
                handler("count").memorySize(10_241),
                "[shop.Handlers::count] memorySize must be 128 to 10240 MiB, got 10241");
        assertRejects(
                handler("count").timeout(Duration.ZERO),
                "[shop.Handlers::count] timeout must be more than 0 and at most 900 seconds, got PT0S");
        assertRejects(
                handler("count").timeout(Duration.ofSeconds(901)),
                "[shop.Handlers::count] timeout must be more than 0 and at most 900 seconds, got PT15M1S");
        assertRejects(
                handler("count").reservedConcurrentExecutions(-1),
                "[shop.Handlers::count] reservedConcurrentExecutions must be 0 or more, got -1");
        assertRejects(
                handler("count").runtime("python3.14"),
                "[shop.Handlers::count] runtime must be one of Java or Node.js, such as java25, got python3.14");
        handler("count").memorySize(128).timeout(Duration.ofMinutes(15)).start().close();
        handler("count").memorySize(10_240).start().close();
    }

    private static void assertRejects(LambdaRunner.Builder builder, String message) {
        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessage(message);
    }

    private static LambdaRunner.Builder handler(String method) {
        return LambdaRunner.of(code, "shop.Handlers::" + method);
    }

    private static JsonNode payload(LambdaResult result) throws IOException {
        return Json.parse(result.getPayload());
    }

    private static String says(String text) {
        return "public class Says { public String handle(Object event) { return \"%s\"; } }".formatted(text);
    }

    private static void awaitFiles(List<CompletableFuture<LambdaResult>> writers, Path... files)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Stream.of(files).allMatch(Files::exists)) {
            assertThat(writers).noneMatch(CompletableFuture::isDone);
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }
}
