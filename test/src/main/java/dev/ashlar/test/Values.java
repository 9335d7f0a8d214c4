package dev.ashlar.test;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.jsii.JsiiObject;
import software.constructs.Construct;

/** Makes up arguments: by the parameter's name, else by its type. */
final class Values {
    private static final int MAX_DEPTH = 3;

    private final Options options;

    Values(Options options) {
        this.options = options;
    }

    /** {@return calls of a method in which each value of each parameter occurs; none if one has no values} */
    List<Call> some(Method method) {
        return some(method, 0);
    }

    private List<Call> some(Method method, int depth) {
        List<List<Value>> values = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            values.add(some(method, parameter, depth));
        }
        if (values.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        int count = values.stream().mapToInt(List::size).max().orElse(1);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int turn = i;
            calls.add(new Call(
                    method,
                    values.stream().map(each -> each.get(turn % each.size())).toList()));
        }
        return calls;
    }

    private List<Value> some(Method method, Parameter parameter, int depth) {
        List<Value> named = named(method, parameter);
        return named.isEmpty() ? some(parameter.getParameterizedType(), depth) : named;
    }

    private List<Value> some(Type type, int depth) {
        Class<?> raw = raw(type);
        List<Value> given = options.typed(raw);
        if (!given.isEmpty()) {
            return given;
        }
        if (!SampleValues.usual(raw).isEmpty()) {
            return SampleValues.usual(raw);
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants()).map(Value::literal).toList();
        }
        if (raw.isArray()) {
            List<Value> elements = some(raw.getComponentType(), depth);
            return elements.isEmpty()
                    ? List.of()
                    : List.of(array(raw.getComponentType(), List.of()), array(raw.getComponentType(), elements));
        }
        if (Collection.class.isAssignableFrom(raw)) {
            List<Value> elements = some(argument(type, 0), depth);
            return elements.isEmpty() ? List.of() : List.of(list(List.of()), list(elements.subList(0, 1)));
        }
        if (raw == Map.class) {
            return List.of(new Value("Map.of()", scope -> Map.of()), mapTo(Value.literal("sample")));
        }
        return depth < MAX_DEPTH && !isOfCdkOrJava(raw) ? made(raw, depth + 1) : List.of();
    }

    /** {@return what a type's own static methods make, and what its first maker's methods make of that} */
    private List<Value> made(Class<?> type, int depth) {
        List<Value> values = new ArrayList<>();
        for (Method factory : factories(type)) {
            List<Call> calls = some(factory, depth);
            calls.stream().map(call -> made(type, call, List.of())).forEach(values::add);
            if (!calls.isEmpty()) {
                for (Method wither : withers(factory.getReturnType())) {
                    some(wither, depth).stream()
                            .map(call -> made(type, calls.get(0), List.of(call)))
                            .forEach(values::add);
                }
            }
        }
        return values.stream()
                .collect(Collectors.toMap(Value::java, value -> value, (first, same) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** {@return a call of a method with arguments by chance, if there are any for it} */
    Optional<Call> any(Method method, Random random) {
        return any(method, random, 0);
    }

    private Optional<Call> any(Method method, Random random, int depth) {
        List<Value> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            any(method, parameter, random, depth).ifPresent(arguments::add);
        }
        return arguments.size() < method.getParameterCount()
                ? Optional.empty()
                : Optional.of(new Call(method, arguments));
    }

    private Optional<Value> any(Method method, Parameter parameter, Random random, int depth) {
        Class<?> type = parameter.getType();
        int dice = random.nextInt(20);
        if (dice == 0 && !type.isPrimitive()) {
            return Optional.of(Value.nothing(type));
        }
        if (dice < 3 && !SampleValues.extreme(type).isEmpty()) {
            return pick(SampleValues.extreme(type), random);
        }
        if (depth < MAX_DEPTH
                && SampleValues.usual(type).isEmpty()
                && options.typed(type).isEmpty()
                && named(method, parameter).isEmpty()
                && !type.isEnum()
                && !isOfCdkOrJava(type)) {
            return madeByChance(type, random, depth + 1);
        }
        if (dice < 10 && Collection.class.isAssignableFrom(type)) {
            Class<?> element = raw(argument(parameter.getParameterizedType(), 0));
            return Optional.of(list(List.of(Value.nothing(element))));
        }
        if (dice < 10 && type == Map.class) {
            Class<?> element = raw(argument(parameter.getParameterizedType(), 1));
            return Optional.of(dice < 8 ? mapTo(Value.nothing(element)) : mapTo(Value.literal("")));
        }
        if (type.isArray() && dice < 12) {
            List<Value> extremes = new ArrayList<>(SampleValues.extreme(type.getComponentType()));
            extremes.addAll(some(type.getComponentType(), depth));
            extremes.add(Value.nothing(type.getComponentType()));
            return pick(extremes, random).map(element -> array(type.getComponentType(), List.of(element)));
        }
        return pick(some(method, parameter, depth), random);
    }

    private Optional<Value> madeByChance(Class<?> type, Random random, int depth) {
        return pick(factories(type), random)
                .flatMap(factory -> any(factory, random, depth).map(first -> {
                    List<Call> more = new ArrayList<>();
                    List<Method> withers = withers(factory.getReturnType());
                    while (!withers.isEmpty() && random.nextInt(3) > 0 && more.size() < 3) {
                        pick(withers, random)
                                .flatMap(wither -> any(wither, random, depth))
                                .ifPresent(more::add);
                    }
                    return made(type, first, more);
                }));
    }

    private static <T> Optional<T> pick(List<T> list, Random random) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    private List<Value> named(Method method, Parameter parameter) {
        Stream<String> names = parameter.isNamePresent()
                ? Stream.of(method.getName() + "." + parameter.getName(), parameter.getName())
                : Stream.of(method.getName()).filter(name -> method.getParameterCount() == 1);
        return names.map(options::named)
                .filter(values -> !values.isEmpty())
                .findFirst()
                .map(values -> fitting(values, parameter))
                .orElse(List.of());
    }

    /** {@return the values of a name as the parameter wants them, which may take many or only such of a type} */
    private static List<Value> fitting(List<Value> values, Parameter parameter) {
        Class<?> type = parameter.getType();
        return type.isArray()
                ? values.stream()
                        .map(value -> array(type.getComponentType(), List.of(value)))
                        .toList()
                : Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type) ? List.of() : values;
    }

    private static Value made(Class<?> type, Call factory, List<Call> withers) {
        StringBuilder java = new StringBuilder(type.getSimpleName() + "." + factory.java());
        withers.forEach(wither -> java.append(".").append(wither.java()));
        return new Value(java.toString(), scope -> {
            try {
                Object made = factory.on(null, new Construct(scope, "It"));
                for (int i = 0; i < withers.size(); i++) {
                    made = withers.get(i).on(made, new Construct(scope, "With" + i));
                }
                return made;
            } catch (Throwable e) {
                throw Trials.rethrown(e);
            }
        });
    }

    private static Value array(Class<?> component, List<Value> elements) {
        return new Value(join(elements), scope -> {
            Object array = Array.newInstance(component, elements.size());
            for (int i = 0; i < elements.size(); i++) {
                Array.set(array, i, elements.get(i).make().apply(new Construct(scope, "At" + i)));
            }
            return array;
        });
    }

    private static Value list(List<Value> elements) {
        return new Value("Arrays.asList(" + join(elements) + ")", scope -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = 0; i < elements.size(); i++) {
                list.add(elements.get(i).make().apply(new Construct(scope, "At" + i)));
            }
            return list;
        });
    }

    /** {@return a map with one entry, a common name and its value} */
    private static Value mapTo(Value value) {
        return new Value("Collections.singletonMap(\"sample\", " + value.java() + ")", scope -> {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            map.put("sample", value.make().apply(scope));
            return map;
        });
    }

    private static String join(List<Value> elements) {
        return elements.stream().map(Value::java).collect(Collectors.joining(", "));
    }

    private static List<Method> factories(Class<?> type) {
        return methods(type)
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> type.isAssignableFrom(method.getReturnType()))
                .filter(method -> !method.getName().equals("valueOf"))
                .toList();
    }

    private static List<Method> withers(Class<?> type) {
        return methods(type)
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> type.isAssignableFrom(method.getReturnType()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .toList();
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(ConstructShape::signature));
    }

    private static boolean isOfCdkOrJava(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || type.getName().startsWith("software.")
                || JsiiObject.class.isAssignableFrom(type);
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[index] : Object.class;
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        }
        return type instanceof WildcardType wildcard ? raw(wildcard.getUpperBounds()[0]) : Object.class;
    }
}
