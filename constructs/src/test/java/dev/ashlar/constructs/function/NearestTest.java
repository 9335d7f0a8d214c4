package dev.ashlar.constructs.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    private static final List<String> NAMES = List.of("shop.Notes", "shop.Quotes", "web.Pages", "web.Notes");

    @ParameterizedTest
    @ValueSource(
            strings = {"shop.Note", "shop.Notse", "shop.notes", "SHOP.NOTES", "shp.Noets", "shopNotes", "store.of.Notes"
            })
    void isTheOneThatWasProbablyMeant(String wanted) {
        assertThat(Nearest.to(wanted, NAMES)).hasValue("shop.Notes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "shop.Handler", "web.Pag", "sh.Nts", "index.handler"})
    void isNoneWhenAllAreFar(String wanted) {
        assertThat(Nearest.to(wanted, List.of("shop.Notes", "shop.Quotes", "web.Pages.Index")))
                .isEmpty();
    }

    @Test
    void oneLetterIsNearerThanAnotherPackageAndTwoAreNot() {
        assertThat(Nearest.to("web.Note", NAMES)).hasValue("web.Notes");
        assertThat(Nearest.to("web.Quotes", NAMES)).hasValue("shop.Quotes");
    }

    @Test
    void longNamesMayDifferInMore() {
        String name = "com.example.shop.handlers.ThumbnailHandler";

        assertThat(Nearest.to("com.exmple.shop.handler.ThumbnailHandlr", List.of(name)))
                .hasValue(name);
    }
}
