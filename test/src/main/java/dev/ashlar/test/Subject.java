package dev.ashlar.test;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What assertions are about, and what was said of its snapshot.
 *
 * @param path the construct's path, for messages; that of an app is empty
 * @param stacks its stacks
 * @param many whether it is an app or a stage, whose snapshot is a folder
 * @param noise what does not matter
 * @param name the snapshot's name, or null for one made of the path
 */
record Subject(
        String path,
        List<SynthesizedStack> stacks,
        boolean many,
        List<Noise> noise,
        @Nullable String name) {
    private static final String APP = "App";

    Subject ignoring(Noise more) {
        List<Noise> all = new ArrayList<>(noise);
        all.add(more);
        return new Subject(path, stacks, many, all, name);
    }

    Subject named(@Nullable String snapshot) {
        return new Subject(path, stacks, many, noise, snapshot);
    }

    /** {@return the permission reports of the same stacks} */
    Subject permissions() {
        List<SynthesizedStack> reports = stacks.stream()
                .map(stack -> stack.with(new PermissionReport(stack).json()))
                .toList();
        return new Subject(path, reports, many, List.of(), name);
    }

    String label() {
        return path.isEmpty() ? APP : path;
    }

    String snapshotName() {
        return name == null ? label() : name;
    }

    /** {@return each stack as its snapshot shows it, by the name of the file} */
    SortedMap<String, SynthesizedStack> snapshots() {
        SortedMap<String, SynthesizedStack> snapshots = new TreeMap<>();
        for (SynthesizedStack stack : stacks) {
            SynthesizedStack masked = stack.masked();
            for (Noise each : noise) {
                masked = masked.with(each.removedFrom(masked));
            }
            String file = many ? snapshotName() + "/" + within(stack.path()) : snapshotName();
            if (snapshots.put(file, masked) != null) {
                throw new IllegalArgumentException(
                        "[" + stack.path() + "] stack must have a file of its own, got a second one for " + file
                                + "; give it a path that differs in more than the characters that stand as -");
            }
        }
        return snapshots;
    }

    private String within(String stack) {
        String below = stack.startsWith(path + "/") ? stack.substring(path.length() + 1) : stack;
        return below.replaceAll("[^A-Za-z0-9._/-]", "-");
    }
}
