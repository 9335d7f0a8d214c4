package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** How much code Lambda takes: it counts files as they are unpacked, the jars among them as they are. */
final class CodeSize {
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html says 250 MB, layers included. What Lambda
    // itself answers is: Unzipped size must be smaller than 262144000 bytes.
    static final long LIMIT_BYTES = 262_144_000;

    private static final int NAMED = 5;

    private CodeSize() {}

    /** How many bytes a directory takes. */
    static long of(Path directory) throws IOException {
        try (CodeFiles files = CodeFiles.open(directory)) {
            return sum(files.sizes());
        }
    }

    private static long sum(SortedMap<String, Long> sizes) {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Rejects code that is too large together with its layers, as far as their sizes are known. */
    static void check(long size, Path path, List<CodeLayer> layers, Check check) {
        long all = size + layers.stream().mapToLong(CodeLayer::bytes).sum();
        check.that(
                all < LIMIT_BYTES,
                "code must be smaller than %d bytes unzipped with its layers, got %d bytes: %d in %s, %s; leave out what the function does not need"
                        .formatted(
                                LIMIT_BYTES,
                                all,
                                size,
                                path,
                                layers.stream()
                                        .map(layer -> layer.bytes() + " in the layer " + layer.name())
                                        .collect(Collectors.joining(", "))));
    }

    /** Adds up the sizes in bytes, and rejects what Lambda would. */
    static long check(SortedMap<String, Long> sizes, Path path, Check check) {
        long size = sum(sizes);
        if (size >= LIMIT_BYTES) {
            String largest = sizes.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(NAMED)
                    .map(file -> file.getKey() + " (" + file.getValue() + ")")
                    .collect(Collectors.joining(", "));
            throw check.failure("code must be smaller than %d bytes unzipped, got %d bytes in %s; leave out what the"
                            .formatted(LIMIT_BYTES, size, path)
                    + " function does not need, the largest files are " + largest);
        }
        return size;
    }
}
