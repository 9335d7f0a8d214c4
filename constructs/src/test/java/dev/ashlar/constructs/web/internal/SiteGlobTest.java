package dev.ashlar.constructs.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteGlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, a/b.html, true",
        "*.html, a/b.html, true",
        "fonts/*, fonts/a/b.woff, true",
        "fonts/*, other/fonts/a, false",
        "a?.js, ab.js, true",
        "a?.js, a.js, false",
        "a.js, abjs, false",
        "[*]x, *x, true",
        "[*]x, ax, false",
        "[[]id].js, [id].js, true",
        "[[]id].js, i.js, false",
        "*-????????.js, assets/index-BqK3x9Za.js, true"
    })
    void matchesAsTheAwsCliDoes(String glob, String name, boolean matches) {
        assertThat(SiteGlob.matches(glob, name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"a[id].js", "what?.html", "a*b"})
    void aLiteralHoldsForItselfAlone(String text) {
        assertThat(SiteGlob.matches(SiteGlob.literal(text), text)).isTrue();
        assertThat(SiteGlob.matches(SiteGlob.literal(text), text.replaceAll("[\\[?*]", "x")))
                .isFalse();
    }
}
