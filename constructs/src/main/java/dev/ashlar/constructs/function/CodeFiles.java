package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Code as Lambda unpacks it: the files of a directory, or the entries of a jar or zip. Archives are read as Java's own
 * class loader reads them, so what opens here opens there. What cannot be read is an {@link IOException}.
 */
abstract class CodeFiles implements Closeable {
    private final SortedMap<String, Long> sizes;

    private CodeFiles(SortedMap<String, Long> sizes) {
        this.sizes = Collections.unmodifiableSortedMap(sizes);
    }

    static CodeFiles open(Path path) throws IOException {
        return Files.isDirectory(path) ? new Directory(path) : new Archive(path, null);
    }

    /** All files by name, with slashes, and their unpacked sizes in bytes. */
    final SortedMap<String, Long> sizes() {
        return sizes;
    }

    final boolean holds(String name) {
        return sizes.containsKey(name);
    }

    final byte[] read(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        }
    }

    abstract InputStream stream(String name) throws IOException;

    /** Opens a jar or zip among the files. */
    abstract CodeFiles openArchive(String name) throws IOException;

    /** Whether the file is marked as a program. Archives do not tell. */
    abstract boolean isExecutable(String name);

    private static final class Directory extends CodeFiles {
        private final Path root;

        private Directory(Path root) throws IOException {
            super(sizesIn(root));
            this.root = root;
        }

        private static SortedMap<String, Long> sizesIn(Path root) throws IOException {
            SortedMap<String, Long> sizes = new TreeMap<>();
            try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    sizes.put(root.relativize(file).toString().replace('\\', '/'), Files.size(file));
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            return sizes;
        }

        @Override
        InputStream stream(String name) throws IOException {
            return Files.newInputStream(root.resolve(name));
        }

        @Override
        CodeFiles openArchive(String name) throws IOException {
            return new Archive(root.resolve(name), null);
        }

        @Override
        boolean isExecutable(String name) {
            return Files.isExecutable(root.resolve(name));
        }

        @Override
        public void close() {}
    }

    private static final class Archive extends CodeFiles {
        private final ZipFile zip;
        private final @Nullable Path temporary;

        private Archive(Path file, @Nullable Path temporary) throws IOException {
            this(new ZipFile(file.toFile(), UTF_8), temporary);
        }

        private Archive(ZipFile zip, @Nullable Path temporary) {
            super(sizesIn(zip));
            this.zip = zip;
            this.temporary = temporary;
        }

        private static SortedMap<String, Long> sizesIn(ZipFile zip) {
            SortedMap<String, Long> sizes = new TreeMap<>();
            zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .forEach(entry -> sizes.put(entry.getName(), entry.getSize()));
            return sizes;
        }

        @Override
        InputStream stream(String name) throws IOException {
            ZipEntry entry = zip.getEntry(name);
            InputStream in = entry == null ? null : zip.getInputStream(entry);
            if (in == null) {
                throw new IOException("no entry " + name);
            }
            return in;
        }

        @Override
        CodeFiles openArchive(String name) throws IOException {
            Path copy = Files.createTempFile("ashlar", ".jar");
            try (InputStream in = stream(name)) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                return new Archive(copy, copy);
            } catch (IOException e) {
                Files.delete(copy);
                throw e;
            }
        }

        @Override
        boolean isExecutable(String name) {
            return false;
        }

        @Override
        public void close() throws IOException {
            zip.close();
            if (temporary != null) {
                Files.delete(temporary);
            }
        }
    }
}
