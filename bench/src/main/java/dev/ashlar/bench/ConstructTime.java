package dev.ashlar.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** How long the constructors take; what comes after, the synthesis of the same template, is the same for both. */
final class ConstructTime implements Row {
    private static final double AIM = 1.1;
    private static final int WARM_UP_ROUNDS = 10;

    private static final int TOLD = 4;

    private static final String WHERE_IT_GOES =
            "The profile of each is taken in further rounds, in which somebody reads along. A round trip is a fifth of a"
                    + " millisecond: jsii starts Node.js twice, and one process hands each message to the other. A construct of"
                    + " ours is more than one of CDK's, because jsii tells Node of each of its methods; and the context is read"
                    + " once a stack, which is here made for one pattern alone.";

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
        List<String> notes = new ArrayList<>(List.of(WHERE_IT_GOES));
        for (Pair pair : Pair.all(inputs)) {
            pair.requireSame();
            Comparison.alternately(
                    Math.min(rounds, WARM_UP_ROUNDS), () -> millis(pair.ashlar()), () -> millis(pair.byHand()));
            lines.add(Line.ofMillis(
                    pair.name(),
                    Comparison.alternately(rounds, () -> millis(pair.ashlar()), () -> millis(pair.byHand())),
                    AIM));
            notes.add(profile(pair, rounds));
        }
        return new Section(
                "The same template by hand in Java, with CDK's constructs, in one JVM. Checked: the templates are the same, but"
                        + " for names.",
                lines,
                notes);
    }

    /** What the difference is made of. */
    private static String profile(Pair pair, int rounds) throws Exception {
        Spent ours = new Spent(pair.ashlar());
        Spent byHand = new Spent(pair.byHand());
        Comparison.alternately(rounds, ours::once, byHand::once);
        return "%s: of %.1f and %.1f ms, %.1f and %.1f are waited for Node, the rest is Java. Longer than by hand: %s"
                .formatted(
                        pair.name(),
                        ours.millis / rounds,
                        byHand.millis / rounds,
                        ours.waited() / rounds,
                        byHand.waited() / rounds,
                        ours.longerThan(byHand, rounds));
    }

    /** Where the time of a form goes. */
    private static final class Spent {
        private final Consumer<Construct> form;
        private final NodeCalls calls = new NodeCalls();
        private double millis;

        private Spent(Consumer<Construct> form) {
            this.form = form;
        }

        private double once() throws ReflectiveOperationException {
            Stack stack = Pair.emptyStack();
            long start = System.nanoTime();
            calls.readAlong(() -> form.accept(stack));
            double taken = (System.nanoTime() - start) / 1e6;
            millis += taken;
            return taken;
        }

        private double waited() {
            return calls.millis().values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
        }

        private String longerThan(Spent other, int rounds) {
            Map<String, Double> more = new HashMap<>(calls.millis());
            other.calls.millis().forEach((call, time) -> more.merge(call, -time, Double::sum));
            return more.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(TOLD)
                    .map(call -> "`%s` (%.1f ms)".formatted(call.getKey(), call.getValue() / rounds))
                    .collect(Collectors.joining(", "));
        }
    }

    private static double millis(Consumer<Construct> form) {
        Stack stack = Pair.emptyStack();
        long start = System.nanoTime();
        form.accept(stack);
        return (System.nanoTime() - start) / 1e6;
    }
}
