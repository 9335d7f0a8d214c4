package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProjectFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Maven module as the code of a function. Its build leaves under {@code target/ashlar/} of the module:
 *
 * <ul>
 *   <li>{@code code}: what is deployed
 *   <li>{@code classpath.txt}: the runtime classpath as Maven tells it
 *   <li>{@code inputs.txt}: what the code was built from, its hash, and what the checks need to know of it; written
 *       last, so that a build that broke off counts for nothing
 *   <li>{@code build.log}: what Maven said the last time
 * </ul>
 */
final class MavenModule implements FunctionCode.Source {
    // Asks Maven for the runtime classpath. It runs for the modules that this one needs too, each below its own target.
    private static final String CLASSPATH_GOAL =
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";
    private static final String CLASSPATH_FILE = "target/ashlar/classpath.txt";
    private static final int LINES_OF_A_FAILURE = 30;
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final String module;
    private final String program;

    MavenModule(String module) {
        this(module, WINDOWS ? "mvn.cmd" : "mvn");
    }

    /** Names the program that builds where there is no wrapper. */
    MavenModule(String module, String program) {
        this.module = module;
        this.program = program;
    }

    @Override
    public BuiltCode build(Check check) {
        Path directory = ProjectFiles.resolve(module);
        check.that(
                Files.isRegularFile(directory.resolve("pom.xml")),
                "code must be the directory of a Maven module, got " + directory
                        + ", which has no pom.xml; correct the path, it is relative to the directory of cdk.json");
        Path reactor = Reactor.rootOf(directory);
        try {
            Path output = Files.createDirectories(directory.resolve("target/ashlar"));
            Files.createDirectories(reactor.resolve("target/ashlar"));
            // One build at a time: two at once would write each other's classes.
            try (FileChannel channel = FileChannel.open(
                    reactor.resolve("target/ashlar/build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                return buildIfStale(directory, reactor, output, check);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot build the Maven module " + directory, e);
        }
    }

    private BuiltCode buildIfStale(Path directory, Path reactor, Path output, Check check) throws IOException {
        Path record = output.resolve("inputs.txt");
        Path code = output.resolve("code");
        BuiltCode recorded = BuildInputs.whatWasBuilt(record, code);
        if (recorded != null && Files.isDirectory(code)) {
            return recorded;
        }
        Files.deleteIfExists(record);
        Files.deleteIfExists(directory.resolve(CLASSPATH_FILE));
        Instant started = Instant.now();
        runMaven(directory, reactor, output.resolve("build.log"), check);
        List<Path> classpath = readClasspath(directory.resolve(CLASSPATH_FILE));
        Path classes = directory.resolve("target/classes");
        check.that(
                holdsFiles(classes),
                "code must be a Maven module with classes, got " + directory + ", whose build left none in " + classes);
        CodeLayout.write(classes, classpath, code);
        BuiltCode built = BuiltCode.at(code, check);
        BuildInputs inputs = BuildInputs.of(directory, reactor, classpath);
        // Somebody may have saved a file meanwhile: whether the build saw it nobody knows, so the next synth builds
        // again.
        if (!inputs.haveChangedSince(started)) {
            inputs.writeTo(record, built);
        }
        return built;
    }

    private void runMaven(Path directory, Path reactor, Path log, Check check) throws IOException {
        Path wrapper = wrapperAbove(directory);
        List<String> command = new ArrayList<>();
        command.add(wrapper != null ? wrapper.toString() : program);
        command.addAll(List.of("--quiet", "--batch-mode"));
        if (!reactor.equals(directory)) {
            String selected = reactor.relativize(directory).toString().replace('\\', '/');
            command.addAll(List.of("--projects", selected, "--also-make"));
        }
        command.addAll(List.of(
                "process-classes", CLASSPATH_GOAL, "-DincludeScope=runtime", "-Dmdep.outputFile=" + CLASSPATH_FILE));

        System.err.println("Building " + directory);
        int exit;
        try {
            exit = run(command, reactor, log);
        } catch (IOException e) {
            throw check.failure("code must be built by Maven, got no program " + command.get(0) + " for " + directory
                    + "; install Maven, or add its wrapper with mvn wrapper:wrapper");
        }
        check.that(
                exit == 0,
                "code must build, got exit code %d of Maven for %s; correct what it says and run again%n  %s%n  in %s%n%s"
                        .formatted(exit, directory, String.join(" ", command), reactor, lastLines(log)));
    }

    private static int run(List<String> command, Path directory, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File(WINDOWS ? "NUL" : "/dev/null")))
                .redirectOutput(log.toFile())
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Maven built " + directory, e);
        }
    }

    private static @Nullable Path wrapperAbove(Path directory) {
        for (Path parent = directory; parent != null; parent = parent.getParent()) {
            Path wrapper = parent.resolve(WINDOWS ? "mvnw.cmd" : "mvnw");
            if (Files.isRegularFile(wrapper)) {
                return wrapper;
            }
        }
        return null;
    }

    private static List<Path> readClasspath(Path file) throws IOException {
        return Stream.of(Files.readString(file).strip().split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
    }

    private static boolean holdsFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }

    private static String lastLines(Path log) throws IOException {
        // What follows the marker is Maven's advice on its own options.
        List<String> lines = new String(Files.readAllBytes(log), UTF_8)
                .lines()
                .takeWhile(line -> !line.equals("[ERROR] -> [Help 1]"))
                .toList();
        return String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES_OF_A_FAILURE), lines.size()));
    }
}
