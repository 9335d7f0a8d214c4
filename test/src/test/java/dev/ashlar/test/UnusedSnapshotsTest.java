package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;

class UnusedSnapshotsTest {
    private static final String FOLDER = "src/test/resources/snapshots/";
    private static final String SAMPLE = FOLDER + "dev.ashlar.test.UnusedSnapshotsTest.Sample/";

    @TempDir
    private Path module;

    static class Sample {
        @Test
        void first() {}

        @TestFactory
        Stream<DynamicTest> second() {
            return Stream.of(DynamicTest.dynamicTest("only", () -> {}));
        }
    }

    static class Inheriting extends Sample {}

    static class Failing extends Sample {
        @Test
        void fails() {
            assumeTrue(false);
        }
    }

    static class Skipping extends Sample {
        @Test
        @Disabled("as an example")
        void isSkipped() {}
    }

    @Test
    void aClassRanWholeIfAllItsTestsDid() {
        assertEquals(List.of(Sample.class), whole(selectClass(Sample.class)));
        assertEquals(
                List.of(Sample.class),
                whole(selectMethod(Sample.class, "first"), selectMethod(Sample.class, "second")));
        assertEquals(List.of(Inheriting.class), whole(selectClass(Inheriting.class)));
    }

    @Test
    void aClassDidNotRunWholeIfSomeTestsDidNotSucceed() {
        assertEquals(List.of(), whole(selectMethod(Sample.class, "first")));
        assertEquals(List.of(), whole(selectMethod(Inheriting.class, "first")));
        assertEquals(List.of(), whole(selectClass(Failing.class)));
        assertEquals(List.of(), whole(selectClass(Skipping.class)));
    }

    @Test
    void listsWhatNobodyAskedFor() throws IOException {
        write(SAMPLE + "Old.json");
        write(SAMPLE + "Stage/Old.json");
        SnapshotUsage.note(write(SAMPLE + "Used.json"));
        write(FOLDER + "dev.ashlar.test.UnusedSnapshotsTest/OfAnotherClass.json");

        AssertionFailedError failure = assertThrows(
                AssertionFailedError.class, () -> UnusedSnapshots.report(module, List.of(Sample.class), true));

        String expected = "[" + module.getFileName() + "] snapshots must be used by a test, got 2:\n  " + SAMPLE
                + "Old.json\n  " + SAMPLE
                + "Stage/Old.json\nDelete them, or bring back the test that compared with them.";
        assertEquals(expected, failure.getMessage());
        assertEquals(expected + System.lineSeparator(), printed(List.of(Sample.class)));
    }

    @Test
    void listsTheSnapshotsOfClassesThatAreGone() throws IOException {
        write(FOLDER + "shop.GoneTest/Shop.json");

        assertEquals(
                "[" + module.getFileName() + "] snapshots must be used by a test, got 1:\n  " + FOLDER
                        + "shop.GoneTest/Shop.json\nDelete them, or bring back the test that compared with them."
                        + System.lineSeparator(),
                printed(List.of()));
    }

    @Test
    void saysNothingWhereAllAreUsed() throws IOException {
        SnapshotUsage.note(write(SAMPLE + "Used.json"));

        assertEquals("", printed(List.of(Sample.class)));
    }

    private String printed(List<Class<?>> whole) {
        return Printed.by(() -> UnusedSnapshots.report(module, whole, false));
    }

    private Path write(String file) throws IOException {
        Path path = module.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "{}");
    }

    private static List<Class<?>> whole(DiscoverySelector... tests) {
        WholeClasses classes = new WholeClasses();
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(tests)
                                .build(),
                        classes);
        return classes.whole();
    }
}
