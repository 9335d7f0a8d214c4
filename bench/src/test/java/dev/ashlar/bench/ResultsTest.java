package dev.ashlar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Line TIMES =
            Line.ofSeconds("a synth", new Comparison(List.of(1.0, 1.1), List.of(2.0, 2.2)), 0.55);
    private static final Line COUNTS = Line.ofCounts("calls", 30, 20, 1.0);

    @Test
    void aTableHasAColumnForEachCell() {
        Results results = new Results();
        results.add("how fast", new Section("By hand.", List.of(TIMES, COUNTS), List.of()));

        assertThat(results.table().lines())
                .containsExactly(
                        "           Ashlar  against  ratio                rounds  aim           met",
                        "how fast",
                        "  a synth  1.05 s  2.10 s   0.50 (0.50 to 0.50)  2       at most 0.55  yes",
                        "  calls    30      20       1.50                         at most 1.0   no");
    }

    @Test
    void aPageTellsTheMachineAndEachRowWithItsNotes() {
        Results results = new Results();
        results.add("how fast", new Section("By hand.", List.of(TIMES), List.of("One | two")));

        assertThat(results.page(Map.of("JDK", "17")).lines())
                .contains("| JDK | 17 |", "## How fast", "By hand.", "- One | two")
                .contains("| a synth | 1.05 s | 2.10 s | 0.50 (0.50 to 0.50) | 2 | at most 0.55 | yes |");
    }

    @Test
    void whatIsNotMetSaysSo() {
        assertThat(COUNTS.met()).isFalse();
        assertThat(TIMES.met()).isTrue();
        assertThat(Line.ofCounts("calls", 20, 20, 1.0).met()).isTrue();
        assertThat(Line.told("a file", "1 KB", "", "").met()).isNull();
    }

    @Test
    void aFailureStandsInTheTableAndMakesItIncomplete() {
        Results results = new Results();
        results.addFailure("how fast", "both must be alike\nbut are not");

        assertThat(results.isComplete()).isFalse();
        assertThat(results.table()).contains("failed: both must be alike").doesNotContain("but are not");
    }
}
