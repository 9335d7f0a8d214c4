package dev.ashlar.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the kit's own tests in a JVM with JUnit 6, which {@code -Pfull} puts into {@code target/junit6}. */
@Tag("full")
class Junit6Test {
    private static final String SNAPSHOT = "src/test/resources/snapshots/dev.ashlar.test.StackAssertTest/";

    @TempDir
    private Path module;

    @Test
    void theKitWorksUnderJunit6() throws IOException, InterruptedException {
        Path snapshot = module.resolve(SNAPSHOT + "Shop.json");
        Files.createDirectories(snapshot.getParent());
        Files.copy(Path.of(SNAPSHOT + "Shop.json"), snapshot);
        Files.copy(snapshot, module.resolve(SNAPSHOT + "Old.json"));

        Path log = module.resolve("junit6.log");
        Process process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();

        assertThat(classPath()).contains("-6.1.0.jar").doesNotContain("junit-jupiter-");
        assertEquals(0, process.waitFor(), () -> read(log));
        assertThat(read(log))
                .contains(" 0 tests failed")
                .contains("snapshots must be used by a test, got 1:")
                .contains(SNAPSHOT + "Old.json");
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dbasedir=" + module,
                "-cp",
                classPath(),
                "org.junit.platform.console.ConsoleLauncher",
                "execute",
                "--details=summary",
                "--disable-banner"));
        for (Class<?> test : List.of(
                StackAssertTest.class,
                AppAssertTest.class,
                GuardsTest.class,
                ReviewTest.class,
                SnapshotsTest.class,
                TestClassTest.class,
                UnusedSnapshotsTest.class,
                ConstructContractTest.MailboxContract.class)) {
            command.add("--select-class=" + test.getName());
        }
        return command;
    }

    /** {@return this JVM's class path, with JUnit 6 in the place of JUnit 5} */
    private static String classPath() {
        Stream<String> junit6 = Stream.of("target/junit6/junit-platform-console-standalone-6.1.0.jar");
        Stream<String> others = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("(junit-|opentest4j-).*\\.jar"));
        return Stream.concat(junit6, others).collect(Collectors.joining(File.pathSeparator));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
