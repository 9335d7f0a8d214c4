package dev.ashlar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void theRatioIsTheMedianOfThePairs() {
        // The third pair was measured while the machine was busy: the ratio of medians would be 0.4.
        Comparison comparison = new Comparison(List.of(1.0, 2.0, 100.0), List.of(2.0, 5.0, 200.0));

        assertThat(comparison.ratio()).isEqualTo(0.5);
        assertThat(comparison.medianOfOurs()).isEqualTo(2.0);
        assertThat(comparison.medianOfAgainst()).isEqualTo(5.0);
    }

    @Test
    void theSpreadIsThatOfTheMiddleHalf() {
        Comparison comparison = new Comparison(List.of(1.0, 2.0, 3.0, 4.0, 50.0), List.of(1.0, 1.0, 1.0, 1.0, 1.0));

        assertThat(comparison.ratioWithSpread()).isEqualTo("3.00 (2.00 to 4.00)");
    }

    @Test
    void betweenTwoValuesAQuantileIsInterpolated() {
        assertThat(Comparison.quantile(List.of(4.0, 1.0), 0.5)).isCloseTo(2.5, within(1e-9));
        assertThat(Comparison.quantile(List.of(7.0), 0.25)).isEqualTo(7.0);
    }

    @Test
    void measuresInTurnAndChangesWhoBegins() throws Exception {
        List<String> order = new ArrayList<>();

        Comparison.alternately(
                3,
                () -> {
                    order.add("ours");
                    return 1;
                },
                () -> {
                    order.add("against");
                    return 1;
                });

        assertThat(order).containsExactly("ours", "against", "against", "ours", "ours", "against");
    }

    @Test
    void bothAreMeasuredAsOften() {
        assertThatThrownBy(() -> new Comparison(List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("both must be measured as often, got 1 and 0");
    }
}
