package dev.ashlar.test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * A call of a builder's setter, or of a method that makes a value.
 *
 * @param method what is called
 * @param arguments with what
 */
record Call(Method method, List<Value> arguments) {

    String java() {
        return method.getName() + arguments.stream().map(Value::java).collect(Collectors.joining(", ", "(", ")"));
    }

    boolean passesNothing() {
        return arguments.stream().anyMatch(Value::isNothing);
    }

    /**
     * Makes the arguments and calls the method.
     *
     * @param target on what; null for a static method
     * @param scope where arguments create what they have to
     * @throws Throwable what the method throws
     */
    @Nullable
    Object on(@Nullable Object target, Construct scope) throws Throwable {
        @Nullable Object[] made = new Object[arguments.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = arguments.get(i).make().apply(new Construct(scope, method.getName() + i));
        }
        return invoke(method, target, made);
    }

    /** Calls a method by the class of its target, because the one that declares it may not be public. */
    static @Nullable Object invoke(Method method, @Nullable Object target, @Nullable Object... arguments)
            throws Throwable {
        try {
            Class<?> type = target == null ? method.getDeclaringClass() : target.getClass();
            return accessible(type, method).invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static Method accessible(Class<?> type, Method method) throws NoSuchMethodException {
        Method found = type.getMethod(method.getName(), method.getParameterTypes());
        found.trySetAccessible();
        return found;
    }
}
