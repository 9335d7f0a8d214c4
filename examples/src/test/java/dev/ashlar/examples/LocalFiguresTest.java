package dev.ashlar.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.local.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;

/**
 * How fast the guestbook is on this machine, started as {@code npm start} does. Prints its figures; errors alone fail it.
 *
 * <pre>
 * ./mvnw -pl examples -am test -Pfull -Dtest=LocalFiguresTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@Tag("full")
class LocalFiguresTest {
    private static final int STARTS = 5;
    private static final int WARM_REQUESTS = 1_000;
    private static final int REQUESTS_A_SECOND = 200;
    private static final int MOST_WAITING = 10 * REQUESTS_A_SECOND;
    private static final Duration LOAD = Duration.ofMinutes(1);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private static Path directory;

    @BeforeAll
    static void synthesise() {
        App app = App.Builder.create()
                .outdir(directory.toString())
                .analyticsReporting(false)
                .build();
        new GuestbookStack(app, "Guestbook");
        app.synth();
    }

    @Test
    void startsAndAnswers() throws Exception {
        List<Double> starts = new ArrayList<>();
        List<Double> colds = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            try (Running guestbook = Running.start()) {
                starts.add(guestbook.millisToStart());
                colds.add(millisOf(guestbook.notes()));
            }
        }
        try (Running guestbook = Running.start()) {
            requests(guestbook);
            print("start", starts);
            print("cold request", colds);
            print("warm request", requests(guestbook));
        }
    }

    @Test
    void answersTwoHundredRequestsASecondForAMinute() throws Exception {
        try (Running guestbook = Running.start()) {
            requests(guestbook);
            List<Double> millis = Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<String>> answers = new ArrayList<>();

            long begin = System.nanoTime();
            for (long i = 0; i < LOAD.toSeconds() * REQUESTS_A_SECOND; i++) {
                sleepUntil(begin + i * TimeUnit.SECONDS.toNanos(1) / REQUESTS_A_SECOND);
                // What is further behind than that never comes back, and would fail after many minutes.
                assertThat(i - millis.size())
                        .as("requests that wait for an answer")
                        .isLessThan(MOST_WAITING);
                answers.add(send(guestbook.notes(), millis));
            }

            List<String> errors = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(error -> !error.isEmpty())
                    .toList();
            print("under load", millis);
            assertThat(errors).isEmpty();
        }
    }

    private static List<Double> requests(Running guestbook) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < WARM_REQUESTS; i++) {
            millis.add(millisOf(guestbook.notes()));
        }
        return millis;
    }

    private static double millisOf(URI notes) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(notes).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return millisSince(begin);
    }

    /** {@return what went wrong, or an empty text} */
    private static CompletableFuture<String> send(URI notes, List<Double> millis) {
        long begin = System.nanoTime();
        return HTTP.sendAsync(HttpRequest.newBuilder(notes).build(), BodyHandlers.ofString())
                .handle((answer, failure) -> {
                    millis.add(millisSince(begin));
                    if (failure != null) {
                        return failure.toString();
                    }
                    return answer.statusCode() == 200 ? "" : answer.statusCode() + " " + answer.body();
                });
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / 1e6;
    }

    private static void sleepUntil(long time) throws InterruptedException {
        long left = time - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private static void print(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        System.out.println(String.format(
                Locale.ROOT,
                "%-14s median %7.1f ms, 99 of 100 below %7.1f ms, of %d",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get((sorted.size() - 1) * 99 / 100),
                sorted.size()));
    }

    /** The guestbook in a process of its own. */
    private record Running(Process process, URI notes, double millisToStart) implements AutoCloseable {
        private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+");
        private static final Pattern STARTED = Pattern.compile("Started in (\\S+) s");

        static Running start() throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "--assembly",
                            directory.toString(),
                            "--port",
                            "0")
                    .redirectErrorStream(true)
                    .start();
            BufferedReader out = process.inputReader(UTF_8);
            String address = "";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher found = ADDRESS.matcher(line);
                if (address.isEmpty() && found.find()) {
                    address = found.group();
                }
                Matcher started = STARTED.matcher(line);
                if (started.find()) {
                    // A process that nobody listens to stands still.
                    Thread rest = new Thread(() -> out.lines().forEach(each -> {}), "log");
                    rest.setDaemon(true);
                    rest.start();
                    return new Running(
                            process, URI.create(address + "/api/notes"), Double.parseDouble(started.group(1)) * 1000);
                }
            }
            throw new IOException("The guestbook did not start");
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
