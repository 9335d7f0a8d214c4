package dev.ashlar.constructs.web.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Bundling;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.CommandOutput;
import dev.ashlar.constructs.internal.ProjectFiles;
import dev.ashlar.constructs.web.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * The files of a site, each with how long a browser may keep it.
 *
 * @param directory where they lie
 * @param kinds their names, seen from there, with slashes, and of what kind each is
 * @param bytes how many they have together
 */
public record SiteFiles(Path directory, SortedMap<String, Kind> kinds, long bytes) {
    // A site is uploaded through the disk of a Lambda function, 10,240 MiB, which holds the zip and what is in it.
    static final long MAX_BYTES = 4L << 30;

    private static final int MAX_KEY_BYTES = 1024;

    /** What a file is called at upload time. */
    static final String RUNTIME_CONFIG = "config.json";

    // What bundlers write between name and ending: Vite's and Angular's eight characters, webpack's and others' hex.
    private static final Pattern HASHED =
            Pattern.compile("(?:.*[._-])?([A-Za-z0-9_-]{8,64})(?:\\.[a-z0-9]{1,12}){1,3}");
    private static final Pattern HEX = Pattern.compile("(?=.*\\d)(?=.*[a-f])[0-9a-f]{8}(?:[0-9a-f]{2}){0,28}");
    private static final Pattern BASE32 = Pattern.compile("(?=.*[2-7])(?=.*[A-Z])[A-Z2-7]{8}");
    private static final Pattern BASE64 = Pattern.compile("(?=.*\\d)(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9_-]{8}");
    private static final Pattern HASHED_FOLDER =
            Pattern.compile("((?:.*/)?(?:_next/static|_app/immutable|_astro|_nuxt)/).+");

    /** How long what is fetched may be kept. */
    public enum Kind {
        /** The name changes with the content: for a year. */
        HASHED,
        /** A page, which names what else belongs to this version: it is asked for anew each time. */
        PAGE,
        /** Anything else: for five minutes. */
        OTHER
    }

    /**
     * Reads what lies in a directory.
     *
     * @param directory the directory
     * @param check the checks of the construct that has the site
     * @return its files
     * @throws IllegalArgumentException if it is empty, has no {@code index.html}, or a file that a site cannot have
     */
    public static SiteFiles of(Path directory, Check check) {
        SortedMap<String, Kind> kinds = new TreeMap<>();
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                check.that(
                        name.getBytes(UTF_8).length <= MAX_KEY_BYTES,
                        "site must have names of at most " + MAX_KEY_BYTES + " bytes, got " + name
                                + "; S3 takes no longer ones");
                kinds.put(name, kindOf(name));
                bytes += Files.size(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the site " + directory, e);
        }
        check.that(!kinds.isEmpty(), "site must hold files, got " + directory + ", which is empty; build it first");
        check.that(
                kinds.containsKey("index.html"),
                "site must have an index.html, got " + directory + " without one; correct the path, or what builds it");
        check.that(
                !kinds.containsKey(RUNTIME_CONFIG),
                "site must leave " + RUNTIME_CONFIG + " to runtimeConfig, got one in " + directory + "; remove it");
        check.that(
                bytes <= MAX_BYTES,
                "site must have at most " + MAX_BYTES + " bytes, got " + bytes + " in " + directory
                        + "; keep large files in a bucket of their own");
        return new SiteFiles(directory, kinds, bytes);
    }

    /**
     * Builds a site if it must be built, and reads it; where CDK wants no code, a page and an icon stand in.
     *
     * @param site the site
     * @param scope the construct that has it
     * @return its files
     * @throws IllegalArgumentException if it cannot be built, or is no site
     */
    public static SiteFiles of(Site site, Construct scope) {
        if (Bundling.isSkipped(scope)) {
            return placeholder();
        }
        Check check = Check.of(scope);
        String command = site.getCommand();
        Path directory = command == null
                ? ProjectFiles.resolve(site.getDirectory())
                : new CommandOutput("site", command, site.getDirectory(), site.getOutput(), site.getInputs())
                        .build(false, built -> List.of(), check)
                        .path();
        check.that(
                Files.isDirectory(directory),
                "site must be a directory, got %s, which is %s; build it first, or correct the path"
                        .formatted(directory, Files.exists(directory) ? "something else" : "not there"));
        SiteFiles files = of(directory, check);
        String notFoundPage = site.getNotFoundPage();
        check.that(
                notFoundPage == null || files.kinds.containsKey(notFoundPage),
                "notFoundPage must be a file of the site, got " + notFoundPage + ", which is not in " + directory);
        return files;
    }

    private static SiteFiles placeholder() {
        try {
            Path directory = Files.createTempDirectory("ashlar-site");
            // The last that is named goes first.
            directory.toFile().deleteOnExit();
            SortedMap<String, Kind> kinds = new TreeMap<>(Map.of("index.html", Kind.PAGE, "favicon.ico", Kind.OTHER));
            for (String name : kinds.keySet()) {
                Files.writeString(directory.resolve(name), "The site is built by cdk synth and cdk deploy.\n")
                        .toFile()
                        .deleteOnExit();
            }
            return new SiteFiles(directory, kinds, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the placeholder for a site that is not built", e);
        }
    }

    static Kind kindOf(String name) {
        if (name.endsWith(".html") || name.endsWith(".htm")) {
            return Kind.PAGE;
        }
        return HASHED_FOLDER.matcher(name).matches() || !hashIn(name).isEmpty() ? Kind.HASHED : Kind.OTHER;
    }

    /** The part of a file's name that a bundler made of its content; empty if there is none. */
    private static String hashIn(String name) {
        Matcher matcher = HASHED.matcher(name.substring(name.lastIndexOf('/') + 1));
        if (!matcher.matches()) {
            return "";
        }
        String candidate = matcher.group(1);
        // Of a greedy name-12345678 the candidate is all of it, so each end of it counts.
        for (int length = 8; length <= candidate.length(); length++) {
            String end = candidate.substring(candidate.length() - length);
            boolean isWhole = length == candidate.length() || "._-".indexOf(before(candidate, length)) >= 0;
            if (isWhole && isHash(end)) {
                return end;
            }
        }
        return "";
    }

    private static char before(String text, int length) {
        return text.charAt(text.length() - length - 1);
    }

    private static boolean isHash(String text) {
        return Stream.of(HEX, BASE32, BASE64)
                .anyMatch(pattern -> pattern.matcher(text).matches());
    }

    /** Globs that hold for all hashed files that are there, and for those of earlier builds, which must stay. */
    SortedSet<String> hashedGlobs() {
        SortedSet<String> globs = new TreeSet<>();
        for (Map.Entry<String, Kind> file : kinds.entrySet()) {
            if (file.getValue() == Kind.HASHED) {
                globs.add(globOf(file.getKey()));
            }
        }
        return globs;
    }

    private static String globOf(String name) {
        Matcher folder = HASHED_FOLDER.matcher(name);
        if (folder.matches()) {
            return SiteGlob.literal(folder.group(1)) + "*";
        }
        String hash = hashIn(name);
        int at = name.lastIndexOf(hash);
        String path = name.substring(0, name.lastIndexOf('/') + 1);
        boolean isNamed = at > path.length();
        return SiteGlob.literal(path)
                + (isNamed ? "*" + name.charAt(at - 1) : "")
                + "?".repeat(hash.length())
                + SiteGlob.literal(name.substring(at + hash.length()));
    }
}
