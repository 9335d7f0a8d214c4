package dev.ashlar.local.internal.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What {@code aws s3 sync} takes a file's content type for. It asks Python's mimetypes, which in CDK's handler are those of
 * Python 3.13 and no others: fonts, for one, are unknown.
 *
 * @see <a href="https://docs.python.org/3.13/library/mimetypes.html">mimetypes</a>
 */
final class ContentTypes {
    private static final Properties TYPES = load();
    private static final Map<String, String> SUFFIXES = Map.of(
            ".svgz",
            ".svg.gz",
            ".tgz",
            ".tar.gz",
            ".taz",
            ".tar.gz",
            ".tz",
            ".tar.gz",
            ".tbz2",
            ".tar.bz2",
            ".txz",
            ".tar.xz");
    private static final Set<String> ENCODINGS = Set.of(".gz", ".Z", ".bz2", ".xz", ".br");

    private ContentTypes() {}

    static Optional<String> guess(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        String extension = extension(name);
        if (SUFFIXES.containsKey(extension)) {
            name = name.substring(0, name.length() - extension.length()) + SUFFIXES.get(extension);
            extension = extension(name);
        }
        if (ENCODINGS.contains(extension)) {
            extension = extension(name.substring(0, name.length() - extension.length()));
        }
        return Optional.ofNullable(TYPES.getProperty(extension.toLowerCase(Locale.ROOT)));
    }

    /** {@return what follows the last dot, with it; nothing of a name that begins with its only dots} */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.substring(0, dot).replace(".", "").isEmpty() ? "" : name.substring(dot);
    }

    private static Properties load() {
        Properties types = new Properties();
        try (InputStream in = ContentTypes.class.getResourceAsStream("content-types.properties")) {
            types.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }
}
