package dev.ashlar.test;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** The test class that a call comes from. */
final class TestClass {
    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final Set<Class<?>> KIT = Set.of(TestClass.class, CdkAssert.class, StackAssert.class);

    private TestClass() {}

    /**
     * Finds the nearest caller with a test method on the stack of calls; else, as in a dynamic test, whose factory has
     * returned by then, the nearest caller outside this kit.
     */
    static Class<?> calling() {
        List<StackFrame> callers =
                WALKER.walk(frames -> frames.dropWhile(frame -> KIT.contains(frame.getDeclaringClass()))
                        .toList());
        return callers.stream()
                .filter(TestClass::isTestMethod)
                .findFirst()
                .orElseGet(() -> callers.get(0))
                .getDeclaringClass();
    }

    private static boolean isTestMethod(StackFrame frame) {
        return Arrays.stream(frame.getDeclaringClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(frame.getMethodName()))
                .filter(method -> Arrays.equals(
                        method.getParameterTypes(), frame.getMethodType().parameterArray()))
                .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class));
    }
}
