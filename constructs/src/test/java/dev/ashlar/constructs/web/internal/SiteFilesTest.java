package dev.ashlar.constructs.web.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.test.TestApp;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Stack;

class SiteFilesTest {
    @TempDir
    private Path site;

    private final Check check = Check.of(new Stack(TestApp.create(), "Shop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assets/index-BqK3x9Za.js",
                "assets/index-B-K3_9Za.css",
                "main.3f2a1b4c.js",
                "static/js/main.3f2a1b4c.chunk.js",
                "static/media/logo.6ce24c58023cc2f8fd88fe9d219db6c6.svg",
                "main-2Q5XKJ7A.js",
                "chunk-7ABCDEFG.mjs",
                "3f2a1b4c5d6e7f80.js",
                "_next/static/chunks/pages/index.js",
                "docs/_app/immutable/entry/start.js",
                "_astro/page.css",
                "assets/main.3f2a1b4c.js.map"
            })
    void whatABundlerNamedIsKeptForAYear(String name) {
        assertThat(SiteFiles.kindOf(name)).isEqualTo(SiteFiles.Kind.HASHED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "robots.txt",
                "favicon.ico",
                "js/jquery-ui-bootstrap.js",
                "reports/report-20240101.pdf",
                "img/dsc01234.jpg",
                "assets/background.png",
                "release-v1234567.zip",
                "app.min.js",
                "feedbeef.js",
                "UPPERCASE.js",
                "sitemap.xml",
                "a"
            })
    void whatMayKeepItsNameIsKeptForMinutes(String name) {
        assertThat(SiteFiles.kindOf(name)).isEqualTo(SiteFiles.Kind.OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "sub/page.htm", "main.3f2a1b4c.html", "_next/static/x.html"})
    void pagesAreAskedForAnew(String name) {
        assertThat(SiteFiles.kindOf(name)).isEqualTo(SiteFiles.Kind.PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "assets/index-BqK3x9Za.js, assets/*-????????.js",
        "main.3f2a1b4c.js, *.????????.js",
        "3f2a1b4c.js, ????????.js",
        "static/js/main.3f2a1b4c.chunk.js, static/js/*.????????.chunk.js",
        "pages/[slug]-BqK3x9Za.js, pages/*-????????.js",
        "[app]/x-BqK3x9Za.js, [[]app]/*-????????.js",
        "_next/static/chunks/a.js, _next/static/*"
    })
    void earlierBuildsOfHashedFilesStay(String name, String glob) throws IOException {
        write("index.html");
        write(name);

        assertThat(SiteFiles.of(site, check).hashedGlobs()).containsExactly(glob);
    }

    @Test
    void readsAllFiles() throws IOException {
        write("index.html");
        write("img/logo.svg");
        write("assets/index-BqK3x9Za.js");

        SiteFiles files = SiteFiles.of(site, check);

        assertThat(files.kinds())
                .containsExactly(
                        Map.entry("assets/index-BqK3x9Za.js", SiteFiles.Kind.HASHED),
                        Map.entry("img/logo.svg", SiteFiles.Kind.OTHER),
                        Map.entry("index.html", SiteFiles.Kind.PAGE));
        assertThat(files.bytes()).isEqualTo(3);
    }

    @Test
    void rejectsAnEmptyDirectory() {
        assertFails("site must hold files, got " + site + ", which is empty; build it first");
    }

    @Test
    void rejectsASiteWithoutIndex() throws IOException {
        write("home.html");

        assertFails("site must have an index.html, got " + site + " without one; correct the path, or what builds it");
    }

    @Test
    void rejectsAFileThatIsWrittenAtDeployment() throws IOException {
        write("index.html");
        write("config.json");

        assertFails("site must leave config.json to runtimeConfig, got one in " + site + "; remove it");
    }

    @Test
    void takesNamesOfAsManyBytesAsS3() throws IOException {
        write("index.html");
        // Folders of 200 bytes, because file systems have limits of their own.
        String folders = ("a".repeat(200) + "/").repeat(5);
        write(folders + "b".repeat(19));
        assertThat(SiteFiles.of(site, check).kinds()).hasSize(2);

        String tooLong = folders + "b".repeat(20);
        write(tooLong);
        assertFails("site must have names of at most 1024 bytes, got " + tooLong + "; S3 takes no longer ones");
    }

    @Test
    void rejectsMoreThanTheUploadCanHold() throws IOException {
        write("index.html");
        try (RandomAccessFile file =
                new RandomAccessFile(site.resolve("film.mp4").toFile(), "rw")) {
            file.setLength(SiteFiles.MAX_BYTES - 1);
        }
        assertThat(SiteFiles.of(site, check).bytes()).isEqualTo(SiteFiles.MAX_BYTES);

        write("more.txt");
        assertFails("site must have at most 4294967296 bytes, got 4294967297 in " + site
                + "; keep large files in a bucket of their own");
    }

    private void assertFails(String message) {
        assertThatThrownBy(() -> SiteFiles.of(site, check))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[Shop] " + message);
    }

    private void write(String name) throws IOException {
        Path file = site.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }
}
