package dev.ashlar.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The snapshots of one module.
 *
 * @param module the module's base folder
 * @param update whether to write instead of compare
 * @param ci whether this runs where nobody would see what was written
 */
record Snapshots(Path module, boolean update, boolean ci) {
    static final String FOLDER = "src/test/resources/snapshots";

    static final String SUFFIX = ".json";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /** The module under test: Maven's {@code basedir}, else the working directory. */
    static Snapshots ofThisBuild() {
        String ci = System.getenv().getOrDefault("CI", "");
        return new Snapshots(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize(),
                Boolean.getBoolean("snapshot.update"),
                !ci.isEmpty() && !ci.equals("false"));
    }

    /** {@return the folder of a test class's snapshots} */
    static String folderOf(Class<?> testClass) {
        return FOLDER + "/" + testClass.getName().replace('$', '.');
    }

    /** {@return all files of a folder and of those in it} */
    static Stream<Path> filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /** {@return the snapshot of a subject in the folder of a test class} */
    Comparison of(Subject subject, Class<?> testClass) {
        String name = subject.snapshotName();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("[" + subject.label()
                    + "] snapshot name must be made of letters, digits and . _ - /, got \"" + name + "\"");
        }
        return new Comparison(this, subject, subject.snapshots(), testClass);
    }
}
