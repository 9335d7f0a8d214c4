package dev.ashlar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.local.LocalApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The guestbook's handler in a JVM of its own, which calls it for each line that it reads. */
final class DirectCalls implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private DirectCalls(Process process) {
        this.process = process;
        this.requests = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    /** Starts it, with the table of an app that runs here. */
    static DirectCalls start(Workshop workshop, LocalApp app) throws IOException {
        try (DynamoDbClient tables = app.client("dynamodb", DynamoDbClient.builder())) {
            AwsCredentialsIdentity identity = tables.serviceClientConfiguration()
                    .credentialsProvider()
                    .resolveIdentity()
                    .join();
            Process process = Command.java(
                            workshop.module(),
                            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                            DirectCallsRun.class)
                    .with("NOTES_TABLE", app.getName("Notes/Table"))
                    .with(
                            "AWS_ENDPOINT_URL_DYNAMODB",
                            app.getEndpoint("dynamodb").toString())
                    .with(
                            "AWS_REGION",
                            tables.serviceClientConfiguration().region().id())
                    .with("AWS_ACCESS_KEY_ID", identity.accessKeyId())
                    .with("AWS_SECRET_ACCESS_KEY", identity.secretAccessKey())
                    .builder()
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new DirectCalls(process);
        }
    }

    /** Calls the handler once, and returns how many milliseconds it took. */
    double millis() throws IOException {
        return call().path("millis").asDouble();
    }

    /** Calls the handler once, and returns the body of its answer. */
    String answer() throws IOException {
        return call().path("body").asText();
    }

    private JsonNode call() throws IOException {
        requests.write("call\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IllegalStateException("the handler must answer, got the end of its process");
        }
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
