package dev.ashlar.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * A file with a template as it was accepted.
 *
 * @param label of which stack it is and where, for messages
 * @param path the file
 */
record SnapshotFile(String label, Path path) {

    /** What this JVM wrote: to find two stacks that would overwrite each other's file, and to remember what was there. */
    private static final Map<Path, Written> WRITTEN = new HashMap<>();

    /** Stands for the text of a file that is no more. */
    private static final String DELETED = "";

    private record Written(Optional<JsonNode> before, String after) {}

    boolean exists() {
        return Files.exists(path);
    }

    /** {@return the files in a folder that this JVM wrote or deleted} */
    static Stream<Path> writtenIn(Path folder) {
        return WRITTEN.keySet().stream().filter(file -> file.startsWith(folder));
    }

    /** {@return what is in the file, if it is there} */
    Optional<JsonNode> accepted(String updateCommand) {
        try {
            return read();
        } catch (JsonProcessingException e) {
            throw new AssertionFailedError(
                    label + " must be JSON, got " + e.getOriginalMessage() + "\nWrite it again: " + updateCommand, e);
        }
    }

    /** {@return what was in the file before this JVM wrote it} */
    Optional<JsonNode> acceptedBefore() {
        Written written = WRITTEN.get(path);
        return written == null ? readIfSound() : written.before();
    }

    /** {@return whether this is the first time that this JVM writes it} */
    boolean write(JsonNode document) {
        String text = Json.pretty(document);
        Written earlier = WRITTEN.putIfAbsent(path, new Written(readIfSound(), text));
        if (earlier != null && !earlier.after().equals(text)) {
            throw new AssertionFailedError(label + " must belong to one stack, got a second one that is different;"
                    + " give each its own with matchesSnapshot(name)");
        }
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be written", e);
        }
        return earlier == null;
    }

    void delete() {
        Written earlier = WRITTEN.putIfAbsent(path, new Written(readIfSound(), DELETED));
        if (earlier != null && !earlier.after().equals(DELETED)) {
            throw new AssertionFailedError(label + " must belong to one app, got a second one without that stack;"
                    + " give each its own with matchesSnapshot(name)");
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be deleted", e);
        }
    }

    /** {@return what is in the file; nothing if it is broken, as it is to be written again} */
    private Optional<JsonNode> readIfSound() {
        try {
            return read();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> read() throws JsonProcessingException {
        if (!exists()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(Files.readString(path)));
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(label + " cannot be read", e);
        }
    }
}
