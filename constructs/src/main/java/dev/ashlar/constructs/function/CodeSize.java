package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import java.nio.file.Path;
import java.util.Comparator;
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

    /** Adds up the sizes in bytes, and rejects what Lambda would. */
    static long check(SortedMap<String, Long> sizes, Path path, Check check) {
        long size = sizes.values().stream().mapToLong(Long::longValue).sum();
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
