package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.FunctionProcesses;
import dev.ashlar.local.TestCode;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Addresses;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.PhysicalNames;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFunctionsTest {
    private static final String ARN = "arn:aws:lambda:eu-central-1:000000000000:function:";
    private static final byte[] EVENT = "{}".getBytes(UTF_8);

    @TempDir
    static Path shared;

    private static Path code;

    private final List<LogLine> log = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void build() throws IOException {
        code = TestCode.zip(TestCode.handlers(shared.resolve("classes")), shared.resolve("code.zip"));
        TestCode.compile(
                shared.resolve("uses"),
                "Uses",
                "public class Uses { public String handle(Object e) { return Layered.NAME(); } }",
                "-cp",
                TestCode.compile(
                                shared.resolve("layered"),
                                "Layered",
                                "public class Layered { public static String NAME() { return \"layered\"; } }")
                        .toString());
        Path layer = Files.createDirectories(shared.resolve("layer/java/lib"));
        TestCode.zip(shared.resolve("layered"), layer.resolve("layered.jar"));
        Files.createDirectories(shared.resolve("layer/bin"));
    }

    @Test
    void runsTheFunctionsOfATemplate() throws Exception {
        try (LocalFunctions functions = functions("""
                {"Resources":{
                  "Notes":{"Type":"AWS::Lambda::Function","Metadata":{"aws:cdk:path":"Shop/Notes/Function/Resource"},
                    "Properties":{"Runtime":"java17","Handler":"shop.Handlers::tell","Code":{"S3Key":"code.zip"},
                      "MemorySize":256,"Timeout":7,
                      "Environment":{"Variables":{"TABLE":{"Ref":"Table"}}},
                      "LoggingConfig":{"LogFormat":"JSON","ApplicationLogLevel":"WARN","LogGroup":{"Ref":"Logs"}}}},
                  "Table":{"Type":"AWS::DynamoDB::Table"},
                  "Logs":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"notes"}},
                  "Version":{"Type":"AWS::Lambda::Version","Properties":{"FunctionName":{"Ref":"Notes"}}}}}
                """)) {
            Invocation invocation = functions.invoke(ARN + "Shop-Notes:live", EVENT);

            JsonNode told = Json.parse(invocation.text());
            JsonNode environment = told.get("environment");
            assertThat(told.get("arn").asText()).isEqualTo(ARN + "Shop-Notes:live");
            assertThat(environment.get("TABLE").asText()).isEqualTo("Shop-Table");
            assertThat(environment.get("GIVEN").asText()).isEqualTo(ARN + "Shop-Notes");
            assertThat(environment.get("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("Shop-Notes");
            assertThat(environment.get("AWS_LAMBDA_FUNCTION_VERSION").asText()).isEqualTo("1");
            assertThat(environment.get("AWS_LAMBDA_LOG_GROUP_NAME").asText()).isEqualTo("notes");
            assertThat(environment.get("AWS_LAMBDA_LOG_FORMAT").asText()).isEqualTo("JSON");
            assertThat(environment.get("AWS_LAMBDA_LOG_LEVEL").asText()).isEqualTo("WARN");
            assertThat(environment.get("AWS_REGION").asText()).isEqualTo("eu-central-1");
            assertThat(told.get("remaining").asInt()).isBetween(1, 7000);
            assertThat(log).extracting(LogLine::function).containsOnly("Notes");
            assertThat(functions.getUnsupported()).isEmpty();
            assertThat(functions.getFunctions())
                    .extracting(FunctionConfiguration::path)
                    .containsExactly("Shop/Notes/Function");
        }
    }

    @Test
    void hasEachRecordOfALoggerInALineOfItsOwn() {
        try (LocalFunctions functions = functions(function(
                "Handlers::print", "\"Code\":{\"S3Key\":\"code.zip\"},\"LoggingConfig\":{\"LogFormat\":\"JSON\"}"))) {
            Execution execution = functions.execute(ARN + "Shop-F", EVENT);

            assertThat(execution.log())
                    .filteredOn(line -> line.kind() == LogLine.Kind.OUTPUT)
                    .extracting(line -> line.render().orElseThrow())
                    .containsExactly("F | 마름돌 out", "F | to err", "F | logged");
        }
    }

    @Test
    void hasCloudFormationsDefaults() throws Exception {
        try (LocalFunctions functions = functions(function("Handlers::tell", "\"Code\":{\"S3Key\":\"code.zip\"}"))) {
            JsonNode told = Json.parse(functions.invoke(ARN + "Shop-F", EVENT).text());

            assertThat(told.at("/environment/AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asText())
                    .isEqualTo("128");
            assertThat(told.at("/environment/AWS_LAMBDA_FUNCTION_VERSION").asText())
                    .isEqualTo("$LATEST");
            assertThat(told.at("/environment/AWS_LAMBDA_LOG_GROUP_NAME").asText())
                    .isEqualTo("/aws/lambda/Shop-F");
            assertThat(told.at("/environment/AWS_LAMBDA_LOG_FORMAT").asText()).isEqualTo("Text");
            assertThat(told.get("remaining").asInt()).isBetween(1, 3000);
        }
    }

    @Test
    void putsTheJarsOfLayersOnTheClassPath() {
        try (LocalFunctions functions = functions("""
                {"Resources":{
                  "F":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java17","Handler":"Uses::handle",
                    "Code":{"S3Key":"uses"},"Layers":[{"Ref":"Layer"}]}},
                  "Layer":{"Type":"AWS::Lambda::LayerVersion","Properties":{"Content":{"S3Key":"layer"}}}}}
                """)) {
            assertThat(functions.invoke(ARN + "Shop-F", EVENT).text()).isEqualTo("\"layered\"");
            assertThat(log).extracting(LogLine::text).contains("its layers have bin, which are not in /opt here");
        }
    }

    @Test
    void runsWhatStandsInTheTemplate() {
        try (LocalFunctions functions = functions("""
                {"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"nodejs24.x",
                  "Handler":"index.handler","Code":{"ZipFile":"exports.handler = async (event) => event.a + 1;"}}}}}
                """)) {
            assertThat(functions
                            .invoke(ARN + "Shop-F", "{\"a\":1}".getBytes(UTF_8))
                            .text())
                    .isEqualTo("2");
        }
    }

    @Test
    void listsWhatDoesNotRunAndFailsItsInvocations() {
        try (LocalFunctions functions = functions("""
                {"Resources":{
                  "Python":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"python3.14","Handler":"index.handler",
                    "Code":{"S3Key":"code.zip"}}},
                  "Image":{"Type":"AWS::Lambda::Function","Properties":{"PackageType":"Image","Code":{"ImageUri":"a"}}},
                  "Gone":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java17","Handler":"A",
                    "Code":{"S3Bucket":"elsewhere","S3Key":"a.zip"}}},
                  "Open":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java17","Handler":"A",
                    "Code":{"S3Key":"code.zip"},"Environment":{"Variables":{"A":{"Fn::GetAtt":["Thing","Address"]}}}}},
                  "Layered":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java17","Handler":"A",
                    "Code":{"S3Key":"code.zip"},"Layers":["arn:aws:lambda:eu-central-1:1:layer:insights:2"]}},
                  "Wrapped":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java17","Handler":"A",
                    "Code":{"S3Key":"code.zip"},"Environment":{"Variables":{"AWS_LAMBDA_EXEC_WRAPPER":"/opt/otel"}}}},
                  "Served":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"python3.14","Handler":"index.handler",
                    "Code":{"S3Key":"code.zip"}}},
                  "Thing":{"Type":"Custom::Thing","Properties":{"ServiceToken":{"Fn::GetAtt":["Served","Arn"]}}}}}
                """)) {
            assertThat(functions.getUnsupported())
                    .containsExactly(
                            "[Python] is not run here: its runtime is python3.14, and only Java and Node.js run; an invocation fails",
                            "[Image] is not run here: its code is a container image; an invocation fails",
                            "[Gone] is not run here: its code is not in the assembly, but in s3://elsewhere/a.zip; an invocation fails",
                            "[Open] is not run here: [Shop] Fn::GetAtt Thing.Address cannot be resolved here: only AWS knows this of a Custom::Thing; an invocation fails",
                            "[Layered] is not run here: its layer arn:aws:lambda:eu-central-1:1:layer:insights:2 is not in the assembly; an invocation fails",
                            "[Wrapped] is not run here: it is started by a wrapper, AWS_LAMBDA_EXEC_WRAPPER; an invocation fails");

            Invocation invocation = functions.invoke(ARN + "Shop-Image", EVENT);

            assertThat(invocation.outcome()).isEqualTo(Invocation.Outcome.FAILED);
            assertThat(invocation.text())
                    .isEqualTo(
                            "{\"errorType\":\"Local.NotRun\",\"errorMessage\":\"[Image] is not run here: its code is a container image; an invocation fails\"}");
            assertThat(log).extracting(LogLine::kind).containsExactly(LogLine.Kind.PROBLEM);
        }
    }

    @Test
    void throttlesAFunctionThatReservesNothing() {
        try (LocalFunctions functions = functions(
                function("Handlers::tell", "\"Code\":{\"S3Key\":\"code.zip\"},\"ReservedConcurrentExecutions\":0"))) {
            assertThat(functions.invoke(ARN + "Shop-F", EVENT).outcome()).isEqualTo(Invocation.Outcome.THROTTLED);
        }
    }

    @Test
    void rejectsAnUnknownFunction() {
        try (LocalFunctions functions = functions(function("Handlers::tell", "\"Code\":{\"S3Key\":\"code.zip\"}"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> functions.invoke(ARN + "Other", EVENT))
                    .withMessage("No function has the ARN " + ARN + "Other; there are " + ARN + "Shop-F");
        }
    }

    @Test
    void beginsAgainWhenInitialisingTakesTooLong() {
        FunctionConfiguration slow = configuration("$SlowAtStart::handle", Duration.ofMillis(1500));
        try (Host host = new Host(log::add)) {
            LocalFunction function = function(slow, Duration.ofSeconds(1), host, host.javaRuntime());

            Execution execution = function.invoke(ARN + "F", EVENT);

            assertThat(execution.invocation().text())
                    .matches(
                            "\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: [0-9a-f-]{36} Error: Task timed out after 1.50 seconds\"}");
            assertThat(execution.log())
                    .extracting(LogLine::text)
                    .contains(
                            "initialising takes more than 1 seconds; it begins again within the function's timeout, as in Lambda");
            assertThat(FunctionProcesses.running()).isEmpty();
        }
    }

    @Test
    void runsWhereAwsHasNoNativeLibrary() {
        FunctionConfiguration large = configuration("::large", Duration.ofSeconds(10));
        try (Host host = new Host(log::add)) {
            JavaRuntime runtime = JavaRuntime.portable(host.newDirectory());
            LocalFunction function = function(large, LocalFunction.INIT, host, runtime);

            Invocation first = function.invoke(ARN + "F", "10".getBytes(UTF_8)).invocation();
            Invocation second =
                    function.invoke(ARN + "F", "6291557".getBytes(UTF_8)).invocation();
            Invocation third =
                    function.invoke(ARN + "F", "6291556".getBytes(UTF_8)).invocation();

            assertThat(first.text()).isEqualTo("\"aaaaaaaa\"");
            assertThat(second.text()).contains("Function.ResponseSizeTooLarge");
            assertThat(third.payload()).hasSize(6_291_556);
            assertThat(runtime.options()).isEmpty();
            assertThat(runtime.classPath().split(File.pathSeparator)).hasSize(5);
        }
    }

    @Test
    void endsProcessesThatHaveNothingToDo() {
        FunctionConfiguration counting = configuration("::count", Duration.ofSeconds(10));
        try (Host host = new Host(log::add)) {
            LocalFunction function = function(counting, LocalFunction.INIT, host, host.javaRuntime());
            String first = function.invoke(ARN + "F", EVENT).invocation().text();

            function.endIdle(Duration.ofMinutes(1));
            assertThat(FunctionProcesses.running()).hasSize(1);
            function.endIdle(Duration.ZERO);
            assertThat(FunctionProcesses.running()).isEmpty();

            assertThat(function.invoke(ARN + "F", EVENT).invocation().text())
                    .isNotEqualTo(first)
                    .contains("\"count\":1");
        }
    }

    @Test
    void doesNotTakeItsOwnEndForATimeout() {
        FunctionConfiguration counting = configuration("::count", Duration.ofSeconds(10));
        try (Host host = new Host(log::add)) {
            LocalFunction function = function(counting, LocalFunction.INIT, host, host.javaRuntime());
            function.invoke(ARN + "F", EVENT);

            Thread.currentThread().interrupt();
            Invocation ended = function.invoke(ARN + "F", EVENT).invocation();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(ended.text())
                    .matches(
                            "\\{\"errorType\":\"Local.Ended\",\"errorMessage\":\"RequestId: [0-9a-f-]{36} Error: Ended before it had answered\"}");
        }
    }

    @Test
    void saysWhichFunctionsAnotherVersionRuns() {
        try (LocalFunctions functions = functions("""
                {"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java99","Handler":"A",
                  "Code":{"S3Key":"code.zip"}}}}}
                """)) {
            assertThat(functions.getDifferences())
                    .containsExactly("[F] java99 is run by Java %d here"
                            .formatted(Runtime.version().feature()));
        }
    }

    private static FunctionConfiguration configuration(String handler, Duration timeout) {
        return new FunctionConfiguration(
                "Shop/F",
                "F",
                ARN + "F",
                "$LATEST",
                "java17",
                "shop.Handlers" + handler,
                128,
                timeout,
                Map.of(),
                code,
                List.of(),
                false,
                new FunctionConfiguration.Logging(false, Optional.empty(), "logs"),
                OptionalInt.of(1));
    }

    private static LocalFunction function(
            FunctionConfiguration configuration, Duration init, Host host, JavaRuntime runtime) {
        return new LocalFunction(configuration, init, new JavaLauncher(configuration, runtime), Map::of, host);
    }

    private LocalFunctions functions(String template) {
        try {
            AssemblyStack stack = new AssemblyStack(
                    "Shop",
                    "Shop",
                    "aws://unknown-account/eu-central-1",
                    shared,
                    Json.parse(template),
                    Map.of(),
                    Map.of(
                            "code.zip", code,
                            "uses", shared.resolve("uses"),
                            "layer", shared.resolve("layer")));
            Account account = Account.of(stack);
            Template read = new Template(
                    stack, account, of -> new PhysicalNames(of, account, new Nowhere()), name -> Optional.empty());
            Function<String, Map<String, String>> variables = arn -> Map.of("GIVEN", arn);
            return new LocalFunctions(List.of(read), variables, log::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String function(String handler, String properties) {
        return """
                {"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"Runtime":"java17","Handler":"shop.%s",%s}}}}
                """.formatted(handler, properties);
    }

    private static final class Nowhere implements Addresses {
        @Override
        public String queue(String name) {
            return "http://queues/" + name;
        }

        @Override
        public String api(Resource api) {
            return "http://apis/" + api.id();
        }

        @Override
        public String distribution(Resource distribution) {
            return "localhost:8080";
        }
    }
}
