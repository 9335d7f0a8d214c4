package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Code that is there to be deployed.
 *
 * @param path the directory, or the jar or zip
 * @param hashes what names the asset: the same as long as the contents are
 * @param facts what the checks need to know of it
 */
record BuiltCode(Path path, CodeHashes hashes, CodeFacts facts) {
    /** Reads the code once; what is empty, too large or cannot be read is an error. */
    static BuiltCode at(Path path, Check check) {
        try (CodeFiles files = CodeFiles.open(path)) {
            check.that(
                    !files.sizes().isEmpty(), "code must hold files, got " + path + ", which is empty; build it first");
            // Before the files are read: of what is far too large that takes long.
            long size = CodeSize.check(files.sizes(), path, check);
            CodeFacts.Collector facts = new CodeFacts.Collector();
            CodeHashes hashes = ContentHash.of(files, facts);
            return new BuiltCode(path, hashes, facts.facts(size));
        } catch (ContentHash.UnreadableJar e) {
            throw check.failure("code must hold jars that can be read, got " + e.getMessage() + " in " + path
                    + "; build or download it again");
        } catch (IOException e) {
            throw check.failure(
                    "code must be readable, got " + path + ", which is not: " + e.getMessage() + "; build it again");
        }
    }

    /** Reads what {@link #toLines} wrote. */
    static BuiltCode ofLines(Path path, List<String> lines) {
        return new BuiltCode(
                path,
                new CodeHashes(lines.get(0), lines.get(1), lines.get(2)),
                CodeFacts.ofLines(lines.subList(3, lines.size())));
    }

    /** All but the path, a line each, of which none is empty. */
    List<String> toLines() {
        List<String> lines = new ArrayList<>(List.of(hashes.all(), hashes.withoutLibraries(), hashes.libraries()));
        lines.addAll(facts.toLines());
        return lines;
    }
}
