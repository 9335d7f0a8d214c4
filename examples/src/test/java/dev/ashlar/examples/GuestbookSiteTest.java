package dev.ashlar.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Guestbook's page: its scripts run in Node.js, and what its files must have in common. */
class GuestbookSiteTest {
    private static final Path SITE = DocsTest.root().resolve("examples/guestbook-site");
    private static final Path DRAFT = DocsTest.root()
            .resolve("examples/handlers/guestbook/src/main/java/dev/ashlar/examples/guestbook/Draft.java");

    @ParameterizedTest
    @ValueSource(strings = {"sign-in.test.js", "api.test.js"})
    void scriptsDoTheirJob(String test, @TempDir Path directory) throws Exception {
        // A copy, so that old versions of Node.js too take the files for modules.
        Files.writeString(directory.resolve("package.json"), "{\"type\": \"module\"}");
        for (Path script : scripts()) {
            Files.copy(script, directory.resolve(script.getFileName()));
        }
        try (InputStream in = requireNonNull(GuestbookSiteTest.class.getResourceAsStream("/guestbook/" + test))) {
            Files.copy(in, directory.resolve(test));
        }

        Process node = new ProcessBuilder(
                        System.getenv().getOrDefault("JSII_NODE", "node"), "--test-reporter=tap", test)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), UTF_8);

        assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).as(output).isZero();
        assertThat(output).containsPattern("(?m)^# pass 1[0-9]$").contains("# fail 0\n");
    }

    @Test
    void nothingInThePageNeedsMoreThanItsOwnFiles() throws IOException {
        assertThat(page())
                .doesNotContain("<style", " style=", "javascript:", "//")
                .doesNotContainPattern("<script(?! type=\"module\" src=\"/[a-z-]+\\.js\"></script>)")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void filesThatAreNamedAreThere() throws IOException {
        assertThat(found("(?:href|src)=\"/([^\"]+)\"", page()))
                .hasSize(3)
                .allMatch(name -> Files.isRegularFile(SITE.resolve(name)));
        for (Path script : scripts()) {
            assertThat(found("from '\\./([^']+)'", Files.readString(script)))
                    .allMatch(name -> Files.isRegularFile(SITE.resolve(name)));
        }
    }

    @Test
    void elementsThatTheScriptNamesAreInThePage() throws IOException {
        List<String> ids = found(" id=\"([^\"]+)\"", page());
        String script = Files.readString(SITE.resolve("page.js"));

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(found("element\\('([^']+)'\\)", script)).isNotEmpty().isSubsetOf(ids);
        assertThat(found("(?:for|aria-labelledby|aria-describedby)=\"([^\"]+)\"", page()))
                .isNotEmpty()
                .isSubsetOf(ids);
    }

    @Test
    void whatPeopleWriteIsText() throws IOException {
        for (Path script : scripts()) {
            assertThat(script).content().doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
        }
    }

    @Test
    void fieldsAreAsLongAsTheHandlerTakes() throws IOException {
        String draft = Files.readString(DRAFT);

        assertThat(found("maxlength=\"(\\d+)\"", page()))
                .containsExactly(
                        found("MAX_AUTHOR_LENGTH = (\\d+);", draft).get(0),
                        found("MAX_TEXT_LENGTH = (\\d+);", draft).get(0));
    }

    private static String page() throws IOException {
        return Files.readString(SITE.resolve("index.html"));
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(SITE)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
