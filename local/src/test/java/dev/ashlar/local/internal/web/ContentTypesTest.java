package dev.ashlar.local.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {
    @ParameterizedTest
    @CsvSource({
        "index.html, text/html",
        "a/b.c/INDEX.HTML, text/html",
        "app.js, text/javascript",
        "icon.svg, image/svg+xml",
        "icon.svgz, image/svg+xml",
        "all.tar.gz, application/x-tar",
        "all.tgz, application/x-tar",
        "text.txt.br, text/plain",
    })
    void knowsWhatPythonKnows(String path, String type) {
        assertThat(ContentTypes.guess(path)).contains(type);
    }

    @ParameterizedTest
    @CsvSource({"font.woff2", "README", ".html", "a.html/README", "data.gz", "x.unheard"})
    void knowsNothingElse(String path) {
        assertThat(ContentTypes.guess(path)).isEmpty();
    }
}
