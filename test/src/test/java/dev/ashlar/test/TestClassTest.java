package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TestClassTest {

    /** What a team may have between its tests and the kit. */
    private static final class Shortcut {
        static Class<?> call(Supplier<Class<?>> kit) {
            return kit.get();
        }
    }

    @Nested
    class Inner {
        @Test
        void isTheClassOfTheTestMethod() {
            assertEquals(Inner.class, Shortcut.call(TestClass::calling));
        }
    }

    @Test
    void isTheClassWithTheTestMethodAndNoShortcut() {
        assertEquals(TestClassTest.class, Shortcut.call(TestClass::calling));
    }

    @RepeatedTest(1)
    void knowsTestsByTheirKind() {
        assertEquals(TestClassTest.class, Shortcut.call(TestClass::calling));
    }

    @TestFactory
    Stream<DynamicTest> isTheClassOfADynamicTest() {
        return Stream.of(DynamicTest.dynamicTest(
                "after its factory has returned", () -> assertEquals(TestClassTest.class, TestClass.calling())));
    }
}
