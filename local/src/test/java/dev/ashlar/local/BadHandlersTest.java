package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** What becomes of requests and messages whose handler does not do its work. */
class BadHandlersTest {
    /** Constructs, and the handlers that they have. */
    private static final Map<String, String> HANDLERS = Map.of(
            "Good", "::count",
            "Throws", "::fail",
            "Exits", "::exit",
            "Hangs", "::sleep",
            "FillsMemory", "::fill",
            "PrintsGarbage", "::garbage",
            "ThrowsAtStart", "$ThrowsAtStart::handle",
            "ExitsAtStart", "$EndsAtStart::handle");

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path directory;

    private static LocalApp app;
    private static SqsClient sqs;

    @BeforeAll
    static void start() {
        Path code = TestCode.handlers(directory.resolve("classes"));
        app = LocalApp.of(TestAssembly.of(directory, cdk -> new Shop(cdk, code)))
                .log(LOG::add)
                .start();
        sqs = app.client("sqs", SqsClient.builder());
    }

    @AfterAll
    static void stop() {
        if (sqs != null) {
            sqs.close();
        }
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Throws | no such note: null",
                "Exits | Runtime exited with error: exit status 3",
                "Hangs | Task timed out after 2.00 seconds",
                "FillsMemory | java.lang.OutOfMemoryError",
                "PrintsGarbage | the answer is not JSON",
                "ThrowsAtStart | no table",
                "ExitsAtStart | Runtime exited with error: exit status 7",
            })
    void aRequestGetsAnErrorAndTheLogSaysWhy(String function, String why) throws Exception {
        HttpResponse<String> answer = get("/" + function);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(LOG).anyMatch(line -> line.startsWith(function + " | ") && line.contains(why));
    }

    @ParameterizedTest
    @CsvSource({"Throws", "Exits", "Hangs", "FillsMemory", "PrintsGarbage", "ThrowsAtStart", "ExitsAtStart"})
    void aMessageComesAgainAndEndsInTheDeadLetterQueue(String function) throws Exception {
        sqs.sendMessage(send -> send.queueUrl(url(function + "Work")).messageBody(function));

        assertThat(deadLetter(function).body()).isEqualTo(function);
        assertThat(LOG.stream().filter(line -> line.startsWith("[Shop/" + function + "Work] Message ")))
                .hasSize(2)
                .anyMatch(line -> line.endsWith(" failed, receive 1"))
                .anyMatch(line -> line.endsWith(" failed, receive 2"));
    }

    @AfterEach
    void othersGoOn() throws Exception {
        HttpResponse<String> good = get("/Good");

        assertThat(good.statusCode()).as(good.body()).isEqualTo(200);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(app.getUrl().resolve(path)).build(), BodyHandlers.ofString());
    }

    private static String url(String queue) {
        return sqs.getQueueUrl(get -> get.queueName(app.getName("Shop/" + queue)))
                .queueUrl();
    }

    private static Message deadLetter(String function) {
        String url = url(function + "DeadLetters");
        long end = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < end) {
            List<Message> received = sqs.receiveMessage(
                            receive -> receive.queueUrl(url).waitTimeSeconds(1))
                    .messages();
            if (!received.isEmpty()) {
                return received.get(0);
            }
        }
        throw new AssertionError("No message came: " + String.join("\n", LOG));
    }

    /** A route and a queue for each handler. */
    private static final class Shop extends Stack {
        Shop(App app, Path code) {
            super(app, "Shop");
            HttpApi api = new HttpApi(this, "Api");
            HANDLERS.forEach((id, handler) -> {
                Function function = TestAssembly.function(this, id, code, handler)
                        .memorySize(128)
                        .timeout(software.amazon.awscdk.Duration.seconds(2))
                        .build();
                api.addRoutes(AddRoutesOptions.builder()
                        .path("/" + id)
                        .integration(new HttpLambdaIntegration(id, function))
                        .build());
                Queue dead = new Queue(this, id + "DeadLetters");
                Queue work = Queue.Builder.create(this, id + "Work")
                        .deadLetterQueue(DeadLetterQueue.builder()
                                .queue(dead)
                                .maxReceiveCount(2)
                                .build())
                        .build();
                function.addEventSource(SqsEventSource.Builder.create(work)
                        .reportBatchItemFailures(true)
                        .build());
            });
        }
    }
}
