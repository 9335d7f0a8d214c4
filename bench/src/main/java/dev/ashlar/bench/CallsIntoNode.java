package dev.ashlar.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Each is a round trip to another process, and most of what a constructor takes. */
final class CallsIntoNode implements Row {
    private static final double AIM = 1.0;
    private static final int TOLD = 5;

    private static final String WHAT_IS_LEFT =
            "Each pattern was made once before, so what is the same in all of them is there: durations, principals, names of"
                    + " runtimes. What Ashlar asks more often for: a construct of its own for each part that can be opened;"
                    + " the context, once a stack, which says whether data is kept; and `naming`, by which jsii asks Node how a"
                    + " class is called in Java, anew for each object that CDK gives back.";

    private final Inputs inputs;

    CallsIntoNode(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public String name() {
        return "calls";
    }

    @Override
    public String title() {
        return "calls into Node";
    }

    @Override
    public int rounds() {
        return 1;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        List<Line> lines = new ArrayList<>();
        List<String> notes = new ArrayList<>(List.of(WHAT_IS_LEFT));
        for (Pair pair : Pair.all(inputs)) {
            pair.requireSame();
            NodeCalls ours = callsOf(pair.ashlar());
            NodeCalls byHand = callsOf(pair.byHand());
            lines.add(Line.ofCounts(pair.name(), ours.total(), byHand.total(), AIM));
            notes.add(pair.name() + " asks more often for "
                    + most(TemplateFacts.without(ours.counts(), byHand.counts())) + "; by hand for "
                    + most(TemplateFacts.without(byHand.counts(), ours.counts())));
        }
        return new Section(
                "The same template by hand in Java, with CDK's constructs. Checked: the templates are the same, but for names.",
                lines,
                notes);
    }

    private static NodeCalls callsOf(Consumer<Construct> form) throws ReflectiveOperationException {
        Stack stack = Pair.emptyStack();
        return NodeCalls.during(() -> form.accept(stack));
    }

    private static String most(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(TOLD)
                .map(call -> "`" + call.getKey() + "` (" + call.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
