package dev.ashlar.constructs.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a build leaves beside its output, last of all, so that a build that broke off counts for nothing: what it was made
 * of, and what was found out of what it made. In the file these are a fingerprint, facts, an empty line, and a path a line.
 *
 * @param fingerprint of the inputs and of the files that were built
 * @param facts lines that are not empty
 * @param inputs the files and directories that it was made of
 */
public record BuildRecord(String fingerprint, List<String> facts, List<Path> inputs) {
    /**
     * Makes the record of what was just built.
     *
     * @param inputs what it was made of
     * @param built the file or directory
     * @param facts lines that are not empty
     * @return the record
     * @throws IOException if what was built cannot be read
     */
    public static BuildRecord of(BuildInputs inputs, Path built, List<String> facts) throws IOException {
        return new BuildRecord(inputs.fingerprintWith(built), facts, inputs.paths());
    }

    /**
     * Reads a record.
     *
     * @param file its file
     * @return the record; empty if there is none
     * @throws IOException if it cannot be read
     */
    public static Optional<BuildRecord> read(Path file) throws IOException {
        List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        int end = lines.indexOf("");
        if (end < 1) {
            return Optional.empty();
        }
        return Optional.of(new BuildRecord(
                lines.get(0),
                lines.subList(1, end),
                lines.subList(end + 1, lines.size()).stream().map(Path::of).toList()));
    }

    /**
     * Tells whether the inputs and the files that were built are still what they were.
     *
     * @param now the inputs as they are now
     * @param built the file or directory that was built
     * @return whether they are
     * @throws IOException if they cannot be read
     */
    public boolean holdsFor(BuildInputs now, Path built) throws IOException {
        return Files.exists(built) && fingerprint.equals(now.fingerprintWith(built));
    }

    /**
     * Writes the record.
     *
     * @param file its file
     * @throws IOException if it cannot be written
     */
    public void writeTo(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of(fingerprint));
        lines.addAll(facts);
        lines.add("");
        inputs.forEach(path -> lines.add(path.toString()));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, lines);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
