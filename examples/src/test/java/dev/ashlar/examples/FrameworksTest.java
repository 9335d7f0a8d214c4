package dev.ashlar.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.local.LambdaRunner;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/**
 * Builds the projects of {@code docs/frameworks.md} as {@code cdk deploy} does, and has AWS's Java runtime run what
 * would be uploaded. That runtime is native code for Linux.
 */
@Tag("full")
@EnabledOnOs(OS.LINUX)
class FrameworksTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Nested
    class Plain extends Recipe {
        Plain() {
            super(FunctionCode.maven("examples/frameworks/plain"), "shop.HelloHandler", "shop.HelloHandler$Echo");
        }
    }

    @Nested
    class SpringBoot extends Recipe {
        SpringBoot() {
            super(
                    FunctionCode.maven("examples/frameworks/spring-boot"),
                    "shop.StreamLambdaHandler",
                    "com.amazonaws.serverless.proxy.internal.servlet.AwsHttpServletResponse");
        }
    }

    @Nested
    class Micronaut extends Recipe {
        Micronaut() {
            super(
                    FunctionCode.maven("examples/frameworks/micronaut"),
                    "io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction",
                    "io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPResponseServletResponse");
        }
    }

    @Nested
    class Quarkus extends Recipe {
        Quarkus() {
            super(
                    FunctionCode.build(
                            "../../../mvnw -q -B package -DskipTests",
                            "examples/frameworks/quarkus",
                            "target/function.zip"),
                    "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest",
                    "io.quarkus.amazon.lambda.http.LambdaHttpHandler$NettyResponseHandler");
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Recipe {
        private final FunctionCode code;
        private final String handler;
        private final String loadedByAnswering;

        private LambdaRunner function;
        private String loadedBeforeTheFirstEvent = "";

        Recipe(FunctionCode code, String handler, String loadedByAnswering) {
            this.code = code;
            this.handler = handler;
            this.loadedByAnswering = loadedByAnswering;
        }

        @BeforeAll
        void deploy(@TempDir Path directory) throws IOException {
            App app = TestApp.create(Map.of("aws:cdk:bundling-stacks", List.of("**")));
            ServerlessWebApp.Builder.create(new Stack(app, "Shop"), "Web")
                    .code(code)
                    .handler(handler)
                    .build();
            Path asset = assetOf(Path.of(app.synth().getDirectory()));
            Path loadedClasses = directory.resolve("classes.log");
            function = LambdaRunner.of(asset.toString(), handler)
                    .environment("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loadedClasses)
                    .snapStart(true)
                    .start();
            loadedBeforeTheFirstEvent = Files.readString(loadedClasses);
        }

        @AfterAll
        void stop() {
            if (function != null) {
                function.close();
            }
        }

        @Test
        void greets() throws IOException {
            JsonNode answer = invoke(request("GET", "/hello", "name=Ada"));

            assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
            assertThat(bodyOf(answer)).isEqualTo(JSON.readTree("{\"message\": \"Hello, Ada\"}"));
        }

        @Test
        void greetsWithoutAQuery() throws IOException {
            assertThat(bodyOf(invoke(request("GET", "/hello", ""))))
                    .isEqualTo(JSON.readTree("{\"message\": \"Hello, world\"}"));
        }

        @Test
        void echoesInAnyScript() throws IOException {
            ObjectNode request = request("POST", "/echo", "").put("body", "{\"text\": \"마름돌 ü\"}");

            JsonNode answer = invoke(request);

            assertThat(answer.get("statusCode").asInt()).isEqualTo(200);
            assertThat(bodyOf(answer)).isEqualTo(JSON.readTree("{\"text\": \"마름돌 ü\", \"length\": 5}"));
        }

        @Test
        void takesABodyInBase64() throws IOException {
            String body = Base64.getEncoder().encodeToString("{\"text\": \"ü\"}".getBytes(UTF_8));
            ObjectNode request = request("POST", "/echo", "").put("body", body).put("isBase64Encoded", true);

            assertThat(bodyOf(invoke(request))).isEqualTo(JSON.readTree("{\"text\": \"ü\", \"length\": 1}"));
        }

        @Test
        void doesNotFindOtherPaths() throws IOException {
            assertThat(invoke(request("GET", "/nowhere", "")).get("statusCode").asInt())
                    .isEqualTo(404);
        }

        @Test
        void hasAnsweredBeforeTheSnapshot() {
            // [0.012s][info][class,load] java.lang.Object source: shared objects file
            assertThat(loadedBeforeTheFirstEvent).contains("] " + loadedByAnswering + " source: ");
        }

        private JsonNode invoke(JsonNode event) throws IOException {
            return JSON.readTree(function.invoke(event.toString()).getPayload());
        }
    }

    /** What API Gateway sends for the catch-all route of a web app. */
    private static ObjectNode request(String method, String path, String query) throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree("""
                {
                  "version": "2.0",
                  "routeKey": "ANY /{proxy+}",
                  "rawPath": "%2$s",
                  "rawQueryString": "%3$s",
                  "headers": {
                    "accept": "application/json",
                    "accept-encoding": "gzip, deflate, br",
                    "content-type": "application/json",
                    "host": "abcdefghij.execute-api.eu-central-1.amazonaws.com",
                    "user-agent": "Mozilla/5.0",
                    "x-amzn-trace-id": "Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e",
                    "x-forwarded-for": "203.0.113.7",
                    "x-forwarded-port": "443",
                    "x-forwarded-proto": "https"
                  },
                  "requestContext": {
                    "accountId": "123456789012",
                    "apiId": "abcdefghij",
                    "domainName": "abcdefghij.execute-api.eu-central-1.amazonaws.com",
                    "domainPrefix": "abcdefghij",
                    "http": {
                      "method": "%1$s",
                      "path": "%2$s",
                      "protocol": "HTTP/1.1",
                      "sourceIp": "203.0.113.7",
                      "userAgent": "Mozilla/5.0"
                    },
                    "requestId": "JKJaXmPLvHcESHA=",
                    "routeKey": "ANY /{proxy+}",
                    "stage": "$default",
                    "time": "10/Nov/2026:05:16:23 +0000",
                    "timeEpoch": 1794287783220
                  },
                  "pathParameters": {"proxy": "%4$s"},
                  "isBase64Encoded": false
                }
                """.formatted(method, path, query, path.substring(1)));
        if (!query.isEmpty()) {
            String[] parameter = query.split("=", 2);
            event.putObject("queryStringParameters").put(parameter[0], parameter[1]);
        }
        return event;
    }

    private static JsonNode bodyOf(JsonNode answer) throws IOException {
        String body = answer.get("body").asText();
        return JSON.readTree(
                answer.path("isBase64Encoded").asBoolean()
                        ? new String(Base64.getDecoder().decode(body), UTF_8)
                        : body);
    }

    private static Path assetOf(Path assembly) throws IOException {
        JsonNode files =
                JSON.readTree(assembly.resolve("Shop.assets.json").toFile()).get("files");
        return StreamSupport.stream(files.spliterator(), false)
                .map(file -> file.at("/source/path").asText())
                .filter(path -> path.startsWith("asset."))
                .map(assembly::resolve)
                .reduce((one, other) -> {
                    throw new AssertionError("Two assets: " + one + " and " + other);
                })
                .orElseThrow();
    }
}
