package dev.ashlar.test;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.constructs.Construct;

/** The rule that a construct's builder and its props offer the same, by reflection. */
final class BuilderShape {
    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "sample"),
            Map.entry(Object.class, "sample"),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(double.class, 1.0),
            Map.entry(Double.class, 1.0),
            Map.entry(Number.class, 1),
            Map.entry(Collection.class, List.of()),
            Map.entry(List.class, List.of()),
            Map.entry(Set.class, Set.of()),
            Map.entry(Map.class, Map.of()));

    private final Class<?> construct;
    private final List<String> problems = new ArrayList<>();

    private BuilderShape(Class<?> construct) {
        this.construct = construct;
    }

    /** {@return a line for each violation; builders are made in the scope, but build nothing} */
    static List<String> problems(Class<?> construct, Construct scope) {
        BuilderShape shape = new BuilderShape(construct);
        shape.check(scope);
        return shape.problems;
    }

    /** {@return a builder's setters, its own and those it inherits, by their signatures} */
    static SortedMap<String, Method> setters(Class<?> builder) {
        SortedMap<String, Method> setters = new TreeMap<>();
        for (Class<?> type = builder; type != null && type != Object.class; type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                    .filter(method -> !method.getName().equals("build"))
                    .forEach(method -> setters.putIfAbsent(ConstructShape.signature(method), method));
        }
        return setters;
    }

    private void check(Construct scope) {
        String name = construct.getSimpleName();
        Optional<Class<?>> props = find(construct.getName() + "Props");
        Optional<Method> create = find(construct.getName() + "$Builder")
                .flatMap(builder -> publicStatic(builder, "create", Construct.class, String.class));
        Optional<Method> builder = props.flatMap(type -> publicStatic(type, "builder"));
        if (props.isEmpty() && create.isEmpty() && hasConstructor(Construct.class, String.class)) {
            return;
        }
        if (create.isEmpty()) {
            problems.add(name + ".Builder.create(Construct, String) is missing");
        }
        if (builder.isEmpty()) {
            problems.add(name + "Props.builder() is missing");
        }
        if (props.isEmpty() || create.isEmpty() || builder.isEmpty()) {
            return;
        }
        if (!hasConstructor(Construct.class, String.class, props.get())) {
            problems.add("new " + name + "(Construct, String, " + name + "Props) is missing");
        }
        Setters ofConstruct = new Setters(name + ".Builder", create.get().getReturnType());
        Setters ofProps = new Setters(name + "Props.Builder", builder.get().getReturnType());
        ofConstruct.build(construct);
        ofProps.build(props.get());
        ofConstruct.coverAllOf(ofProps);
        ofProps.coverAllOf(ofConstruct);
        ofConstruct.returnThemselves(call(create.get(), scope, "Builder"));
        ofProps.returnThemselves(call(builder.get()));
        ofProps.haveGettersIn(props.get());
    }

    private boolean hasConstructor(Class<?>... parameters) {
        return Arrays.stream(construct.getConstructors())
                .anyMatch(constructor -> Arrays.equals(constructor.getParameterTypes(), parameters));
    }

    /** One builder's fluent setters. */
    private final class Setters {
        private final String name;
        private final Class<?> builder;
        private final SortedMap<String, Method> methods;
        private final Map<TypeVariable<?>, Type> typeArguments = new HashMap<>();

        Setters(String name, Class<?> builder) {
            this.name = name;
            this.builder = builder;
            this.methods = setters(builder);
            for (Class<?> type = builder; type != null && type != Object.class; type = type.getSuperclass()) {
                if (type.getGenericSuperclass() instanceof ParameterizedType parent) {
                    TypeVariable<?>[] variables = type.getSuperclass().getTypeParameters();
                    for (int i = 0; i < variables.length; i++) {
                        typeArguments.put(variables[i], parent.getActualTypeArguments()[i]);
                    }
                }
            }
        }

        void build(Class<?> product) {
            boolean builds = Stream.of(builder.getMethods())
                    .filter(method -> method.getName().equals("build") && method.getParameterCount() == 0)
                    .anyMatch(method -> method.getReturnType() == product);
            if (!builds) {
                problems.add(name + ".build() does not return " + product.getSimpleName());
            }
        }

        void coverAllOf(Setters other) {
            other.methods.keySet().stream()
                    .filter(signature -> !methods.containsKey(signature))
                    .forEach(signature -> problems.add(name + "." + signature + " is missing"));
        }

        /** Checks the declared type of each setter, and where an argument can be made up, what it really returns. */
        void returnThemselves(Object instance) {
            methods.forEach((signature, method) -> {
                if (resolve(method.getGenericReturnType()) != builder) {
                    problems.add(name + "." + signature + " does not return the builder's type");
                } else if (returnsOther(method, instance)) {
                    problems.add(name + "." + signature + " does not return the builder itself");
                }
            });
        }

        void haveGettersIn(Class<?> props) {
            methods.values().stream()
                    .filter(method -> method.getParameterCount() == 1)
                    .map(Method::getName)
                    .filter(property -> !property.startsWith("customize"))
                    .filter(property -> !hasGetter(props, property))
                    .forEach(property -> problems.add(props.getSimpleName() + " has no getter for " + property));
        }

        private Type resolve(Type type) {
            Type resolved = type;
            while (typeArguments.containsKey(resolved)) {
                resolved = typeArguments.get(resolved);
            }
            return resolved;
        }

        private boolean returnsOther(Method method, Object instance) {
            List<Object> arguments = new ArrayList<>();
            for (Class<?> type : method.getParameterTypes()) {
                sample(type).ifPresent(arguments::add);
            }
            if (arguments.size() < method.getParameterCount()) {
                return false;
            }
            try {
                // By the builder's own class, because the one that declares the method may not be public.
                return builder.getMethod(method.getName(), method.getParameterTypes())
                                .invoke(instance, arguments.toArray())
                        != instance;
            } catch (InvocationTargetException e) {
                // The setter refuses the made-up argument: its declared type has to do.
                return false;
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("[" + method + "] cannot be called", e);
            }
        }
    }

    private static Object call(Method factory, Object... arguments) {
        try {
            return factory.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("[" + factory + "] cannot be called", e);
        }
    }

    private Optional<Object> sample(Class<?> type) {
        if (SAMPLES.containsKey(type)) {
            return Optional.ofNullable(SAMPLES.get(type));
        }
        if (type.isEnum()) {
            return Stream.of(type.getEnumConstants()).map(Object.class::cast).findFirst();
        }
        if (type.isArray()) {
            return Optional.of(Array.newInstance(type.getComponentType(), 0));
        }
        if (type.isInterface()) {
            return Optional.of(Proxy.newProxyInstance(
                    construct.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
        }
        return Optional.empty();
    }

    private static boolean hasGetter(Class<?> props, String property) {
        String capitalized = property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
        Set<String> getters = Set.of("get" + capitalized, "is" + capitalized, "get" + capitalized + "s");
        return Stream.of(props.getMethods())
                .anyMatch(method -> method.getParameterCount() == 0 && getters.contains(method.getName()));
    }

    private Optional<Class<?>> find(String name) {
        try {
            return Optional.of(Class.forName(name, false, construct.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<Method> publicStatic(Class<?> type, String name, Class<?>... parameters) {
        return Stream.of(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getName().equals(name))
                .filter(method -> Arrays.equals(method.getParameterTypes(), parameters))
                .findFirst();
    }
}
