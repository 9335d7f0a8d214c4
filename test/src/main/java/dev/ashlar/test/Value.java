package dev.ashlar.test;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * An argument of a builder's setter.
 *
 * @param java how it is written in Java
 * @param make what makes it, given a scope of its own for what it has to create
 */
record Value(String java, Function<Construct, @Nullable Object> make) {

    /** {@return a text, a number, a boolean, a character or a constant of an enum} */
    static Value literal(Object value) {
        return new Value(javaOf(value), scope -> value);
    }

    /** {@return null, with the type that picks the right one of overloaded methods} */
    static Value nothing(Class<?> type) {
        return new Value("(" + type.getSimpleName() + ") null", scope -> null);
    }

    boolean isNothing() {
        return java.endsWith(") null");
    }

    private static String javaOf(Object value) {
        if (value instanceof String text) {
            return text.length() > 200 ? "\"x\".repeat(" + text.length() + ")" : '"' + escaped(text) + '"';
        }
        return value instanceof Enum<?> constant
                ? constant.getDeclaringClass().getSimpleName() + "." + constant.name()
                : value.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
