package dev.ashlar.constructs.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceTest {
    private final List<String> asked = new ArrayList<>();
    private final Once<String, String> capital = new Once<>(country -> {
        asked.add(country);
        return country.equals("Japan") ? "Tokyo" : null;
    });

    @Test
    void asksOnceOfEach() {
        assertThat(capital.ask("Japan")).isEqualTo("Tokyo");
        assertThat(capital.ask("Japan")).isEqualTo("Tokyo");
        assertThat(capital.ask("Nowhere")).isNull();
        assertThat(capital.ask("Nowhere")).isNull();

        assertThat(asked).containsExactly("Japan", "Nowhere");
    }

    @Test
    void doesNotAskWhatItWasTold() {
        capital.tell("Peru", "Lima");
        capital.tell("Japan", null);

        assertThat(capital.ask("Peru")).isEqualTo("Lima");
        assertThat(capital.ask("Japan")).isNull();
        assertThat(asked).isEmpty();
    }
}
