package dev.ashlar.local.internal.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What AWS's runtime interface client lacks where there is no native library of it: on macOS and Windows. It is a class of
 * AWS's package, so it is compiled where it is needed, and is in no jar that others have on their class path.
 */
final class PortableClient {
    private static final String FILE = "NativeClient.java";

    private PortableClient() {}

    /**
     * Compiles it.
     *
     * @param directory where to
     * @param classPath AWS's client
     * @return what comes before AWS's client on the class path
     * @throws IllegalStateException if this JVM has no compiler
     */
    static Path compile(Path directory, String classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException(
                    "Lambda's Java runtime needs a JDK on this operating system, got a Java without a compiler");
        }
        Path source = directory.resolve(FILE);
        try (InputStream in = PortableClient.class.getResourceAsStream(FILE)) {
            Files.copy(Objects.requireNonNull(in), source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StringWriter said = new StringWriter();
        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-nowarn", "-proc:none", "-cp", classPath, "-d", directory.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        if (!compiled) {
            throw new IllegalStateException("Lambda's Java runtime does not fit: " + said);
        }
        return directory;
    }
}
