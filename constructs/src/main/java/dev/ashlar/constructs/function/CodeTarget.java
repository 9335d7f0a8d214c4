package dev.ashlar.constructs.function;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Runtime;

/**
 * What is to run code.
 *
 * @param handler the handler
 * @param runtime the runtime's name, such as {@code java25}
 * @param machine what it runs on; null if Ashlar does not know it
 * @param hasLayers whether layers bring more code, which cannot be opened
 */
record CodeTarget(String handler, String runtime, @Nullable Machine machine, boolean hasLayers) {
    private static final String DEFAULT_RUNTIME = "java25";
    private static final Machine DEFAULT_MACHINE = Machine.ARM_64;

    /** Takes the values from CDK's objects; null means WarmFunction's default. */
    static CodeTarget of(
            String handler, @Nullable Runtime runtime, @Nullable Architecture architecture, boolean hasLayers) {
        return new CodeTarget(
                handler,
                runtime == null ? DEFAULT_RUNTIME : runtime.getName(),
                architecture == null
                        ? DEFAULT_MACHINE
                        : Machine.of(architecture.getName()).orElse(null),
                hasLayers);
    }

    /** Whether the handler is known at synth. */
    boolean hasKnownHandler() {
        return !handler.contains("${Token[");
    }

    boolean isPython() {
        return runtime.startsWith("python");
    }

    boolean isNode() {
        return runtime.startsWith("nodejs");
    }

    /** The Java release of one of Lambda's own Java runtimes. */
    Optional<Integer> java() {
        // java8.al2 is Java 8.
        String release = runtime.startsWith("java") ? runtime.substring(4).replaceFirst("\\..*", "") : "";
        return release.matches("\\d{1,4}") ? Optional.of(Integer.valueOf(release)) : Optional.empty();
    }
}
