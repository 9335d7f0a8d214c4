package dev.ashlar.bench;

import static dev.ashlar.test.CdkAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** What a snapshot test takes: making the stack, synthesising it, reading the file and comparing. */
final class SnapshotTests implements Row {
    private static final double AIM = 1.1;
    private static final int WARM_UP_ROUNDS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workshop workshop;
    private final Inputs inputs;

    SnapshotTests(Workshop workshop, Inputs inputs) {
        this.workshop = workshop;
        this.inputs = inputs;
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public String title() {
        return "100 snapshot tests";
    }

    @Override
    public int rounds() {
        return 100;
    }

    @Override
    public Section measure(int rounds) throws Exception {
        Path accepted = workshop.newFolder("snapshots").resolve("Shop.json");
        Files.writeString(
                accepted, JSON.writeValueAsString(Template.fromStack(stack()).toJSON()));
        requireThatBothCompare(accepted);
        Measured kit = () -> millis(this::isAsReviewed);
        Measured plain = () -> millis(stack -> requireEqual(stack, accepted));
        Comparison.alternately(Math.min(rounds, WARM_UP_ROUNDS), kit, plain);
        return new Section(
                "`assertThat(stack).matchesSnapshot()` of a `QueueProcessor` beside `Template.fromStack` and a comparison of"
                        + " all of it with a file, without masks. Checked: both notice a changed template.",
                List.of(Line.ofMillis("each test", Comparison.alternately(rounds, kit, plain), AIM)),
                List.of(profile(accepted)));
    }

    /** What the difference is made of. */
    private String profile(Path accepted) throws ReflectiveOperationException {
        Stack reviewed = stack();
        Stack compared = stack();
        return ("The kit asks Node %d times, the comparison %d: the difference is the path, the account and the files of the stack,"
                        + " by which messages name constructs. Making the stack and its synthesis are the same on both sides.")
                .formatted(
                        NodeCalls.during(() -> isAsReviewed(reviewed)).total(),
                        NodeCalls.during(() -> requireEqual(compared, accepted)).total());
    }

    private Stack stack() {
        Stack stack = Pair.emptyStack();
        new Forms(inputs).queueProcessor(stack);
        return stack;
    }

    private double millis(Consumer<Stack> test) {
        long start = System.nanoTime();
        test.accept(stack());
        return (System.nanoTime() - start) / 1e6;
    }

    /** As users write it. By the annotation the kit finds this class, and so the file. */
    @Test
    private void isAsReviewed(Stack stack) {
        assertThat(stack).matchesSnapshot();
    }

    private static void requireEqual(Stack stack, Path accepted) {
        JsonNode actual = JSON.valueToTree(Template.fromStack(stack).toJSON());
        try {
            if (!actual.equals(JSON.readTree(accepted.toFile()))) {
                throw new AssertionError("The template has changed");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void requireThatBothCompare(Path accepted) {
        isAsReviewed(stack());
        requireEqual(stack(), accepted);
        requireDifference(this::isAsReviewed);
        requireDifference(stack -> requireEqual(stack, accepted));
    }

    private void requireDifference(Consumer<Stack> test) {
        Stack changed = stack();
        changed.getTemplateOptions().setDescription("Changed");
        try {
            test.accept(changed);
        } catch (AssertionError expected) {
            return;
        }
        throw new IllegalStateException("a snapshot test must fail for a changed template, got none that did");
    }
}
