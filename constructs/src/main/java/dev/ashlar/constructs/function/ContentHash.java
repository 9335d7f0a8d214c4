package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A hash of what code is, and not of when and where it was built: names and bytes in sorted order, of the entries of
 * jars instead of the jars themselves. Left out are the times of files and entries, and what builds stamp into resources:
 * {@code git.properties}, {@code META-INF/build-info.properties}, dates and user names in manifests, the date in
 * properties files that Maven wrote. Whoever wants to know what the code holds is told of each file on the way.
 */
final class ContentHash {
    private static final Pattern ARCHIVE = Pattern.compile(".+\\.(jar|zip|war)");
    private static final Pattern STAMP =
            Pattern.compile("(.*/)?git\\.properties|(.*/)?META-INF/build-info\\.properties");
    private static final Pattern MANIFEST_STAMP = Pattern.compile(
            "(Build-(Time|Date|Timestamp|Jdk|Jdk-Spec|Host|User|Number)|Built-(By|On|At|Date)|Created-By|Bnd-LastModified"
                    + "|Implementation-Build(-Date)?|Scm-Revision|Git-[A-Za-z-]+): .*");

    private static final String EXECUTABLE = "*";
    private static final int HEAD = 32;

    private final Visitor visitor;
    private final byte[] buffer = new byte[1 << 16];

    private ContentHash(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Hashes all files, and the files in jars and zips among them. */
    static CodeHashes of(CodeFiles files, Visitor visitor) throws IOException {
        SortedMap<String, byte[]> all = new ContentHash(visitor).hashes("", files);
        SortedMap<String, byte[]> classes = new TreeMap<>(all);
        SortedMap<String, byte[]> libraries = new TreeMap<>(all);
        classes.keySet().removeIf(name -> CodePlace.isOnClassPath("", name.replace(EXECUTABLE, "")));
        libraries.keySet().removeAll(classes.keySet());
        return new CodeHashes(hex(combine(all)), hex(combine(classes)), hex(combine(libraries)));
    }

    private SortedMap<String, byte[]> hashes(String archive, CodeFiles files) throws IOException {
        SortedMap<String, byte[]> hashes = new TreeMap<>();
        for (String name : files.sizes().keySet()) {
            if (!STAMP.matcher(name).matches()) {
                // Lambda runs a bootstrap or an extension only when it is executable.
                String key = files.isExecutable(name) ? name + EXECUTABLE : name;
                hashes.put(key, hash(archive, files, name));
            }
        }
        return hashes;
    }

    private byte[] hash(String archive, CodeFiles files, String name) throws IOException {
        if (ARCHIVE.matcher(name).matches()) {
            try (CodeFiles nested = files.openArchive(name)) {
                return combine(hashes(CodePlace.within(archive, name), nested));
            } catch (IOException e) {
                if (CodePlace.isOnClassPath(archive, name)) {
                    throw e instanceof UnreadableJar ? e : new UnreadableJar(name, e);
                }
                // Not every file of that name is one: then its bytes count as those of any other file.
            }
        }
        try (InputStream in = files.stream(name)) {
            return hash(archive, name, withoutStamps(name, in));
        }
    }

    private byte[] hash(String archive, String name, InputStream in) throws IOException {
        MessageDigest digest = Sha256.digest();
        int length = in.readNBytes(buffer, 0, buffer.length);
        byte[] head = Arrays.copyOf(buffer, Math.min(length, HEAD));
        while (length > 0) {
            digest.update(buffer, 0, length);
            length = in.readNBytes(buffer, 0, buffer.length);
        }
        byte[] hash = digest.digest();
        visitor.visit(archive, name, head, hash);
        return hash;
    }

    private static InputStream withoutStamps(String name, InputStream in) throws IOException {
        if (name.endsWith("META-INF/MANIFEST.MF")) {
            return keepLines(in, line -> !MANIFEST_STAMP.matcher(line).matches());
        }
        if (name.endsWith("/pom.properties")) {
            return keepLines(in, line -> !line.startsWith("#"));
        }
        return in;
    }

    private static InputStream keepLines(InputStream in, Predicate<String> keep) throws IOException {
        List<String> lines = new String(in.readAllBytes(), ISO_8859_1).lines().toList();
        return new ByteArrayInputStream(
                lines.stream().filter(keep).collect(Collectors.joining("\n")).getBytes(ISO_8859_1));
    }

    private static byte[] combine(SortedMap<String, byte[]> hashes) {
        MessageDigest digest = Sha256.digest();
        hashes.forEach((name, hash) -> {
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
            digest.update(hash);
        });
        return digest.digest();
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** Is told of each file, but not of jars and zips whose files it is told of. */
    interface Visitor {
        /**
         * Takes note of a file.
         *
         * @param archive the jar or zip that it lies in, or an empty text
         * @param name its name there
         * @param head its first 32 bytes, or all if it has fewer
         * @param hash the hash of its bytes
         */
        void visit(String archive, String name, byte[] head, byte[] hash);
    }

    /** A jar that Java's class loader could not read either. */
    static final class UnreadableJar extends IOException {
        private static final long serialVersionUID = 1;

        private UnreadableJar(String jar, IOException reason) {
            super(jar + ": " + reason.getMessage(), reason);
        }
    }
}
