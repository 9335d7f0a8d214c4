package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of laid out code that are deployed apart. They lie beside the whole. */
enum CodePart {
    /** All but the jars under {@code lib/}: the code of a function whose dependencies are a layer. */
    CLASSES("classes", "classes"),
    /** The jars under {@code lib/}, where Lambda looks for those of a layer. */
    LIBRARIES("layer", "dependencies");

    private final String directory;
    private final String name;

    CodePart(String directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** Gives the part, and copies it out of the whole if that was not done yet. */
    Path of(Path whole) throws IOException {
        Path part = whole.resolveSibling(directory);
        if (!Files.exists(part)) {
            Path draft = Files.createTempDirectory(whole.getParent(), directory);
            if (this == CLASSES) {
                CodeLayout.copyWithoutLibraries(whole, draft);
            } else {
                CodeLayout.copyLibraries(whole, draft.resolve("java/lib"));
            }
            CodeLayout.move(draft, part);
        }
        return part;
    }

    String hashOf(CodeHashes hashes) {
        return this == CLASSES ? hashes.withoutLibraries() : hashes.libraries();
    }

    /** Removes the parts of code that is about to be replaced. */
    static void deleteAll(Path whole) {
        for (CodePart each : values()) {
            FileTree.delete(whole.resolveSibling(each.directory));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
