package dev.ashlar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and tests the library with the oldest CDK that the README promises, in a copy: these classes are in use. */
@Tag("full")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for a shell")
class OldestCdkTest {
    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "node_modules", "cdk.out", ".cdk.staging");
    private static final int LONGEST_MINUTES = 30;
    private static final int LINES_TOLD = 40;

    @Test
    void theLibraryPassesItsTests(@TempDir Path directory) throws IOException, InterruptedException {
        Path root = DocsTest.root();
        Path copy = directory.resolve("ashlar");
        copy(root, copy);
        if (Files.exists(root.resolve("node_modules"))) {
            Files.createSymbolicLink(
                    copy.resolve("node_modules"), root.resolve("node_modules").toRealPath());
        }
        Path log = directory.resolve("build.log");
        Process build = new ProcessBuilder("bash", ".ci/oldest-cdk")
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(build.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as("ends within %d minutes", LONGEST_MINUTES)
                    .isTrue();
        } finally {
            Stream.concat(build.descendants(), Stream.of(build.toHandle())).forEach(ProcessHandle::destroy);
        }

        List<String> said = Files.readAllLines(log);
        said.stream().filter(line -> line.startsWith("== ")).forEach(System.out::println);
        assertThat(build.exitValue())
                .as(() -> String.join("\n", said.subList(Math.max(0, said.size() - LINES_TOLD), said.size())))
                .isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!directory.equals(from)
                        && LEFT_OUT.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!Files.isSymbolicLink(file)) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
