package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.nio.file.Path;

/**
 * Code that is there to be deployed.
 *
 * @param path the directory, or the jar or zip
 * @param hash what names the asset: the same as long as the contents are
 */
record BuiltCode(Path path, String hash) {
    static BuiltCode at(Path path, Check check) {
        return new BuiltCode(path, ContentHash.of(path, check));
    }
}
