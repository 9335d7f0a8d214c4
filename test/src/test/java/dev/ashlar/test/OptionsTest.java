package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Year;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Stack;

class OptionsTest {
    private static final String CRASH = "Subject\")\n              .label(\"crash\")\n              .build();";

    private final Trials trials = new Trials(
            Dial.class, () -> new Stack(TestApp.createWithOnly(Map.of()), "Contract"), (stack, withData) -> List.of());
    private final Options options = Options.requiring()
            .values("size", 1, 2, 9)
            .value(Year.class, "Year.of(2026)", scope -> Year.of(2026))
            .withoutEffect("loud(false)", "it is the default");

    @Test
    void whatIsRefusedNeededAndForbiddenWithAMessageIsFine() {
        assertThat(new Combinations(options, trials, 1).findings()).isEmpty();
    }

    @Test
    void anOptionWithoutEffectIsAFinding() {
        Options unexplained =
                Options.requiring().values("size", 1).value(Year.class, "Year.of(2026)", scope -> Year.of(2026));

        assertThat(new Combinations(unexplained, trials, 1).findings()).containsExactly("""
                        no effect of loud(false)
                              Dial.Builder.create(scope, "Subject")
                                      .loud(false)
                                      .build();""");
    }

    @Test
    void eachTypeNeedsValues() {
        assertThat(new Combinations(Options.requiring("until"), trials, 1).findings())
                .containsExactly("no values for since(Year)", "no values for until");
    }

    @Test
    void anotherExceptionIsAFindingWithTheFewestCalls() {
        List<String> findings = new Combinations(options.values("label", "crash", "fine"), trials, 1).findings();

        assertThat(findings)
                .singleElement()
                .asString()
                .startsWith("IllegalStateException: index out of range")
                .endsWith(CRASH);
    }

    @Test
    void callsByChanceAreReducedAndTheSameForASeed() {
        Options crashing = options.values("label", "crash");

        List<String> findings = new Sequences(crashing, trials, 7, 40).findings();

        assertThat(findings).singleElement().asString().endsWith(CRASH);
        assertThat(new Sequences(crashing, trials, 7, 40).findings()).isEqualTo(findings);
    }

    @Test
    void aBrokenRuleIsAFinding() {
        Trials strict = new Trials(
                Dial.class,
                () -> new Stack(TestApp.createWithOnly(Map.of()), "Contract"),
                (stack, withData) -> stack.template().toString().contains("true") ? List.of("too loud") : List.of());

        assertThat(new Combinations(options, strict, 1).findings())
                .singleElement()
                .asString()
                .startsWith("too loud\n")
                .contains(".loud(true)");
    }

    @Test
    void exceptionsNeedAReason() {
        assertThatThrownBy(() -> options.withoutEffect("size(", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason must say why size( changes nothing, got a blank text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[A/B] size must be 1 to 5, got 6", "[A/B] size must not be given with x, got both; y"})
    void aRefusalSaysWhereAndWhatMustBe(String message) {
        assertThat(Refusal.isOne(new IllegalArgumentException(message), "A/B")).isTrue();
        assertThat(Refusal.isOne(new IllegalStateException(message), "A/B")).isTrue();
        assertThat(Refusal.isOne(new RuntimeException(message), "A/B")).isFalse();
        assertThat(Refusal.isOne(new IllegalArgumentException(message), "A/C")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"size must be 1 to 5, got 6", "[A/B] size is wrong", "[A/B] size must be 1 to 5."})
    void otherFormsAreNoRefusal(String message) {
        assertThat(Refusal.isOne(new IllegalArgumentException(message), "A/B")).isFalse();
    }

    @Test
    void nothingIsRefusedByName() {
        assertThat(Refusal.isOne(new NullPointerException("code and handler must be given"), "A/B"))
                .isTrue();
        assertThat(Refusal.isOne(new NullPointerException("topic"), "")).isTrue();
        assertThat(Refusal.isOne(new NullPointerException(), "")).isFalse();
        assertThat(Refusal.isOne(new NullPointerException("Cannot invoke \"a.b()\" because \"a\" is null"), ""))
                .isFalse();
    }
}
