package dev.ashlar.test;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Notes which test classes ran with all of their test methods, and with success. */
final class WholeClasses implements TestExecutionListener {
    private final Map<Class<?>, Set<Method>> planned = new HashMap<>();
    private final Set<Class<?>> flawed = ConcurrentHashMap.newKeySet();

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        for (TestIdentifier root : plan.getRoots()) {
            for (TestIdentifier test : plan.getDescendants(root)) {
                if (test.getSource().orElse(null) instanceof MethodSource method) {
                    planned.computeIfAbsent(method.getJavaClass(), key -> new HashSet<>())
                            .add(method.getJavaMethod());
                }
            }
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        flaw(test);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != Status.SUCCESSFUL) {
            flaw(test);
        }
    }

    private void flaw(TestIdentifier test) {
        test.getSource().ifPresent(source -> {
            if (source instanceof MethodSource method) {
                flawed.add(method.getJavaClass());
            } else if (source instanceof ClassSource type) {
                flawed.add(type.getJavaClass());
            }
        });
    }

    /** {@return the classes in question, by name} */
    List<Class<?>> whole() {
        return planned.entrySet().stream()
                .filter(entry -> !flawed.contains(entry.getKey()))
                .filter(entry -> entry.getValue().containsAll(tests(entry.getKey())))
                .<Class<?>>map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static List<Method> tests(Class<?> type) {
        return ReflectionSupport.findMethods(
                type, method -> AnnotationSupport.isAnnotated(method, Testable.class), HierarchyTraversalMode.TOP_DOWN);
    }
}
