package dev.ashlar.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/**
 * The snapshots of one module.
 *
 * @param module the module's base folder
 * @param update whether to write instead of compare
 * @param ci whether this runs where nobody would see what was written
 */
record Snapshots(Path module, boolean update, boolean ci) {
    static final String FOLDER = "src/test/resources/snapshots";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    /** What this JVM wrote, to find two stacks that would overwrite each other's snapshot. */
    private static final Map<Path, String> WRITTEN = new HashMap<>();

    /** The module under test: Maven's {@code basedir}, else the working directory. */
    static Snapshots ofThisBuild() {
        String ci = System.getenv().getOrDefault("CI", "");
        return new Snapshots(
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize(),
                Boolean.getBoolean("snapshot.update"),
                !ci.isEmpty() && !ci.equals("false"));
    }

    /**
     * Compares a document with its snapshot, or writes it.
     *
     * @param subject what the document describes, for messages
     */
    void compare(String subject, Class<?> testClass, String name, JsonNode document) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("[" + subject
                    + "] snapshot name must be made of letters, digits and . _ - /, got \"" + name + "\"");
        }
        String file = FOLDER + "/" + testClass.getName().replace('$', '.') + "/" + name + ".json";
        Comparison comparison = new Comparison("[" + subject + "] snapshot " + file, module.resolve(file), document);
        if (update) {
            comparison.write(ci);
        } else {
            comparison.verify(UpdateCommand.of(module, testClass));
        }
    }

    /** One document beside its file; the label says of which stack, and where. */
    private record Comparison(String label, Path file, JsonNode document) {

        void write(boolean ci) {
            if (ci) {
                throw new AssertionFailedError(label + " must not be written where CI is set: nobody would review it;"
                        + " write it on your own machine and commit it");
            }
            String text = Json.pretty(document);
            String earlier = WRITTEN.putIfAbsent(file, text);
            if (earlier != null && !earlier.equals(text)) {
                throw new AssertionFailedError(label + " must belong to one stack, got a second one that is different;"
                        + " give each its own with matchesSnapshot(name)");
            }
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(label + " cannot be written", e);
            }
        }

        void verify(String updateCommand) {
            if (!Files.exists(file)) {
                throw new AssertionFailedError(label + " must exist, got none\nWrite it: " + updateCommand);
            }
            Failure.unlessSame(
                    label + " must match",
                    stored(updateCommand),
                    document,
                    "If this is meant, accept it: " + updateCommand);
        }

        private JsonNode stored(String updateCommand) {
            try {
                return Json.parse(Files.readString(file));
            } catch (JsonProcessingException e) {
                throw new AssertionFailedError(
                        label + " must be JSON, got " + e.getOriginalMessage() + "\nWrite it again: " + updateCommand,
                        e);
            } catch (IOException e) {
                throw new UncheckedIOException(label + " cannot be read", e);
            }
        }
    }
}
