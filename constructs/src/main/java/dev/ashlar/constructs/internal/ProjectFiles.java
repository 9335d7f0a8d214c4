package dev.ashlar.constructs.internal;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the CDK project, wherever below it the app was started. */
public final class ProjectFiles {
    private ProjectFiles() {}

    /**
     * Resolves a path against the nearest directory upwards that holds a {@code cdk.json}, so that {@code cdk synth},
     * an IDE and Surefire agree. Without such a directory it is resolved against the working directory.
     *
     * @param path a path, relative or absolute
     * @return the absolute path; whether it exists was not checked
     */
    public static Path resolve(String path) {
        return root(Path.of("").toAbsolutePath()).resolve(path).normalize();
    }

    private static Path root(Path start) {
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            if (Files.isRegularFile(directory.resolve("cdk.json"))) {
                return directory;
            }
        }
        return start;
    }
}
