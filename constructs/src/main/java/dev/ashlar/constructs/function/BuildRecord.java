package dev.ashlar.constructs.function;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a build leaves beside its output, last of all, so that a build that broke off counts for nothing: what it was made
 * of, and what was found out of what it made. In the file these are a fingerprint, hashes, facts, an empty line, and a
 * path a line.
 *
 * @param fingerprint of the inputs and of the files that were built
 * @param hashes of the contents of what was built
 * @param facts that the checks need
 * @param inputs the files and directories that it was made of
 */
record BuildRecord(String fingerprint, CodeHashes hashes, CodeFacts facts, List<Path> inputs) {
    private static final int HEADER = 4;

    /** Makes the record of what was just built. */
    static BuildRecord of(BuildInputs inputs, BuiltCode built) throws IOException {
        return new BuildRecord(inputs.fingerprintWith(built.path()), built.hashes(), built.facts(), inputs.paths());
    }

    /** Reads a record; empty if there is none, or if it is of another version of the file. */
    static Optional<BuildRecord> read(Path file) throws IOException {
        List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        int end = lines.indexOf("");
        if (end < HEADER) {
            return Optional.empty();
        }
        return Optional.of(new BuildRecord(
                lines.get(0),
                new CodeHashes(lines.get(1), lines.get(2), lines.get(3)),
                CodeFacts.ofLines(lines.subList(HEADER, end)),
                lines.subList(end + 1, lines.size()).stream().map(Path::of).toList()));
    }

    /** Gives what was built, unless the inputs or the files that were built are no longer what they were. */
    Optional<BuiltCode> codeAt(Path code, BuildInputs now) throws IOException {
        return Files.exists(code) && fingerprint.equals(now.fingerprintWith(code))
                ? Optional.of(new BuiltCode(code, hashes, facts))
                : Optional.empty();
    }

    void writeTo(Path file) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of(fingerprint, hashes.all(), hashes.withoutLibraries(), hashes.libraries()));
        lines.addAll(facts.toLines());
        lines.add("");
        inputs.forEach(path -> lines.add(path.toString()));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, lines);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
