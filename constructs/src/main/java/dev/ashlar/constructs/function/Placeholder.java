package dev.ashlar.constructs.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.Code;

/** Stands in for code where CDK wants none: always the same asset, so that templates of tests do not depend on builds. */
final class Placeholder {
    private static final String HASH = "0".repeat(64);
    private static @Nullable Path directory;

    private Placeholder() {}

    static Code code() {
        return BuiltSource.asset(directory(), HASH);
    }

    /** A directory that an image could be built from. */
    static Path image() {
        return directory();
    }

    private static synchronized Path directory() {
        Path existing = directory;
        if (existing != null && Files.exists(existing)) {
            return existing;
        }
        try {
            Path created = Files.createTempDirectory("ashlar-placeholder");
            created.toFile().deleteOnExit();
            write(created.resolve("placeholder.txt"), "Code is built by cdk synth and cdk deploy.\n");
            write(created.resolve("Dockerfile"), "FROM scratch\n");
            directory = created;
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the placeholder for code that is not built", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text).toFile().deleteOnExit();
    }
}
