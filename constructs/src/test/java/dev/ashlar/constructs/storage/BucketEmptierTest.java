package dev.ashlar.constructs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as Lambda does, on Node.js, with S3 in memory and CloudFormation's answer box on loopback. */
class BucketEmptierTest {
    @TempDir
    private Path directory;

    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private HttpServer cloudFormation;

    @BeforeEach
    void startCloudFormation() throws IOException {
        cloudFormation = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloudFormation.createContext("/", exchange -> {
            String contentType = String.valueOf(exchange.getRequestHeaders().getFirst("content-type"));
            answers.add(exchange.getRequestMethod() + " [" + contentType + "] "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        cloudFormation.start();
    }

    @AfterEach
    void stopCloudFormation() {
        cloudFormation.stop(0);
    }

    @Test
    void deletesAllVersionsPageByPage() throws Exception {
        String output = run("Delete", 3000, "", 900_000);

        assertThat(output).endsWith("left 0\n");
        assertThat(answers.poll()).isEqualTo(answer("SUCCESS", "Done"));
    }

    @Test
    void leavesTheBucketAloneUntilItIsDeleted() throws Exception {
        String output = run("Create", 3, "", 900_000);

        assertThat(output).endsWith("left 9\n");
        assertThat(answers.poll()).isEqualTo(answer("SUCCESS", "Done"));
    }

    @Test
    void leavesTheBucketAloneWhenItIsToBeKeptFromNowOn() throws Exception {
        for (String tags : List.of("", "[]", "[{\"Key\":\"ashlar:empty-on-delete\",\"Value\":\"false\"}]")) {
            String output = run("Delete", 3, "", 900_000, tags);

            assertThat(output).endsWith("left 9\n");
            assertThat(answers.poll()).isEqualTo(answer("SUCCESS", "Done"));
        }
    }

    @Test
    void aBucketThatIsGoneIsEmpty() throws Exception {
        run("Delete", 3, "NoSuchBucket", 900_000);

        assertThat(answers.poll()).isEqualTo(answer("SUCCESS", "Done"));
    }

    @Test
    void saysWhatS3Refused() throws Exception {
        run("Delete", 3, "AccessDenied", 900_000);

        assertThat(answers.poll()).isEqualTo(answer("FAILED", "Cannot empty uploads: key 0: Access Denied"));
    }

    @Test
    void givesUpInTimeToSaySo() throws Exception {
        String output = run("Delete", 3, "", 29_999);

        assertThat(output).endsWith("left 9\n");
        assertThat(answers.poll())
                .isEqualTo(answer(
                        "FAILED",
                        "Cannot empty uploads: there is more than fits into 15 minutes; delete the stack again"));
    }

    private static String answer(String status, String reason) {
        return "PUT [] {\"Status\":\"" + status + "\",\"Reason\":\"" + reason + "\",\"PhysicalResourceId\":\"uploads\","
                + "\"StackId\":\"stack\",\"RequestId\":\"request\",\"LogicalResourceId\":\"Emptier\"}";
    }

    private String run(String requestType, int objects, String failure, int remainingMillis) throws Exception {
        return run(
                requestType,
                objects,
                failure,
                remainingMillis,
                "[{\"Key\":\"ashlar:empty-on-delete\",\"Value\":\"true\"}]");
    }

    private String run(String requestType, int objects, String failure, int remainingMillis, String tags)
            throws Exception {
        copy("empty-bucket.js", directory.resolve("index.js"));
        copy(
                "client-s3.js",
                Files.createDirectories(directory.resolve("node_modules/@aws-sdk/client-s3"))
                        .resolve("index.js"));
        String event = "{\"RequestType\":\"" + requestType + "\",\"ResponseURL\":\"http://"
                + cloudFormation.getAddress().getHostString() + ":"
                + cloudFormation.getAddress().getPort()
                + "/\",\"StackId\":\"stack\",\"RequestId\":\"request\",\"LogicalResourceId\":\"Emptier\","
                + "\"ResourceProperties\":{\"BucketName\":\"uploads\"}}";
        ProcessBuilder builder = new ProcessBuilder(
                        System.getenv().getOrDefault("JSII_NODE", "node"),
                        "-e",
                        "require('./index.js').handler(" + event + ", {getRemainingTimeInMillis: () => "
                                + remainingMillis + "})")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(Map.of("OBJECTS", String.valueOf(objects), "FAILURE", failure, "TAGS", tags));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = BucketEmptierTest.class.getResourceAsStream(resource)) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
