package dev.ashlar.test;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.opentest4j.AssertionFailedError;

/**
 * Lists, after the tests of a module, the snapshots that none of them compared with.
 *
 * <p>JUnit finds this listener by itself, where its launcher is on the class path, as it is under Maven, Gradle and in
 * IDEs. Looked at are the snapshots of test classes that ran whole: all of their test methods, none skipped, none
 * failed; and those of classes that are not there any more. A run of single methods
 * ({@code -Dtest=ShopTest#isAsReviewed}) or without some tags tells nothing about the rest of the class.
 *
 * <p>With the system property {@code snapshot.unused} set to {@code fail} the run fails: {@code mvn test
 * -Dsnapshot.unused=fail}.
 */
public final class UnusedSnapshots implements LauncherSessionListener {
    private static final String FAIL = "fail";

    private final WholeClasses classes = new WholeClasses();

    /** For JUnit. */
    public UnusedSnapshots() {}

    /**
     * Begins to watch which classes run.
     *
     * @param session the session that begins
     */
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(classes);
    }

    /**
     * Lists what was not used.
     *
     * @param session the session that ends
     * @throws AssertionFailedError if there is any and it is to fail
     */
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        report(
                Snapshots.ofThisBuild().module(),
                classes.whole(),
                System.getProperty("snapshot.unused", "").equals(FAIL));
    }

    static void report(Path module, List<Class<?>> whole, boolean fail) {
        List<String> unused = Stream.concat(
                        whole.stream().flatMap(testClass -> SnapshotUsage.unused(module, testClass).stream()),
                        SnapshotUsage.ofNoClass(module).stream())
                .toList();
        if (unused.isEmpty()) {
            return;
        }
        AssertionFailedError failure = Failure.of(
                module.getFileName() + "",
                "snapshots must be used by a test",
                unused,
                "Delete them, or bring back the test that compared with them.");
        if (fail) {
            throw failure;
        }
        System.out.println(failure.getMessage());
    }
}
