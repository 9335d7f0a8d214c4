package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Check;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A hash of what code is, and not of when and where it was built: names and bytes in sorted order, of the entries of
 * jars instead of the jars themselves. Left out are the times of files and entries, and what builds stamp into resources:
 * {@code git.properties}, {@code META-INF/build-info.properties}, dates and user names in manifests, the date in
 * properties files that Maven wrote.
 */
final class ContentHash {
    private static final Pattern ARCHIVE = Pattern.compile(".+\\.(jar|zip|war)");
    private static final Pattern STAMP =
            Pattern.compile("(.*/)?git\\.properties|(.*/)?META-INF/build-info\\.properties");
    private static final Pattern MANIFEST_STAMP = Pattern.compile(
            "(Build-(Time|Date|Timestamp|Jdk|Jdk-Spec|Host|User|Number)|Built-(By|On|At|Date)|Created-By|Bnd-LastModified"
                    + "|Implementation-Build(-Date)?|Scm-Revision|Git-[A-Za-z-]+): .*");

    private ContentHash() {}

    /** Hashes a directory or an archive; one that holds nothing is an error. */
    static String of(Path path, Check check) {
        try {
            SortedMap<String, byte[]> entries = Files.isDirectory(path) ? directory(path) : archive(path);
            check.that(!entries.isEmpty(), "code must hold files, got " + path + ", which is empty; build it first");
            return HexFormat.of().formatHex(combine(entries));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the code in " + path, e);
        }
    }

    private static SortedMap<String, byte[]> directory(Path root) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                // Lambda runs a bootstrap or an extension only when it is executable.
                add(entries, Files.isExecutable(file) ? name + "*" : name, Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private static SortedMap<String, byte[]> archive(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return archive(in);
        }
    }

    private static SortedMap<String, byte[]> archive(InputStream in) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                add(entries, entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static void add(Map<String, byte[]> entries, String name, byte[] content) throws IOException {
        if (STAMP.matcher(name).matches()) {
            return;
        }
        if (ARCHIVE.matcher(name).matches()) {
            entries.put(name, combine(archive(new ByteArrayInputStream(content))));
        } else {
            entries.put(name, sha256().digest(withoutStamps(name, content)));
        }
    }

    private static byte[] withoutStamps(String name, byte[] content) {
        if (name.endsWith("META-INF/MANIFEST.MF")) {
            return keepLines(content, line -> !MANIFEST_STAMP.matcher(line).matches());
        }
        if (name.endsWith("/pom.properties")) {
            return keepLines(content, line -> !line.startsWith("#"));
        }
        return content;
    }

    private static byte[] keepLines(byte[] content, Predicate<String> keep) {
        List<String> lines = new String(content, ISO_8859_1).lines().toList();
        return lines.stream().filter(keep).collect(Collectors.joining("\n")).getBytes(ISO_8859_1);
    }

    private static byte[] combine(SortedMap<String, byte[]> entries) {
        MessageDigest digest = sha256();
        entries.forEach((name, hash) -> {
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(hash);
        });
        return digest.digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
