package dev.ashlar.runtime;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a handler takes and returns, as its class and what that inherits from declare it. */
record HandlerTypes(Type input, Type output) {

    static HandlerTypes of(Class<?> handler) {
        List<Type> types = find(handler, Map.of());
        if (types.isEmpty() || types.stream().anyMatch(HandlerTypes::isUnbounded)) {
            throw new IllegalArgumentException(
                    "handler must be of a class that implements RequestHandler with concrete types, got "
                            + handler.getName()
                            + "; name the types in the class, or implement RequestStreamHandler");
        }
        return new HandlerTypes(types.get(0), types.get(1));
    }

    private static List<Type> find(Class<?> type, Map<TypeVariable<?>, Type> known) {
        return Stream.concat(Arrays.stream(type.getGenericInterfaces()), Stream.ofNullable(type.getGenericSuperclass()))
                .map(inherited -> findIn(inherited, known))
                .filter(types -> !types.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Type> findIn(Type inherited, Map<TypeVariable<?>, Type> known) {
        if (inherited instanceof Class<?> plain) {
            return find(plain, Map.of());
        }
        ParameterizedType generic = (ParameterizedType) inherited;
        Class<?> raw = (Class<?>) generic.getRawType();
        // Variables further inside, such as in List<T>, stay as they are: Lambda's runtime leaves them too.
        List<Type> arguments = Arrays.stream(generic.getActualTypeArguments())
                .map(argument ->
                        argument instanceof TypeVariable<?> ? known.getOrDefault(argument, argument) : argument)
                .toList();
        if (raw == RequestHandler.class) {
            return arguments;
        }
        Map<TypeVariable<?>, Type> bound = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            bound.put(variables[i], arguments.get(i));
        }
        return find(raw, bound);
    }

    private static boolean isUnbounded(Type type) {
        return type instanceof TypeVariable<?> variable
                && Arrays.stream(variable.getBounds()).allMatch(bound -> bound == Object.class);
    }
}
