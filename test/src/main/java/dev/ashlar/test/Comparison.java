package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * One subject beside the files of its snapshot.
 *
 * @param snapshots where the files are, and whether to write them
 * @param subject what they are of
 * @param stacks the subject's stacks as snapshots show them, by the name of the file
 * @param testClass whose test compares them
 */
record Comparison(
        Snapshots snapshots, Subject subject, SortedMap<String, SynthesizedStack> stacks, Class<?> testClass) {

    /** Writes the files if that is asked for, else compares with them. */
    void matches() {
        if (snapshots.update()) {
            write();
        } else {
            verify();
        }
    }

    /** Fails if the change since the snapshot loses data. */
    void losesNoData() {
        guard("no data may be lost", since().losses(subject.many()), "Retain the data, move it, or");
    }

    /** Fails if somebody may do more than in the snapshot. */
    void widensNoPermission() {
        guard("no permission may widen", since().widened(subject.many()), "Grant less, or");
    }

    private void guard(String rule, List<String> findings, String wayOut) {
        if (!findings.isEmpty()) {
            String accept = snapshots.update()
                    ? " commit the new snapshot, which is written; this fails only once."
                    : " if this is meant, accept it: " + command();
            throw Failure.of(subject.label(), rule + " against snapshot " + where(), findings, wayOut + accept);
        }
    }

    /** {@return what changed since the snapshot was accepted, before this run wrote it anew} */
    private Review since() {
        matchesOrWrites();
        SortedMap<String, JsonNode> before = accepted();
        // What was never accepted cannot have lost anything.
        return before.isEmpty() ? new Review(new TreeMap<>()) : Review.of(before, stacks);
    }

    private void matchesOrWrites() {
        if (snapshots.update()) {
            write();
        } else {
            mustExist();
        }
    }

    private void write() {
        if (snapshots.ci()) {
            throw new AssertionFailedError(label() + " must not be written where CI is set: nobody would review"
                    + " it; write it on your own machine and commit it");
        }
        SortedMap<String, JsonNode> before = accepted();
        if (subject.many()) {
            existing().stream()
                    .filter(name -> !stacks.containsKey(name))
                    .forEach(name -> file(name).delete());
        }
        boolean first = stacks.entrySet().stream()
                .map(entry -> file(entry.getKey()).write(entry.getValue().template()))
                .reduce(false, Boolean::logicalOr);
        Review review = Review.of(before, stacks);
        if (first && !before.isEmpty() && !review.isEmpty()) {
            System.out.println(
                    label() + " is written, with " + count(review) + ":" + Failure.lines(review.lines(subject.many())));
        }
    }

    private static String count(Review review) {
        return review.count() == 1 ? "1 difference" : review.count() + " differences";
    }

    private void verify() {
        mustExist();
        SortedMap<String, JsonNode> accepted = accepted();
        Review review = Review.of(accepted, stacks);
        if (!review.isEmpty()) {
            throw new AssertionFailedError(
                    label() + " must match, got " + count(review) + ":"
                            + Failure.lines(review.lines(subject.many()))
                            + "\nIf this is meant, accept it: " + command(),
                    text(accepted, review),
                    text(templates(), review));
        }
    }

    private void mustExist() {
        boolean exists = subject.many()
                ? existing().stream().anyMatch(name -> file(name).exists())
                : file(subject.snapshotName()).exists();
        if (!exists) {
            throw new AssertionFailedError(label() + " must exist, got none\nWrite it: " + command());
        }
    }

    private SortedMap<String, JsonNode> accepted() {
        SortedMap<String, JsonNode> accepted = new TreeMap<>();
        for (String name : subject.many() ? existing() : List.of(subject.snapshotName())) {
            SnapshotFile file = file(name);
            (snapshots.update() ? file.acceptedBefore() : file.accepted(command()))
                    .ifPresent(template -> accepted.put(name, template));
        }
        return accepted;
    }

    /** {@return the names of the files in the subject's folder, of those too that this run deleted} */
    private List<String> existing() {
        Path folder = snapshots.module().resolve(Snapshots.folderOf(testClass));
        Path own = folder.resolve(subject.snapshotName());
        return Stream.concat(Snapshots.filesIn(own), SnapshotFile.writtenIn(own))
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .filter(name -> name.endsWith(Snapshots.SUFFIX))
                .map(name -> name.substring(0, name.length() - Snapshots.SUFFIX.length()))
                .distinct()
                .toList();
    }

    private SnapshotFile file(String name) {
        String file = Snapshots.folderOf(testClass) + "/" + name + Snapshots.SUFFIX;
        Path path = snapshots.module().resolve(file);
        SnapshotUsage.note(path);
        return new SnapshotFile("[" + subject.label() + "] snapshot " + file, path);
    }

    private Map<String, JsonNode> templates() {
        SortedMap<String, JsonNode> templates = new TreeMap<>();
        stacks.forEach((name, stack) -> templates.put(name, stack.template()));
        return templates;
    }

    /** {@return what an IDE shows beside its counterpart: the template, or those of many that differ} */
    private String text(Map<String, JsonNode> templates, Review review) {
        if (!subject.many()) {
            return Json.pretty(templates.getOrDefault(subject.snapshotName(), JsonNodeFactory.instance.objectNode()));
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        review.stacks().keySet().stream()
                .filter(templates::containsKey)
                .forEach(name -> all.set(name, templates.get(name)));
        return Json.pretty(all);
    }

    private String where() {
        String name = Snapshots.folderOf(testClass) + "/" + subject.snapshotName();
        return subject.many() ? name : name + Snapshots.SUFFIX;
    }

    private String label() {
        return "[" + subject.label() + "] snapshot " + where();
    }

    private String command() {
        return UpdateCommand.of(snapshots.module(), testClass);
    }
}
