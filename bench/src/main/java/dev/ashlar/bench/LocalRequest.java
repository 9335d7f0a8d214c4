package dev.ashlar.bench;

import dev.ashlar.local.LocalApp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;

/** A request for the list of notes as a browser sends it, on one's own machine. */
final class LocalRequest implements Row {
    private static final String NOTES = "/api/notes";
    private static final int WARM_UP_ROUNDS = 50;

    private final Workshop workshop;
    private final HttpClient client = HttpClient.newHttpClient();

    LocalRequest(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String title() {
        return "the guestbook's list request, warm, on `local`";
    }

    @Override
    public int rounds() {
        return 200;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        Path assembly = workshop.newFolder("guestbook");
        workshop.cdk("synth", "--quiet", "--output", assembly.toString()).output();
        try (LocalApp app = LocalApp.of(assembly.toString())
                .stack("Guestbook")
                .log(line -> {})
                .start()) {
            send(HttpRequest.newBuilder(app.getUrl().resolve(NOTES))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("{\"author\":\"Ada\",\"text\":\"Hello\"}"))
                    .build());
            HttpRequest list =
                    HttpRequest.newBuilder(app.getUrl().resolve(NOTES)).build();
            try (DirectCalls direct = DirectCalls.start(workshop, app)) {
                requireSame(send(list), direct.answer());
                Comparison.alternately(Math.min(rounds, WARM_UP_ROUNDS), () -> millis(list), direct::millis);
                return new Section(
                        "A request over HTTP, through distribution, route, runtime client and the handler's own process, beside the"
                                + " handler called in its process; both ask the same DynamoDB Local, with permissions enforced."
                                + " Checked: both answer with the same notes.",
                        List.of(line(Comparison.alternately(rounds, () -> millis(list), direct::millis))),
                        List.of());
            }
        }
    }

    private static Line line(Comparison comparison) {
        return new Line(
                "one request",
                Line.number(comparison.medianOfOurs(), "ms"),
                Line.number(comparison.medianOfAgainst(), "ms"),
                comparison.ratioWithSpread(),
                comparison.rounds(),
                "",
                null);
    }

    private double millis(HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        send(request);
        return (System.nanoTime() - start) / 1e6;
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    request.uri() + " must answer, got " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static void requireSame(String viaHttp, String direct) {
        if (!viaHttp.equals(direct)) {
            throw new IllegalStateException("both must answer alike, got " + viaHttp + " and " + direct);
        }
    }
}
