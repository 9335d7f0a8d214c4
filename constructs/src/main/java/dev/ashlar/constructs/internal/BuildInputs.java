package dev.ashlar.constructs.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a build is made of: files and directories, Ashlar, and the JDK. Of sources the bytes count, of jars the size and
 * time. What builds generate in their usual places does not count: folders called {@code node_modules}, {@code cdk.out} or
 * {@code __pycache__}, hidden ones except {@code .mvn}, {@code target} beside a POM, {@code build} beside a Gradle script.
 */
public final class BuildInputs {
    private static final Set<String> GENERATED = Set.of("node_modules", "cdk.out", "__pycache__");

    private final List<Path> paths;
    private final String inputs;

    private BuildInputs(List<Path> paths, String inputs) {
        this.paths = paths;
        this.inputs = inputs;
    }

    /**
     * Reads the inputs as they are now.
     *
     * @param paths files and directories
     * @return the inputs
     * @throws IOException if one cannot be read
     */
    public static BuildInputs of(List<Path> paths) throws IOException {
        return of(paths, "", null);
    }

    /**
     * Reads the inputs of a build by a command.
     *
     * @param paths files and directories, all in which is an input
     * @param command the command, which is an input too
     * @param output what it leaves, which is none; null if it lies elsewhere
     * @return the inputs
     * @throws IOException if one cannot be read
     */
    public static BuildInputs of(List<Path> paths, String command, @Nullable Path output) throws IOException {
        MessageDigest digest = Sha256.digest();
        // Another Ashlar may lay code out in another way, and know more of it.
        update(digest, String.valueOf(BuildInputs.class.getPackage().getImplementationVersion()));
        update(digest, System.getProperty("java.version"));
        update(digest, String.valueOf(System.getenv("JAVA_HOME")));
        update(digest, command);
        for (Path path : paths) {
            update(digest, path.toString());
            for (Path file : filesOf(path, output)) {
                update(digest, file.toString());
                if (isJar(path)) {
                    update(digest, sizeAndTime(file));
                } else {
                    digest.update(Sha256.digest().digest(Files.readAllBytes(file)));
                }
            }
        }
        return new BuildInputs(List.copyOf(paths), HexFormat.of().formatHex(digest.digest()));
    }

    /** {@return the files and directories} */
    public List<Path> paths() {
        return paths;
    }

    /**
     * Makes a fingerprint of the inputs as they were read, and of the sizes and times of what was built from them.
     *
     * @param built the file or directory that was built
     * @return the fingerprint
     * @throws IOException if it cannot be read
     */
    public String fingerprintWith(Path built) throws IOException {
        MessageDigest digest = Sha256.digest();
        update(digest, inputs);
        for (Path file : filesOf(built, null)) {
            update(digest, built.relativize(file).toString());
            update(digest, sizeAndTime(file));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Tells whether any source is newer than that. Jars do not count: Maven downloads what it lacks during a build.
     *
     * @param time the time
     * @return whether one is
     * @throws IOException if one cannot be read
     */
    public boolean haveChangedSince(Instant time) throws IOException {
        for (Path path : paths) {
            for (Path file : filesOf(path, null)) {
                if (!isJar(path) && Files.getLastModifiedTime(file).toInstant().isAfter(time)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar");
    }

    private static String sizeAndTime(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    }

    /** The files below a directory that were not generated, the file itself, or none if there is nothing. */
    private static List<Path> filesOf(Path path, @Nullable Path leftOut) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skip = !directory.equals(path) && (directory.equals(leftOut) || isGenerated(directory));
                return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.equals(leftOut) && Files.isRegularFile(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }

    private static boolean isGenerated(Path directory) {
        String name = String.valueOf(directory.getFileName());
        return GENERATED.contains(name)
                || (name.startsWith(".") && !name.equals(".mvn"))
                || (name.equals("target") && Files.exists(directory.resolveSibling("pom.xml")))
                || (name.equals("build")
                        && (Files.exists(directory.resolveSibling("build.gradle"))
                                || Files.exists(directory.resolveSibling("build.gradle.kts"))));
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(UTF_8));
        digest.update((byte) '\n');
    }
}
