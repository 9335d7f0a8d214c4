package dev.ashlar.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Builds a construct with certain calls of its builder, each time alone in a stack. */
final class Trials {
    static final String SUBJECT = "Subject";

    /** What the arguments create lies here: it counts as the construct's, but not as an effect of an option. */
    private static final String VALUES = SUBJECT + "Values";

    private static final int TRACE_LINES = 4;

    /** What calls the construct: above are those who run the tests. */
    private static final Set<String> KIT = Set.of(Trials.class.getName(), Call.class.getName());

    private final Class<?> construct;
    private final Supplier<Stack> stacks;
    private final BiFunction<SynthesizedStack, Boolean, List<String>> rules;
    private int count;

    /**
     * @param construct the construct's class, with a {@code Builder}
     * @param stacks what makes an empty stack
     * @param rules which rules of the contract are broken, those on data too if the second argument says so
     */
    Trials(Class<?> construct, Supplier<Stack> stacks, BiFunction<SynthesizedStack, Boolean, List<String>> rules) {
        this.construct = construct;
        this.stacks = stacks;
        this.rules = rules;
    }

    /** How a trial ended. */
    sealed interface Outcome {}

    /**
     * The construct was built and keeps the contract.
     *
     * @param template what was made, but for what the arguments created
     */
    record Accepted(ObjectNode template) implements Outcome {}

    /**
     * The construct said why not.
     *
     * @param message what it said
     */
    record Refused(String message) implements Outcome {}

    /**
     * Something else happened.
     *
     * @param problem what, and where; the same for the same flaw
     */
    record Broken(String problem) implements Outcome {}

    /** {@return the setters of the construct's builder, by their signatures} */
    Map<String, Method> setters() {
        return BuilderShape.setters(builder());
    }

    @Override
    public String toString() {
        return construct.getSimpleName();
    }

    int count() {
        return count;
    }

    Outcome run(List<Call> calls) {
        count++;
        Stack stack = stacks.get();
        boolean building = false;
        try {
            Object builder =
                    Call.invoke(builder().getMethod("create", Construct.class, String.class), null, stack, SUBJECT);
            Construct values = new Construct(stack, VALUES);
            for (int i = 0; i < calls.size(); i++) {
                calls.get(i).on(builder, new Construct(values, "V" + i));
            }
            building = true;
            Call.invoke(builder().getMethod("build"), builder);
            return judge(SynthesizedStack.of(stack), calls);
        } catch (Throwable e) {
            return Refusal.isOne(e, building ? stack.getNode().getPath() + "/" + SUBJECT : "")
                    ? new Refused(String.valueOf(e.getMessage()))
                    : new Broken(describe(e));
        }
    }

    private Outcome judge(SynthesizedStack stack, List<Call> calls) {
        List<String> broken = rules.apply(stack, !decidesOnData(calls));
        if (!broken.isEmpty()) {
            return new Broken(String.join("\n      ", broken));
        }
        ObjectNode template = stack.template().deepCopy();
        if (template.path("Resources") instanceof ObjectNode resources) {
            List<String> ids = new ArrayList<>();
            resources.fieldNames().forEachRemaining(ids::add);
            ids.stream().filter(id -> id.startsWith(VALUES)).forEach(resources::remove);
        }
        return new Accepted(template);
    }

    private static boolean decidesOnData(List<Call> calls) {
        return calls.stream()
                .flatMap(call -> Stream.of(call.method().getParameterTypes()))
                .anyMatch(type -> type == RemovalPolicy.class);
    }

    /** {@return the calls as Java} */
    String java(List<Call> calls) {
        return calls.stream()
                .map(call -> "\n              ." + call.java())
                .collect(Collectors.joining(
                        "",
                        "      " + construct.getSimpleName() + ".Builder.create(scope, \"" + SUBJECT + "\")",
                        "\n              .build();"));
    }

    /** {@return the fewest of some calls that end the same way} */
    List<Call> fewest(List<Call> calls, Predicate<Outcome> same) {
        List<Call> fewest = new ArrayList<>(calls);
        for (int i = fewest.size() - 1; i >= 0; i--) {
            List<Call> less = new ArrayList<>(fewest);
            less.remove(i);
            if (same.test(run(less))) {
                fewest = less;
            }
        }
        return fewest;
    }

    /** {@return an exception of a method as one that a lambda may throw} */
    static RuntimeException rethrown(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
    }

    private Class<?> builder() {
        try {
            return Class.forName(construct.getName() + "$Builder", false, construct.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(construct.getName() + " must have a Builder to try its options", e);
        }
    }

    private static String describe(Throwable e) {
        String at = Arrays.stream(e.getStackTrace())
                .takeWhile(frame -> !KIT.contains(frame.getClassName()))
                .filter(Trials::isOfTheLibrary)
                .limit(TRACE_LINES)
                .map(frame -> "\n      at " + frame)
                .collect(Collectors.joining());
        return e.getClass().getSimpleName() + ": " + firstLines(e.getMessage()) + at;
    }

    /** {@return whether a frame is not of what lies under it all} */
    private static boolean isOfTheLibrary(StackTraceElement frame) {
        return Stream.of("java.", "jdk.", "sun.", "software.").noneMatch(frame.getClassName()::startsWith);
    }

    private static String firstLines(@Nullable String message) {
        return message == null ? "no message" : message.lines().limit(3).collect(Collectors.joining(" "));
    }
}
