package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Node.js, by a small client of our own: AWS's is native code that has to be compiled for each version. */
final class NodeLauncher implements Launcher {
    // As Lambda's own bootstrap divides the memory.
    private static final int OLD_PERCENT = 90;
    private static final int YOUNG_PERCENT = 5;

    private final FunctionConfiguration function;
    private final Path node;
    private final Path client;

    private NodeLauncher(FunctionConfiguration function, Path node, Path client) {
        this.function = function;
        this.node = node;
        this.client = client;
    }

    /** {@return what starts Node.js, if there is one in {@code PATH}} */
    static Optional<Launcher> find(FunctionConfiguration function, Path client) {
        String name = File.separatorChar == '\\' ? "node.exe" : "node";
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(node -> new NodeLauncher(function, node, client));
    }

    @Override
    public List<String> command(Path temporary, Path output) {
        return List.of(
                node.toString(),
                "--max-semi-space-size=" + Math.max(1, function.memorySize() * YOUNG_PERCENT / 100),
                "--max-old-space-size=" + function.memorySize() * OLD_PERCENT / 100,
                client.toString());
    }

    @Override
    public Map<String, String> environment(DeployedCode.Version code) {
        return Map.of("NODE_PATH", code.opt().resolve("nodejs/node_modules").toString());
    }

    @Override
    public Optional<Invocation> refuses(DeployedCode.Version code) {
        return Optional.empty();
    }

    @Override
    public Optional<String> advice(Path task, Invocation failure) {
        return Optional.empty();
    }

    @Override
    public Optional<String> difference() {
        try {
            Process process = new ProcessBuilder(node.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            // v24.1.0 and nodejs24.x
            String expected =
                    "v" + function.runtime().substring("nodejs".length()).split("\\.", 2)[0] + ".";
            return version.startsWith(expected)
                    ? Optional.empty()
                    : Optional.of("%s is run by Node.js %s here".formatted(function.runtime(), version));
        } catch (IOException e) {
            return Optional.of("%s cannot be run here: %s".formatted(function.runtime(), e.getMessage()));
        }
    }
}
