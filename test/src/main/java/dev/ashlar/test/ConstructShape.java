package dev.ashlar.test;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rule on what a construct's class may show, by reflection. */
final class ConstructShape {
    private static final Pattern NAMES = Pattern.compile("(get|is|add|grant|metric)[A-Z].*");

    private ConstructShape() {}

    /** {@return a line for each violation} */
    static List<String> problems(Class<?> type) {
        List<String> problems = new ArrayList<>();
        if (!Modifier.isFinal(type.getModifiers())) {
            problems.add(type.getSimpleName() + " is not final");
        }
        Set<String> ofInterfaces = new HashSet<>();
        collectInterfaceMethods(type, ofInterfaces);
        Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> !isPublicAndNamed(method) && !ofInterfaces.contains(signature(method)))
                .map(method -> type.getSimpleName() + "." + signature(method))
                .sorted()
                .forEach(problems::add);
        return problems;
    }

    private static boolean isPublicAndNamed(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && NAMES.matcher(method.getName()).matches();
    }

    private static void collectInterfaceMethods(Class<?> type, Set<String> signatures) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            for (Class<?> implemented : each.getInterfaces()) {
                Arrays.stream(implemented.getMethods())
                        .map(ConstructShape::signature)
                        .forEach(signatures::add);
            }
        }
    }

    /** {@return a method's name and parameter types} */
    static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
