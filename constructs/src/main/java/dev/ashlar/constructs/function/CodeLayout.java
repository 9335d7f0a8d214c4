package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.FileTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Lays code out as Lambda wants it: classes and resources at the root, jars under {@code lib/}. */
final class CodeLayout {
    // The earliest time that a zip entry can have: it must not depend on when the entry was written.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private CodeLayout() {}

    /** Writes the layout beside its place and moves it there when it is whole. */
    static void write(Path classes, List<Path> classpath, Path target) throws IOException {
        Path draft = target.resolveSibling(target.getFileName() + ".new");
        FileTree.delete(draft);
        copy(classes, draft, file -> true);
        if (!classpath.isEmpty()) {
            Path lib = Files.createDirectories(draft.resolve("lib"));
            Set<String> names = new HashSet<>();
            for (Path entry : classpath) {
                String name = unusedName(entry, names);
                if (Files.isDirectory(entry)) {
                    jar(entry, lib.resolve(name));
                } else {
                    Files.copy(entry, lib.resolve(name));
                }
            }
        }
        CodePart.deleteAll(target);
        FileTree.delete(target);
        Files.move(draft, target);
    }

    static void copyWithoutLibraries(Path code, Path target) throws IOException {
        copy(code, target, file -> !isLibrary(code, file));
    }

    static void copyLibraries(Path code, Path target) throws IOException {
        Files.createDirectories(target);
        for (Path file : sorted(code)) {
            if (isLibrary(code, file)) {
                Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    /** Moves a directory to its place, or drops it if another synth was quicker. */
    static void move(Path draft, Path target) throws IOException {
        try {
            Files.move(draft, target);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            FileTree.delete(draft);
        }
    }

    private static boolean isLibrary(Path code, Path file) {
        return CodePlace.isOnClassPath("", code.relativize(file).toString().replace('\\', '/'));
    }

    /** Two artifacts of different groups may have the same file name. */
    private static String unusedName(Path entry, Set<String> used) {
        Path file = entry.getFileName();
        // The classes of another module of the reactor lie in <module>/target/classes.
        String wanted = Files.isDirectory(entry) && entry.getNameCount() > 2
                ? entry.getName(entry.getNameCount() - 3) + ".jar"
                : String.valueOf(file);
        String name = wanted;
        for (int i = 2; !used.add(name); i++) {
            name = i + "-" + wanted;
        }
        return name;
    }

    private static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
        Files.createDirectories(to);
        for (Path source : sorted(from)) {
            if (Files.isRegularFile(source) && wanted.test(source)) {
                Path target = to.resolve(from.relativize(source).toString());
                Files.createDirectories(target.getParent());
                Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void jar(Path directory, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : sorted(directory)) {
                if (Files.isRegularFile(file)) {
                    ZipEntry entry =
                            new ZipEntry(directory.relativize(file).toString().replace('\\', '/'));
                    entry.setTimeLocal(NO_TIME);
                    zip.putNextEntry(entry);
                    Files.copy(file, zip);
                }
            }
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted().toList();
        }
    }
}
