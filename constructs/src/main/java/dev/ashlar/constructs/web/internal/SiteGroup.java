package dev.ashlar.constructs.web.internal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
    private static final Rule HASHED = new Rule("Hashed", "public, max-age=31536000, immutable", "", 0);
    private static final Rule OTHERS = new Rule("Files", "public, max-age=300", "", 1);
    private static final Rule PAGES = new Rule("Pages", "no-cache", "", 2);

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
    record Prune(List<String> exclude, List<String> include) {
        private static Prune of(List<String> globs) {
            return new Prune(List.of("*"), globs);
        }

        private boolean holdsFor(String name) {
            return exclude.stream().noneMatch(glob -> SiteGlob.matches(glob, name))
                    || include.stream().anyMatch(glob -> SiteGlob.matches(glob, name));
        }
    }

    /** How long files are kept: ours by what they are, a user's by a glob. */
    private record Rule(String id, String cacheControl, String glob, int rank) {
        private static Rule of(String glob, String cacheControl) {
            return new Rule(
                    "Rule-" + glob,
                    cacheControl,
                    SiteGlob.withoutSets(glob),
                    isImmutable(cacheControl) ? HASHED.rank : OTHERS.rank);
        }

        private static Rule of(SiteFiles.Kind kind) {
            return switch (kind) {
                case HASHED -> HASHED;
                case OTHER -> OTHERS;
                case PAGE -> PAGES;
            };
        }
    }

    /**
     * Divides the files of a site. Those that are named by their content come first, so that no page names one that is not there
     * yet, and pages last.
     *
     * @param files the files
     * @param cacheControls values of {@code Cache-Control} by globs, of which the first that holds for a file counts
     */
    static List<SiteGroup> of(SiteFiles files, Map<String, String> cacheControls) {
        List<Rule> given = new ArrayList<>();
        cacheControls.forEach((glob, value) -> given.add(Rule.of(glob, value)));
        List<SiteGroup> groups = new ArrayList<>();
        byRule(files, given)
                .forEach((rule, byType) -> byType.forEach((type, names) -> {
                    Prune prune = pruneOf(rule, type, files, given);
                    groups.add(new SiteGroup(
                            idOf(rule, type),
                            rule.cacheControl,
                            type.isEmpty() ? null : type,
                            names,
                            prune != null && isSafe(prune, files, names) ? prune : null));
                }));
        return groups;
    }

    /** Globs that hold for no file. */
    static List<String> unused(SiteFiles files, Map<String, String> cacheControls) {
        return cacheControls.keySet().stream()
                .filter(glob -> files.kinds().keySet().stream()
                        .noneMatch(name -> SiteGlob.matches(SiteGlob.withoutSets(glob), name)))
                .toList();
    }

    /** Whether CloudFront may have an older version of these files. */
    boolean isCached() {
        return !isImmutable(cacheControl) && Stream.of("no-cache", "no-store").noneMatch(cacheControl::contains);
    }

    private static boolean isImmutable(String cacheControl) {
        return cacheControl.contains("immutable");
    }

    private static Map<Rule, Map<String, List<String>>> byRule(SiteFiles files, List<Rule> given) {
        Map<Rule, Map<String, List<String>>> found = new LinkedHashMap<>();
        Stream.concat(Stream.of(HASHED, OTHERS, PAGES), given.stream())
                .sorted(Comparator.comparingInt(Rule::rank))
                .forEach(rule -> found.put(rule, new LinkedHashMap<>()));
        files.kinds().forEach((name, kind) -> {
            Rule rule = given.stream()
                    .filter(each -> SiteGlob.matches(each.glob, name))
                    .findFirst()
                    .orElse(Rule.of(kind));
            requireNonNull(found.get(rule))
                    .computeIfAbsent(typeOf(name), any -> new ArrayList<>())
                    .add(name);
        });
        return found;
    }

    private static String idOf(Rule rule, String type) {
        // Pages have one type, so their id needs no ending.
        return rule.id + (type.isEmpty() || rule.equals(PAGES) ? "" : "-" + endingOf(type));
    }

    private static String typeOf(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return CONTENT_TYPES.getOrDefault(ending, "");
    }

    /** The first ending of a type. */
    private static String endingOf(String type) {
        return endingsOf(type).findFirst().orElse("");
    }

    private static Stream<String> endingsOf(String type) {
        return CONTENT_TYPES.entrySet().stream()
                .filter(each -> each.getValue().equals(type))
                .map(Map.Entry::getKey);
    }

    /** Files of a type delete what ends like them, the rest deletes what nothing else does. */
    private static @Nullable Prune pruneOf(Rule rule, String type, SiteFiles files, List<Rule> given) {
        if (isImmutable(rule.cacheControl)) {
            return null;
        }
        if (!rule.glob.isEmpty()) {
            return Prune.of(List.of(rule.glob));
        }
        if (!type.isEmpty()) {
            return Prune.of(endingsOf(type).map(ending -> "*." + ending).toList());
        }
        List<String> exclude = new ArrayList<>();
        CONTENT_TYPES.keySet().forEach(ending -> exclude.add("*." + ending));
        exclude.addAll(files.hashedGlobs());
        given.forEach(each -> exclude.add(each.glob));
        exclude.add(SiteFiles.RUNTIME_CONFIG);
        return new Prune(exclude, List.of());
    }

    /** What is included comes last for the AWS CLI, so that nothing could be left out again: better keep all then. */
    private static boolean isSafe(Prune prune, SiteFiles files, List<String> names) {
        return !prune.holdsFor(SiteFiles.RUNTIME_CONFIG)
                && files.kinds().keySet().stream().noneMatch(name -> !names.contains(name) && prune.holdsFor(name));
    }
}
