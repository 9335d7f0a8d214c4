package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.BuildInputs;
import dev.ashlar.constructs.internal.BuildLock;
import dev.ashlar.constructs.internal.BuildProgram;
import dev.ashlar.constructs.internal.BuildRecord;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProjectFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Maven module as the code of a function. Its build leaves under {@code target/ashlar/} of the module:
 *
 * <ul>
 *   <li>{@code code}: what is deployed
 *   <li>{@code classpath.txt}: the runtime classpath as Maven tells it
 *   <li>{@code inputs.txt}: the {@link BuildRecord}
 * </ul>
 *
 * <p>and under {@code target/ashlar/} of its reactor what Maven said the last time, in {@code build.log}.
 */
final class MavenModule implements CodeBuild {
    // Asks Maven for the runtime classpath. It runs for the modules that this one needs too, each below its own target.
    private static final String CLASSPATH_GOAL =
            "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";
    private static final String CLASSPATH_FILE = "target/ashlar/classpath.txt";

    private final String module;
    private final String program;
    private final boolean always;

    MavenModule(String module) {
        this(module, BuildProgram.WINDOWS ? "mvn.cmd" : "mvn", false);
        NamedModules.add(this);
    }

    /** Names the program that builds where there is no wrapper. */
    MavenModule(String module, String program, boolean always) {
        this.module = module;
        this.program = program;
        this.always = always;
    }

    @Override
    public CodeBuild always() {
        return new MavenModule(module, program, true);
    }

    @Override
    public boolean isDivisible() {
        return true;
    }

    @Override
    public BuiltCode build(Check check) {
        Path directory = directory();
        check.that(
                isModule(directory),
                "code must be the directory of a Maven module, got " + directory
                        + ", which has no pom.xml; correct the path, it is relative to the directory of cdk.json");
        Path reactor = Reactor.rootOf(directory);
        try (BuildLock lock = BuildLock.on(reactor.resolve("target/ashlar"), "code", check)) {
            Optional<BuiltCode> recorded = always ? Optional.empty() : whatWasBuilt(directory);
            return recorded.isPresent() ? recorded.get() : build(directory, reactor, lock, check);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot build the Maven module " + directory, e);
        }
    }

    private Path directory() {
        return ProjectFiles.resolve(module);
    }

    private static boolean isModule(Path directory) {
        return Files.isRegularFile(directory.resolve("pom.xml"));
    }

    private static Path record(Path directory) {
        return directory.resolve("target/ashlar/inputs.txt");
    }

    private static Path code(Path directory) {
        return directory.resolve("target/ashlar/code");
    }

    private static Optional<BuiltCode> whatWasBuilt(Path directory) throws IOException {
        Optional<BuildRecord> record = BuildRecord.read(record(directory));
        return record.isPresent()
                        && record.get().holdsFor(BuildInputs.of(record.get().inputs()), code(directory))
                ? Optional.of(BuiltCode.ofLines(code(directory), record.get().facts()))
                : Optional.empty();
    }

    /** Compiles the module, and what else is stale in its reactor, so that it need not wait for a Maven of its own. */
    private BuiltCode build(Path directory, Path reactor, BuildLock lock, Check check) throws IOException {
        Set<Path> modules = staleModulesOf(reactor);
        modules.add(directory);
        Instant started = Instant.now();
        compile(modules, directory, reactor, lock, check);
        for (Path each : modules) {
            if (!each.equals(directory) && Files.exists(each.resolve(CLASSPATH_FILE))) {
                layOutInAdvance(each, reactor, started, check);
            }
        }
        return layOut(directory, reactor, started, check);
    }

    private BuiltCode layOut(Path directory, Path reactor, Instant started, Check check) throws IOException {
        List<Path> classpath = readClasspath(directory.resolve(CLASSPATH_FILE));
        Path classes = directory.resolve("target/classes");
        check.that(
                holdsFiles(classes),
                "code must be a Maven module with classes, got " + directory + ", whose build left none in " + classes);
        CodeLayout.write(classes, classpath, code(directory));
        BuiltCode built = BuiltCode.at(code(directory), check);
        BuildInputs inputs = inputs(directory, reactor, classpath);
        // Somebody may have saved a file meanwhile: whether the build saw it nobody knows, so the next synth builds
        // again.
        if (!inputs.haveChangedSince(started)) {
            BuildRecord.of(inputs, code(directory), built.toLines()).writeTo(record(directory));
        }
        return built;
    }

