package dev.ashlar.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.constructs.Construct;

/**
 * What the options of a construct are tried with, beyond what the kit knows by itself.
 *
 * <pre>{@code
 * Options.requiring("schedule", "code")
 *         .values("memorySize", 128, 10240, 127)
 *         .value(FunctionCode.class, "FunctionCode.jar(\"handlers.jar\")", scope -> FunctionCode.jar("handlers.jar"))
 *         .withoutEffect("enabled(true)", "it is the default")
 * }</pre>
 *
 * <p>The kit has values for booleans, enums, texts, numbers, lists, maps and consumers, and for many types of CDK's. Of
 * any other type it calls the public static methods that return it, and on what they return the methods that return the
 * same type again, all with values by these same rules. So what has to be given here are mostly texts that mean
 * something. Values need not be allowed: one that the construct refuses must be refused with a message.
 *
 * <p>Instances are immutable.
 */
public final class Options {
    private final List<String> required;
    private final Map<String, List<Value>> byName;
    private final Map<Class<?>, List<Value>> byType;
    private final Map<String, String> withoutEffect;

    private Options(
            List<String> required,
            Map<String, List<Value>> byName,
            Map<Class<?>, List<Value>> byType,
            Map<String, String> withoutEffect) {
        this.required = required;
        this.byName = byName;
        this.byType = byType;
        this.withoutEffect = withoutEffect;
    }

    /**
     * Starts with what cannot be left out.
     *
     * @param setters the names of the builder's methods that must be called; each is called with the first of its values
     *     where a trial has no other
     * @return options with these
     */
    public static Options requiring(String... setters) {
        return new Options(List.of(setters), Map.of(), Map.of(), Map.of());
    }

    /**
     * Adds values for parameters of a name.
     *
     * @param parameter the parameter's name ({@code memorySize}), with that of its method before it where only one is
     *     meant ({@code ping.instances}); where code is compiled without {@code -parameters}, the name of a setter with
     *     one parameter
     * @param literals texts, numbers, booleans and constants of enums
     * @return options with these too
     */
    public Options values(String parameter, Object... literals) {
        return new Options(
                required,
                with(
                        byName,
                        parameter,
                        Arrays.stream(literals).map(Value::literal).toList()),
                byType,
                withoutEffect);
    }

    /**
     * Adds a value for parameters of a type, instead of those that the kit has.
     *
     * @param <T> the type
     * @param type the parameters' type, or the element type of lists and arrays
     * @param java how it is written in Java, for messages
     * @param value what makes it, in a scope that is empty each time
     * @return options with this too
     */
    public <T> Options value(Class<T> type, String java, Function<Construct, ? extends T> value) {
        return new Options(required, byName, with(byType, type, List.of(new Value(java, value::apply))), withoutEffect);
    }

    /**
     * Allows a call to change nothing in the template.
     *
     * @param call the call as messages write it, such as {@code enabled(true)}, or a beginning of it: {@code code(}
     * @param reason why it changes nothing
     * @return options with this too
     * @throws IllegalArgumentException if the reason is blank
     */
    public Options withoutEffect(String call, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason must say why " + call + " changes nothing, got a blank text");
        }
        Map<String, String> all = new HashMap<>(withoutEffect);
        all.put(call, reason);
        return new Options(required, byName, byType, all);
    }

    List<String> required() {
        return required;
    }

    List<Value> named(String parameter) {
        return byName.getOrDefault(parameter, List.of());
    }

    List<Value> typed(Class<?> type) {
        return byType.getOrDefault(type, List.of());
    }

    boolean mayBeWithoutEffect(String call) {
        return withoutEffect.keySet().stream().anyMatch(call::startsWith);
    }

    private static <K> Map<K, List<Value>> with(Map<K, List<Value>> values, K key, List<Value> more) {
        Map<K, List<Value>> all = new HashMap<>(values);
        List<Value> list = new ArrayList<>(values.getOrDefault(key, List.of()));
        list.addAll(more);
        all.put(key, List.copyOf(list));
        return all;
    }
}
