package dev.ashlar.examples.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders this project's own documentation, and follows what its pages link to. */
class SiteLinksTest {
    private static final Pattern LINK = Pattern.compile("<(?:a|img|link)\\b[^>]* (?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("<[^>]* id=\"([^\"]*)\"");

    @TempDir
    private static Path site;

    @BeforeAll
    static void render() throws IOException {
        new DocsSite(root()).writeTo(site);
    }

    @Test
    void thereIsAPageForEachFile() throws IOException {
        try (Stream<Path> docs = Files.list(root().resolve("docs"))) {
            assertThat(docs.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md"))
                            .map(name -> site.resolve(name.replaceFirst("\\.md$", ""))
                                    .resolve("index.html")))
                    .isNotEmpty()
                    .allMatch(Files::isRegularFile);
        }
    }

    @Test
    void noLinkAndNoAnchorIsBroken() throws IOException {
        assertThat(brokenLinks(site)).isEmpty();
    }

    @Test
    void idsAreThereOnce() throws IOException {
        for (Path page : pages(site)) {
            assertThat(all(ID, page)).as(page.toString()).doesNotHaveDuplicates();
        }
    }

    @Test
    void brokenLinksWouldBeFound(@TempDir Path broken) throws IOException {
        Files.createDirectories(broken.resolve("a"));
        Files.writeString(broken.resolve("index.html"), """
                <h1 id="top">Top</h1>
                <a href="#top">a</a> <a href="#bottom">b</a> <a href="/a/#x">c</a> <a class="d" href="/a/#y">d</a>
                <a href="/a">e</a> <a href="/b/">f</a> <a href="a/">g</a> <img alt="h" src="/h.png">
                <a href="https://example.com/">i</a>
                """);
        Files.writeString(broken.resolve("a/index.html"), "<h1 id=\"x\">X</h1>");

        assertThat(brokenLinks(broken))
                .containsExactly(
                        "/index.html: #bottom",
                        "/index.html: /a/#y",
                        "/index.html: /a",
                        "/index.html: /b/",
                        "/index.html: a/",
                        "/index.html: /h.png");
    }

    private static List<String> brokenLinks(Path site) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages(site)) {
            for (String link : all(LINK, page)) {
                if (!link.startsWith("https://") && !isThere(link, page, site)) {
                    broken.add("/" + site.relativize(page).toString().replace('\\', '/') + ": " + link);
                }
            }
        }
        return broken;
    }

    /** Links within the site begin at its root, as 404.html is shown at any depth; those to pages end with a slash. */
    private static boolean isThere(String link, Path page, Path site) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        if (!path.isEmpty() && !path.startsWith("/")) {
            return false;
        }
        Path target =
                path.isEmpty() ? page : site.resolve(path.substring(1) + (path.endsWith("/") ? "index.html" : ""));
        return Files.isRegularFile(target) && (hash < 0 || all(ID, target).contains(link.substring(hash + 1)));
    }

    private static List<String> all(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<Path> pages(Path site) throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(directory.resolve("cdk.json"))) {
            directory = requireNonNull(directory.getParent(), "cdk.json");
        }
        return directory;
    }
}
