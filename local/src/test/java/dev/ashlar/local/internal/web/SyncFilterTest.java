package dev.ashlar.local.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncFilterTest {
    @ParameterizedTest
    @CsvSource({
        "*.html, index.html, true",
        "*.html, docs/a/index.html, true",
        "*.html, index.htm, false",
        "docs/*, docs/a/b.txt, true",
        "docs/*, old/docs/a, false",
        "?.txt, a.txt, true",
        "?.txt, ab.txt, false",
        "[ab].txt, b.txt, true",
        "[!ab].txt, b.txt, false",
        "[!ab].txt, c.txt, true",
        "[].txt, [].txt, true",
        "a+b.txt, a+b.txt, true",
        "*.HTML, index.html, false",
    })
    void anAsteriskCrossesSlashes(String pattern, String path, boolean isExcluded) {
        assertThat(new SyncFilter(List.of(pattern), List.of()).includes(path)).isEqualTo(!isExcluded);
    }

    @Test
    void includesComeAfterExcludes() {
        SyncFilter filter = new SyncFilter(List.of("*", "b.html"), List.of("*.html"));

        assertThat(filter.includes("a.txt")).isFalse();
        assertThat(filter.includes("a.html")).isTrue();
        assertThat(filter.includes("b.html")).isTrue();
    }
}
