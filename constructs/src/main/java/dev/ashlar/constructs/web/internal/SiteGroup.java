package dev.ashlar.constructs.web.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of a site that are uploaded together, because they have the same headers.
 *
 * @param id the id of their upload
 * @param cacheControl for how long they may be kept
 * @param contentType what they are; null for what their ending says to the AWS CLI
 * @param names the files
 * @param prune which other files of the bucket are deleted; null if none are
 */
record SiteGroup(
        String id,
        String cacheControl,
        @Nullable String contentType,
        List<String> names,
        @Nullable Prune prune) {
    private static final String YEAR = "public, max-age=31536000, immutable";
    private static final String FIVE_MINUTES = "public, max-age=300";
    private static final String NOT_AT_ALL = "no-cache";

    // What the AWS CLI does not know, or leaves the letters of to the browser to guess.
    private static final Map<String, String> CONTENT_TYPES = new LinkedHashMap<>();

    static {
        CONTENT_TYPES.put("avif", "image/avif");
        CONTENT_TYPES.put("csv", "text/csv; charset=utf-8");
        CONTENT_TYPES.put("htm", "text/html; charset=utf-8");
        CONTENT_TYPES.put("html", "text/html; charset=utf-8");
        CONTENT_TYPES.put("md", "text/markdown; charset=utf-8");
        CONTENT_TYPES.put("txt", "text/plain; charset=utf-8");
        CONTENT_TYPES.put("webmanifest", "application/manifest+json");
        CONTENT_TYPES.put("webp", "image/webp");
        CONTENT_TYPES.put("woff", "font/woff");
        CONTENT_TYPES.put("woff2", "font/woff2");
    }

    /** What is deleted if it is not uploaded: all but what is excluded, of which what is included is in again. */
    record Prune(List<String> exclude, List<String> include) {}

    /**
     * Divides the files of a site. Hashed ones come first, so that no page names one that is not there yet, and pages last.
     */
    static List<SiteGroup> of(SiteFiles files) {
        List<SiteGroup> groups = new ArrayList<>();
        Map<String, List<String>> hashed = byType(files, SiteFiles.Kind.HASHED);
        hashed.forEach((type, names) -> groups.add(group("Hashed", YEAR, type, names, null)));
        Map<String, List<String>> others = byType(files, SiteFiles.Kind.OTHER);
        others.forEach((type, names) -> groups.add(group("Files", FIVE_MINUTES, type, names, pruneOf(type, files))));
        Map<String, List<String>> pages = byType(files, SiteFiles.Kind.PAGE);
        pages.forEach((type, names) -> groups.add(
                group("Pages", NOT_AT_ALL, type, names, new Prune(List.of("*"), List.of("*.html", "*.htm")))));
        return groups;
    }

    private static SiteGroup group(
            String id, String cacheControl, String type, List<String> names, @Nullable Prune prune) {
        // Pages have one type, so their id needs no ending.
        String ending = type.isEmpty() || id.equals("Pages") ? "" : "-" + endingOf(type);
        return new SiteGroup(id + ending, cacheControl, type.isEmpty() ? null : type, names, prune);
    }

    private static Map<String, List<String>> byType(SiteFiles files, SiteFiles.Kind kind) {
        Map<String, List<String>> byType = new LinkedHashMap<>();
        files.kinds().forEach((name, itsKind) -> {
            if (itsKind == kind) {
                byType.computeIfAbsent(typeOf(name), any -> new ArrayList<>()).add(name);
            }
        });
        return byType;
    }

    private static String typeOf(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return CONTENT_TYPES.getOrDefault(ending, "");
    }

    /** The first ending of a type. */
    private static String endingOf(String type) {
        return CONTENT_TYPES.entrySet().stream()
                .filter(each -> each.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Files of a type delete what ends like them, the rest deletes what nothing else does. */
    private static @Nullable Prune pruneOf(String type, SiteFiles files) {
        if (type.isEmpty()) {
            List<String> exclude = new ArrayList<>();
            CONTENT_TYPES.keySet().forEach(ending -> exclude.add("*." + ending));
            exclude.addAll(files.hashedGlobs());
            exclude.add(SiteFiles.RUNTIME_CONFIG);
            return new Prune(exclude, List.of());
        }
        List<String> include = CONTENT_TYPES.entrySet().stream()
                .filter(each -> each.getValue().equals(type))
                .map(each -> "*." + each.getKey())
                .toList();
        // What is included comes last for the AWS CLI, so hashed files could not be left out again: better keep all.
        boolean isSafe = files.kinds().entrySet().stream()
                .noneMatch(file -> file.getValue() == SiteFiles.Kind.HASHED
                        && typeOf(file.getKey()).equals(type));
        return isSafe ? new Prune(List.of("*"), include) : null;
    }
}