    private void layOutInAdvance(Path directory, Path reactor, Instant started, Check check) throws IOException {
        try {
            layOut(directory, reactor, started, check);
        } catch (IllegalArgumentException e) {
            // What is wrong with it is told when it is needed: without a record it is built again then.
        }
    }

    private BuildInputs inputs(Path directory, Path reactor, List<Path> classpath) throws IOException {
        List<Path> paths = new ArrayList<>(sourcesOf(directory, reactor, classpath));
        paths.addAll(MavenProgram.of(directory, program).versionFiles());
        return BuildInputs.of(paths);
    }

    /**
     * The POM and main sources of a module and of each module of its reactor that it needs, the POMs above them, Maven's own
     * settings of the project, and the jars on the classpath.
     */
    private static List<Path> sourcesOf(Path module, Path reactor, List<Path> classpath) {
        Set<Path> modules = new LinkedHashSet<>(List.of(module));
        Set<Path> paths = new LinkedHashSet<>();
        for (Path entry : classpath) {
            if (entry.startsWith(reactor)) {
                modules.add(moduleOf(entry));
            } else {
                paths.add(entry);
            }
        }
        for (Path each : modules) {
            paths.add(each.resolve("src/main"));
            for (Path above = each; above != null && above.startsWith(reactor); above = above.getParent()) {
                paths.add(above.resolve("pom.xml"));
            }
        }
        paths.add(reactor.resolve(".mvn"));
        return List.copyOf(paths);
    }

    /** The module whose output an entry of the classpath is: the nearest directory upwards with a POM. */
    private static Path moduleOf(Path entry) {
        Path directory = entry;
        while (directory.getParent() != null && !Files.isRegularFile(directory.resolve("pom.xml"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private void compile(Set<Path> modules, Path directory, Path reactor, BuildLock lock, Check check)
            throws IOException {
        for (Path each : modules) {
            Files.createDirectories(each.resolve("target/ashlar"));
            Files.deleteIfExists(record(each));
            Files.deleteIfExists(each.resolve(CLASSPATH_FILE));
        }
        System.err.println("Building " + modules.stream().map(Path::toString).collect(Collectors.joining(", ")));
        BuildProgram maven = new BuildProgram(
                "Maven", commandFor(modules, directory, reactor), reactor, reactor.resolve("target/ashlar/build.log"));
        int exit;
        try {
            exit = maven.run(lock);
        } catch (IOException e) {
            throw check.failure("code must be built by Maven, got no program "
                    + maven.command().get(0) + " for " + directory
                    + "; install Maven, or add its wrapper with mvn wrapper:wrapper");
        }
        // Of several modules another one may have failed: that is told when it is needed.
        if (exit != 0 && !Files.exists(directory.resolve(CLASSPATH_FILE))) {
            throw maven.failure("code", exit, directory, check);
        }
    }

    /** What the app has named or an earlier synth has built, and what must be built again. */
    private static Set<Path> staleModulesOf(Path reactor) throws IOException {
        Set<Path> candidates = new TreeSet<>();
        NamedModules.all().stream().map(MavenModule::directory).forEach(candidates::add);
        Reactor.modulesBelow(reactor).stream()
                .filter(each -> Files.exists(record(each)))
                .forEach(candidates::add);
        Set<Path> stale = new TreeSet<>();
        for (Path each : candidates) {
            if (isModule(each)
                    && Reactor.rootOf(each).equals(reactor)
                    && whatWasBuilt(each).isEmpty()) {
                stale.add(each);
            }
        }
        return stale;
    }

    private List<String> commandFor(Set<Path> modules, Path directory, Path reactor) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(MavenProgram.of(directory, program).command());
        command.addAll(List.of("--quiet", "--batch-mode"));
        if (!List.of(reactor).equals(List.copyOf(modules))) {
            String selected = modules.stream()
                    .map(each -> each.equals(reactor) ? Path.of(".") : reactor.relativize(each))
                    .map(each -> each.toString().replace('\\', '/'))
                    .collect(Collectors.joining(","));
            command.addAll(List.of("--projects", selected, "--also-make"));
        }
        if (modules.size() > 1) {
            command.add("--fail-at-end");
        }
        command.addAll(List.of(
                "process-classes", CLASSPATH_GOAL, "-DincludeScope=runtime", "-Dmdep.outputFile=" + CLASSPATH_FILE));
        return command;
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
}
