package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.Once;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Runtime;

/**
 * What is to run code.
 *
 * @param handler the handler; empty for an image that has a command of its own
 * @param runtime the runtime's name, such as {@code java25}
 * @param machine what it runs on; null if Ashlar does not know it
 * @param layers what brings more code, which is not opened
 * @param isPinged whether it gets pings beside its events
 */
record CodeTarget(String handler, String runtime, @Nullable Machine machine, List<CodeLayer> layers, boolean isPinged) {
    private static final Once<Runtime, String> RUNTIMES = new Once<>(Runtime::getName);
    private static final Once<Architecture, String> ARCHITECTURES = new Once<>(Architecture::getName);

    /** Takes the values from the options; null means WarmFunction's default. */
    static CodeTarget of(FunctionOptions props) {
        return new CodeTarget(
                props.getHandler() == null ? "" : props.getHandler(),
                requireNonNull(RUNTIMES.ask(runtime(props))),
                Machine.of(requireNonNull(ARCHITECTURES.ask(architecture(props))))
                        .orElse(null),
                props.getLayers().stream().map(CodeLayer::of).toList(),
                props.getWarm() instanceof WarmStrategy.Ping);
    }

    static Runtime runtime(FunctionOptions props) {
        Runtime runtime = props.getRuntime();
        return runtime == null ? Runtime.JAVA_25 : runtime;
    }

    static Architecture architecture(FunctionOptions props) {
        Architecture architecture = props.getArchitecture();
        return architecture == null ? Architecture.ARM_64 : architecture;
    }

    boolean hasLayers() {
        return !layers.isEmpty();
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
