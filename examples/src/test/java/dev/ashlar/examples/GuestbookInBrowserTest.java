package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.local.LocalApp;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;

/** The guestbook as it is deployed, but on this machine, and read in a browser. */
class GuestbookInBrowserTest {
    private static final Path PICTURE = DocsTest.root().resolve("docs/images/guestbook.png");
    private static final int MARGIN = 20;
    private static final String ONE_WORD = "Donaudampfschifffahrt".repeat(6);

    @TempDir
    private static Path directory;

    private static LocalApp app;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Browser.assumeThereIsOne();
        App guestbook = App.Builder.create()
                .outdir(directory.resolve("cdk.out").toString())
                .analyticsReporting(false)
                .context(Map.of(GuestbookStack.LEGACY_HOST, "legacy.invalid"))
                .build();
        new GuestbookStack(guestbook, "Guestbook");
        guestbook.synth();
        app = LocalApp.of(directory.resolve("cdk.out").toString()).start();
        browser = Browser.start(directory.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, false", "390, true"})
    void whoWritesANoteReadsItAfterwards(int width, boolean isPhone) {
        browser.show(width, 844, 1, isPhone);
        browser.open(app.getUrl());
        browser.type("#author", "Ada");
        browser.type("#text", "On " + width + " pixels: <b>" + ONE_WORD);
        browser.click("#send");
        browser.awaitText("#announcement", "Your note is in the guestbook.");

        browser.open(app.getUrl());

        browser.awaitText("#notes-list li", "On " + width + " pixels: <b>" + ONE_WORD);
        browser.awaitText("#legacy-state", "The old guestbook cannot be reached right now.");
        assertThat(browser.contentWidth()).isEqualTo(width);
        // Nothing runs where the old guestbook is said to be; each time the page was opened it asked.
        assertThat(browser.takeComplaints())
                .hasSizeBetween(1, 2)
                .allMatch(line -> line.contains("/legacy/entries") && line.contains("status of 502"));
    }

    /** Takes the picture: {@code -Dtest='GuestbookInBrowserTest#isSeenInTheReadme' -Dguestbook.picture=true}. */
    @Test
    @EnabledIfSystemProperty(named = "guestbook.picture", matches = "true")
    void isSeenInTheReadme() throws Exception {
        write("Linus", "Does <b>bold</b> work? No: text stays text.");
        write("Grace", "Three generations of us sat under the old lime tree today.\\nWe will be back in autumn.");
        write("Ada", "The tower was open after all, and the view is worth all 414 steps. Thank you for the tea!");
        browser.show(1100, 800, 0.8, false);
        BufferedImage desktop = picture();
        browser.show(390, 844, 640 / 844.0, true);
        browser.preferDark();

        BufferedImage both = beside(desktop, picture());

        assertThat(ImageIO.write(both, "png", PICTURE.toFile())).isTrue();
    }

    private static void write(String author, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(app.getUrl().resolve("/api/notes"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"author\":\"%s\",\"text\":\"%s\"}".formatted(author, text)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static BufferedImage picture() throws IOException {
        browser.open(app.getUrl());
        browser.awaitText("#notes-list li", "Linus");
        browser.awaitText("#legacy-state", "The old guestbook");
        return ImageIO.read(new ByteArrayInputStream(browser.picture()));
    }

    private static BufferedImage beside(BufferedImage left, BufferedImage right) {
        int width = left.getWidth() + right.getWidth() + 3 * MARGIN;
        BufferedImage both = new BufferedImage(width, left.getHeight() + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = both.createGraphics();
        graphics.setColor(new Color(0xd8dde2));
        graphics.fillRect(0, 0, both.getWidth(), both.getHeight());
        graphics.drawImage(left, MARGIN, MARGIN, null);
        graphics.drawImage(right, left.getWidth() + 2 * MARGIN, MARGIN, null);
        graphics.dispose();
        return both;
    }
}
