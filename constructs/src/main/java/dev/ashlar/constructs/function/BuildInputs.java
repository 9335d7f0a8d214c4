package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Maven build was made of: the POM and main sources of the module and of each module of its reactor that it needs,
 * the POMs above them, Maven's own settings of the project, the jars on the classpath, Ashlar, and the JDK. Of sources the bytes
 * count, of jars the size and time.
 */
final class BuildInputs {
    private static final int HEADER = 2;

    private final List<Path> paths;

    private BuildInputs(List<Path> paths) {
        this.paths = paths;
    }

    static BuildInputs of(Path module, Path reactor, List<Path> classpath) {
        Set<Path> modules = new LinkedHashSet<>(List.of(module));
        Set<Path> paths = new LinkedHashSet<>();
        for (Path entry : classpath) {
            if (entry.startsWith(reactor)) {
                modules.add(moduleOf(entry));
            } else {
                paths.add(entry);
            }
        }
        for (Path each : modules) {
            paths.add(each.resolve("src/main"));
            for (Path above = each; above != null && above.startsWith(reactor); above = above.getParent()) {
                paths.add(above.resolve("pom.xml"));
            }
        }
        paths.add(reactor.resolve(".mvn"));
        return new BuildInputs(List.copyOf(paths));
    }

    /** What was built, if there is a record of it and all that it names is as it was; else null. */
    static @Nullable BuiltCode whatWasBuilt(Path record, Path code) throws IOException {
        if (!Files.isRegularFile(record)) {
            return null;
        }
        List<String> lines = Files.readAllLines(record);
        int end = lines.indexOf("");
        if (end < HEADER) {
            return null;
        }
        List<Path> paths =
                lines.subList(end + 1, lines.size()).stream().map(Path::of).toList();
        return lines.get(0).equals(new BuildInputs(paths).fingerprint())
                ? new BuiltCode(code, lines.get(1), CodeFacts.ofLines(lines.subList(HEADER, end)))
                : null;
    }

    /** Writes the record: the fingerprint, the hash of what was built, facts of it, an empty line, then a path a line. */
    void writeTo(Path record, BuiltCode built) throws IOException {
        List<String> lines = new ArrayList<>(List.of(fingerprint(), built.hash()));
        lines.addAll(built.facts().toLines());
        lines.add("");
        paths.forEach(path -> lines.add(path.toString()));
        Path draft = record.resolveSibling(record.getFileName() + ".new");
        Files.write(draft, lines);
        Files.move(draft, record, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Tells whether any source is newer than that. Jars do not count: Maven downloads what it lacks during a build. */
    boolean haveChangedSince(Instant time) throws IOException {
        for (Path path : paths) {
            for (Path file : filesOf(path)) {
                if (!isJar(path) && Files.getLastModifiedTime(file).toInstant().isAfter(time)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String fingerprint() throws IOException {
        MessageDigest digest = ContentHash.sha256();
        // Another Ashlar may lay code out in another way, and know more of it.
        update(digest, String.valueOf(BuildInputs.class.getPackage().getImplementationVersion()));
        update(digest, System.getProperty("java.version"));
        update(digest, String.valueOf(System.getenv("JAVA_HOME")));
        for (Path path : paths) {
            update(digest, path.toString());
            for (Path file : filesOf(path)) {
                update(digest, file.toString());
                if (isJar(path)) {
                    update(
                            digest,
                            Files.size(file) + " "
                                    + Files.getLastModifiedTime(file).toMillis());
                } else {
                    digest.update(ContentHash.sha256().digest(Files.readAllBytes(file)));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar");
    }

    /** The files below a directory, the file itself, or none if there is nothing. */
    private static List<Path> filesOf(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The module whose output an entry of the classpath is: the nearest directory upwards with a POM. */
    private static Path moduleOf(Path entry) {
        Path directory = entry;
        while (directory.getParent() != null && !Files.isRegularFile(directory.resolve("pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(UTF_8));
        digest.update((byte) '\n');
    }
}
