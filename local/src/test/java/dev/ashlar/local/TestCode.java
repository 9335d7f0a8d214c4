package dev.ashlar.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Builds functions. */
public final class TestCode {
    private TestCode() {}

    /** Compiles the handlers of the tests into a directory. */
    public static Path handlers(Path directory) {
        return compileResource(directory, "Handlers");
    }

    /** Compiles a handler that calls AWS into a directory, with all that these tests have as its libraries. */
    public static Path callers(Path directory) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(path -> Path.of(path).toUri().toString())
                                .collect(Collectors.joining(" ")));
        try {
            Path lib = Files.createDirectories(directory.resolve("lib"));
            new JarOutputStream(Files.newOutputStream(lib.resolve("tests.jar")), manifest).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compileResource(directory, "Callers");
    }

    private static Path compileResource(Path directory, String name) {
        try {
            return compile(
                    directory,
                    Path.of(Objects.requireNonNull(TestCode.class.getResource("/functions/java/shop/" + name + ".java"))
                            .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles a class into a directory. */
    public static Path compile(Path directory, String name, String source, String... options) {
        try {
            Path file =
                    Files.createDirectories(directory.resolveSibling("sources")).resolve(name + ".java");
            return compile(directory, Files.writeString(file, source), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path compile(Path directory, Path file, String... options) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = Stream.concat(
                        Stream.of(options),
                        Stream.of("-nowarn", "-proc:none", "-d", directory.toString(), file.toString()))
                .toList();
        int status = compiler.run(null, null, null, arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException(file + " does not compile");
        }
        return directory;
    }

    /** Packs a directory into a jar or zip file. */
    public static Path zip(Path directory, Path file) {
        try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(file));
                Stream<Path> all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                zip.putNextEntry(
                        new JarEntry(directory.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
