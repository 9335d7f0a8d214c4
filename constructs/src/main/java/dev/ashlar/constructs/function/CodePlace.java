package dev.ashlar.constructs.function;

import java.util.regex.Pattern;

/** Names places in code, such as {@code lib/shop.jar!/shop/Notes.class}, and knows which of them Java looks at. */
final class CodePlace {
    private static final Pattern LIBRARY = Pattern.compile("lib/[^/]+\\.jar");

    private CodePlace() {}

    /** The name of a file in an archive, or at the root where the archive has no name. */
    static String within(String archive, String name) {
        return archive.isEmpty() ? name : archive + "!/" + name;
    }

    /** Whether Lambda puts a jar on the class path: those that lie directly under {@code lib/}. */
    static boolean isOnClassPath(String archive, String name) {
        return archive.isEmpty() && LIBRARY.matcher(name).matches();
    }

    /** Whether classes in an archive are on the class path; the root, without a name, is. */
    static boolean isOnClassPath(String archive) {
        return archive.isEmpty() || LIBRARY.matcher(archive).matches();
    }
}
