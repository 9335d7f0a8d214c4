package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.BuildProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Maven that builds a module: the wrapper in its directory or the nearest one above, else what is installed.
 *
 * @param command how it is called
 * @param versionFiles files that change with its version, as far as they are found
 */
record MavenProgram(String command, List<Path> versionFiles) {
    static MavenProgram of(Path module, String installed) throws IOException {
        for (Path directory = module; directory != null; directory = directory.getParent()) {
            Path wrapper = directory.resolve(BuildProgram.WINDOWS ? "mvnw.cmd" : "mvnw");
            if (Files.isRegularFile(wrapper)) {
                return new MavenProgram(wrapper.toString(), List.of(directory.resolve(".mvn/wrapper")));
            }
        }
        return new MavenProgram(installed, coreOf(installed).stream().toList());
    }

    /** The jar of the installed Maven that has its version in its name. */
    private static Optional<Path> coreOf(String installed) throws IOException {
        String path = String.valueOf(System.getenv("PATH"));
        Optional<Path> program = Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory).resolve(installed))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Path lib = program.get().toRealPath().resolveSibling("../lib").normalize();
        if (!Files.isDirectory(lib)) {
            return Optional.empty();
        }
        try (Stream<Path> jars = Files.list(lib)) {
            return jars.filter(jar -> String.valueOf(jar.getFileName()).matches("maven-core-.*\\.jar"))
                    .findFirst();
        }
    }
}
