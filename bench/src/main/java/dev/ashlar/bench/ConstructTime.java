package dev.ashlar.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** How long the constructors take; what comes after, the synthesis of the same template, is the same for both. */
final class ConstructTime implements Row {
    private static final double AIM = 1.1;
    private static final int WARM_UP_ROUNDS = 10;

    private final Inputs inputs;

    ConstructTime(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public String name() {
        return "construct";
    }

    @Override
    public String title() {
        return "construct time for the same template";
    }

    @Override
    public int rounds() {
        return 60;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (Pair pair : Pair.all(inputs)) {
            pair.requireSame();
            Comparison.alternately(
                    Math.min(rounds, WARM_UP_ROUNDS), () -> millis(pair.ashlar()), () -> millis(pair.byHand()));
            lines.add(Line.ofMillis(
                    pair.name(),
                    Comparison.alternately(rounds, () -> millis(pair.ashlar()), () -> millis(pair.byHand())),
                    AIM));
        }
        return new Section(
                "The same template by hand in Java, with CDK's constructs, in one JVM. Checked: the templates are the same, but"
                        + " for names.",
                lines,
                List.of("Nearly all of it is waiting for Node: the row about calls says how often, and what for."));
    }

    private static double millis(Consumer<Construct> form) {
        Stack stack = Pair.emptyStack();
        long start = System.nanoTime();
        form.accept(stack);
        return (System.nanoTime() - start) / 1e6;
    }
}
