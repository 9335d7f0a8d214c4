package dev.ashlar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where all is.
 *
 * @param repository this repository
 */
record Workshop(Path repository) {

    static Workshop of(Path repository) {
        return new Workshop(repository.toAbsolutePath().normalize());
    }

    Path module() {
        return repository.resolve("bench");
    }

    Path javascript() {
        return module().resolve("javascript");
    }

    Path results() {
        return module().resolve("RESULTS.md");
    }

    /** {@return a folder for what a row makes, new and empty} */
    Path newFolder(String name) throws IOException {
        Path folder = module().resolve("target/bench").resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    Inputs inputs() throws IOException {
        return Inputs.createIn(newFolder("inputs"));
    }

    Command cdk(String... arguments) {
        return new Command(
                Stream.concat(Stream.of("node", "node_modules/aws-cdk/bin/cdk"), Stream.of(arguments))
                        .toList(),
                repository,
                Map.of());
    }

    /** Copies this repository as it is checked out, without what was built. */
    Workshop copyTo(Path target) throws IOException {
        List<String> skipped = List.of(".git", "target", "node_modules", "cdk.out", ".cdk.staging");
        try (Stream<Path> files = Files.walk(repository)) {
            List<Path> wanted = files.map(repository::relativize)
                    .filter(path -> Stream.iterate(path, part -> part != null, Path::getParent)
                            .map(part -> part.getFileName().toString())
                            .noneMatch(skipped::contains))
                    .toList();
            for (Path path : wanted) {
                Path copy = target.resolve(path.toString());
                if (Files.isDirectory(repository.resolve(path))) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(repository.resolve(path), copy);
                }
            }
        }
        Files.createSymbolicLink(
                target.resolve("node_modules"),
                repository.resolve("node_modules").toRealPath());
        return of(target);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
