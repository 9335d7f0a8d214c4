package dev.ashlar.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a new template allows that the old one did not. */
final class Widening {
    private static final String EVERYBODY = Principal.ANYONE.name();

    /** The construct in a reference such as {@code ${Notes/Table.Arn}}. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}.]+)");

    private final Grants before;
    private final Grants after;
    private final Set<String> pathsBefore;
    private final Set<String> paths;

    private Widening(SynthesizedStack before, SynthesizedStack after) {
        this.before = Grants.in(before);
        this.after = Grants.in(after);
        this.pathsBefore = paths(before);
        this.paths = paths(after);
    }

    /**
     * {@return a line for each permission that is new or wider, for each denial that is gone or narrower, and for each
     * permissions boundary that is gone or another one}
     */
    static List<String> between(SynthesizedStack before, SynthesizedStack after) {
        Widening widening = new Widening(before, after);
        return Stream.of(widening.allowed(), widening.noLongerDenied(), noLongerBounded(before, after))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> noLongerBounded(SynthesizedStack before, SynthesizedStack after) {
        Map<String, String> now = boundaries(after);
        return boundaries(before).entrySet().stream()
                .filter(entry -> now.containsKey(entry.getKey()))
                .filter(entry ->
                        !entry.getValue().isEmpty() && !entry.getValue().equals(now.get(entry.getKey())))
                .map(entry -> "- " + entry.getKey() + ": permissions boundary " + entry.getValue())
                .toList();
    }

    /** {@return the boundary of each resource by path, empty for none} */
    private static Map<String, String> boundaries(SynthesizedStack stack) {
        ReadableText text = new ReadableText(stack.constructs());
        Map<String, String> boundaries = new TreeMap<>();
        stack.resources()
                .forEach(resource -> boundaries.put(
                        resource.path(), text.of(resource.properties().path("PermissionsBoundary"))));
        return boundaries;
    }

    private List<String> allowed() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Set<Permission>> entry : after.byHolder().entrySet()) {
            Collection<Permission> earlier = withThoseOfEverybody(before, entry.getKey());
            Collection<Permission> denied = withThoseOfEverybody(after, entry.getKey());
            entry.getValue().stream()
                    .filter(permission -> !permission.isDenied())
                    .filter(permission -> !Coverage.includes(earlier, permission))
                    .filter(permission -> !Coverage.includes(denied, permission.denied()))
                    .forEach(permission -> lines.add("+ " + entry.getKey() + ": " + permission));
        }
        return lines;
    }

    private List<String> noLongerDenied() {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Set<Permission>> entry : before.byHolder().entrySet()) {
            Collection<Permission> now = withThoseOfEverybody(after, entry.getKey());
            entry.getValue().stream()
                    .filter(Permission::isDenied)
                    .filter(permission -> !Coverage.includes(now, permission))
                    .filter(permission -> isStillThere(entry.getKey(), permission))
                    .forEach(permission -> lines.add("- " + entry.getKey() + ": " + permission));
        }
        return lines;
    }

    private static Collection<Permission> withThoseOfEverybody(Grants grants, String holder) {
        List<Permission> permissions = new ArrayList<>(grants.of(holder));
        permissions.addAll(grants.of(EVERYBODY));
        return permissions;
    }

    /** A denial that went with its role or with what it protected lets nobody do more. */
    private boolean isStillThere(String holder, Permission permission) {
        if (pathsBefore.contains(holder) && !paths.contains(holder)) {
            return false;
        }
        Matcher reference = REFERENCE.matcher(permission.getResource());
        while (reference.find()) {
            if (!reference.group(1).startsWith("AWS::") && !paths.contains(reference.group(1))) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> paths(SynthesizedStack stack) {
        return stack.resources().stream().map(SynthesizedStack.Resource::path).collect(Collectors.toSet());
    }
}
