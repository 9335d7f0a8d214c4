package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the checks need to know of code, whatever runs it: few enough to be kept beside what was built, so that nothing
 * is opened again while it has not changed.
 *
 * @param size how many bytes it takes unpacked
 * @param newest the class of the newest class file version, and one more for each {@code META-INF/versions/} in jars
 * @param libraries the native libraries for Linux on x86-64 and ARM64
 * @param duplicates how many classes are there more than once and are not the same
 * @param namedDuplicates some of them
 */
record CodeFacts(
        long size,
        List<ClassVersion> newest,
        List<NativeLibrary> libraries,
        int duplicates,
        List<DuplicateClass> namedDuplicates) {
    private static final int NAMED = 5;

    /** A class, its class file version, and from which Java on it is looked at: 0 for always. */
    record ClassVersion(int since, int version, String place) {}

    /** A native library and the machine that it is for. */
    record NativeLibrary(Machine machine, String place) {}

    /** A class and the archives that it lies in; the root has no name. */
    record DuplicateClass(String name, List<String> archives) {}

    /** One line a fact, in which names cannot break the form. */
    List<String> toLines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("size", size));
        newest.forEach(each -> lines.add(line("class", each.since(), each.version(), each.place())));
        libraries.forEach(library -> lines.add(line("library", library.machine().name(), library.place())));
        lines.add(line("duplicates", duplicates));
        namedDuplicates.forEach(each -> lines.add(line(
                "duplicate",
                Stream.concat(Stream.of(each.name()), each.archives().stream()).toArray())));
        return lines;
    }

    static CodeFacts ofLines(List<String> lines) {
        long size = 0;
        int duplicates = 0;
        List<ClassVersion> newest = new ArrayList<>();
        List<NativeLibrary> libraries = new ArrayList<>();
        List<DuplicateClass> named = new ArrayList<>();
        for (String line : lines) {
            List<String> parts = Arrays.stream(line.split("\t", -1))
                    .map(part -> URLDecoder.decode(part, UTF_8))
                    .toList();
            switch (parts.get(0)) {
                case "size" -> size = Long.parseLong(parts.get(1));
                case "class" ->
                    newest.add(new ClassVersion(
                            Integer.parseInt(parts.get(1)), Integer.parseInt(parts.get(2)), parts.get(3)));
                case "library" -> libraries.add(new NativeLibrary(Machine.valueOf(parts.get(1)), parts.get(2)));
                case "duplicates" -> duplicates = Integer.parseInt(parts.get(1));
                case "duplicate" -> named.add(new DuplicateClass(parts.get(1), parts.subList(2, parts.size())));
                default -> throw new IllegalArgumentException("No fact is written as " + line);
            }
        }
        return new CodeFacts(size, newest, libraries, duplicates, named);
    }

    private static String line(String kind, Object... parts) {
        StringBuilder line = new StringBuilder(kind);
        for (Object part : parts) {
            line.append('\t').append(URLEncoder.encode(part.toString(), UTF_8));
        }
        return line.toString();
    }

    /** Gathers the facts while the code is hashed. */
    static final class Collector implements ContentHash.Visitor {
        private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,4})/(.+)");
        private static final Pattern NATIVE = Pattern.compile("(.*/)?[^/]+\\.(so(\\.\\d+)*|node)|bootstrap");

        private final SortedMap<Integer, ClassVersion> newest = new TreeMap<>();
        private final List<NativeLibrary> libraries = new ArrayList<>();
        private final Map<String, FirstSeen> classes = new HashMap<>();
        private final SortedMap<String, SortedSet<String>> duplicates = new TreeMap<>();

        private record FirstSeen(String archive, ByteBuffer hash) {}

        @Override
        public void visit(String archive, String name, byte[] head, byte[] hash) {
            if (name.endsWith(".class")) {
                if (CodePlace.isOnClassPath(archive)) {
                    visitClass(archive, name, head, hash);
                }
            } else if (NATIVE.matcher(name).matches()) {
                Machine.of(machineOf(head))
                        .ifPresent(
                                machine -> libraries.add(new NativeLibrary(machine, CodePlace.within(archive, name))));
            }
        }

        private void visitClass(String archive, String name, byte[] head, byte[] hash) {
            Matcher versioned = VERSIONED.matcher(name);
            boolean since = versioned.matches();
            // Java looks at these in jars only, and Lambda unpacks what is at the root.
            if (since && archive.isEmpty()) {
                return;
            }
            String file = since ? versioned.group(2) : name;
            String className =
                    file.substring(0, file.length() - ".class".length()).replace('/', '.');
            // What is not named like a class is none that can be loaded: module-info, BOOT-INF/classes/Notes.
            if (!isNamedLikeClass(className)) {
                return;
            }
            int version = classVersionOf(head);
            int key = since ? Integer.parseInt(versioned.group(1)) : 0;
            ClassVersion before = newest.get(key);
            if (before == null || version > before.version()) {
                newest.put(key, new ClassVersion(key, version, CodePlace.within(archive, name)));
            }
            if (!since) {
                visitDuplicate(archive, className, hash);
            }
        }

        private void visitDuplicate(String archive, String className, byte[] hash) {
            FirstSeen first = classes.putIfAbsent(className, new FirstSeen(archive, ByteBuffer.wrap(hash)));
            if (first != null && !first.hash().equals(ByteBuffer.wrap(hash))) {
                duplicates
                        .computeIfAbsent(className, any -> new TreeSet<>(List.of(first.archive())))
                        .add(archive);
            }
        }

        private static boolean isNamedLikeClass(String className) {
            boolean begins = true;
            for (int i = 0; i < className.length(); i++) {
                char c = className.charAt(i);
                if (begins ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
                    return false;
                }
                begins = c == '.';
            }
            return !begins;
        }

        private static int classVersionOf(byte[] head) {
            boolean whole = head.length >= 8 && number(head, 0) == 0xCAFE && number(head, 2) == 0xBABE;
            return whole ? number(head, 6) : 0;
        }

        private static int machineOf(byte[] head) {
            boolean whole = head.length >= 20 && number(head, 0) == 0x7F45 && number(head, 2) == 0x4C46;
            return whole ? (head[18] & 0xFF) | (head[19] & 0xFF) << 8 : 0;
        }

        private static int number(byte[] bytes, int at) {
            return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        }

        CodeFacts facts(long size) {
            List<DuplicateClass> named = duplicates.entrySet().stream()
                    .limit(NAMED)
                    .map(each -> new DuplicateClass(each.getKey(), List.copyOf(each.getValue())))
                    .toList();
            return new CodeFacts(size, List.copyOf(newest.values()), List.copyOf(libraries), duplicates.size(), named);
        }
    }
}
