package dev.ashlar.local.internal.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A function's code as it lies in {@code /var/task}, and its layers. What was rebuilt is seen by names, sizes and times of
 * files, and is a new version for the processes that start from then on.
 */
final class DeployedCode {
    /** Looks at the files take this part of the time at most. */
    private static final int PART_OF_THE_TIME = 20;

    private static final Set<String> KNOWN_IN_LAYERS = Set.of("java", "nodejs");

    private final FunctionConfiguration function;
    private final Path directory;
    private final Consumer<String> warnings;

    private @Nullable Version current;
    private Map<Path, List<Object>> seen = Map.of();
    private long nextLook;
    private int count;

    /**
     * Creates what deploys a function's code.
     *
     * @param directory where zip files are unpacked to
     * @param warnings what is told of what differs from Lambda
     */
    DeployedCode(FunctionConfiguration function, Path directory, Consumer<String> warnings) {
        this.function = function;
        this.directory = directory;
        this.warnings = warnings;
    }

    /**
     * {@return the code as it is now, kept until it is left}
     *
     * @throws IllegalArgumentException if there is none, or a zip file has an entry that would lie outside
     */
    synchronized Version use() {
        Version version = version();
        version.users++;
        return version;
    }

    private Version version() {
        long start = System.nanoTime();
        if (current != null && start < nextLook) {
            return current;
        }
        try {
            Map<Path, List<Object>> files = files();
            if (current == null || !files.equals(seen)) {
                Version deployed = deploy();
                if (current != null) {
                    current.retire();
                }
                current = deployed;
                seen = files;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long end = System.nanoTime();
        nextLook = end + (end - start) * PART_OF_THE_TIME;
        return current;
    }

    private Map<Path, List<Object>> files() throws IOException {
        Map<Path, List<Object>> files = new TreeMap<>();
        for (Path source : Stream.concat(Stream.of(function.code()), function.layers().stream())
                .toList()) {
            if (!Files.exists(source)) {
                throw new IllegalArgumentException(
                        "[%s] code must be a directory, a jar or a zip file, got %s, which is not there; build it"
                                .formatted(function.path(), source));
            }
            try (Stream<Path> found = Files.find(source, Integer.MAX_VALUE, (path, file) -> {
                files.put(path, List.of(file.isDirectory() ? 0L : file.size(), file.lastModifiedTime()));
                return false;
            })) {
                found.forEach(path -> {});
            }
        }
        return files;
    }

    private Version deploy() throws IOException {
        count++;
        Path opt = directory.resolve(count + "-opt");
        for (Path layer : function.layers()) {
            Directories.fill(Directories.create(opt), layer);
        }
        boolean jarsOfLayers = Files.isDirectory(opt.resolve("java/lib"));
        Path task = function.code().toAbsolutePath().normalize();
        if (!Files.isDirectory(task) || jarsOfLayers) {
            task = Directories.create(directory.resolve(count + "-task"));
            Directories.fill(task, function.code());
        }
        if (jarsOfLayers) {
            addJars(opt.resolve("java/lib"), Directories.create(task.resolve("lib")));
        }
        warnOfWhatIsNotInOpt(opt);
        return new Version(task, opt);
    }

    /** The client reads the class path's end from {@code /opt/java/lib}, here from the end of {@code lib}. */
    private static void addJars(Path from, Path lib) throws IOException {
        try (Stream<Path> jars = Files.list(from)) {
            for (Path jar : (Iterable<Path>) jars::iterator) {
                Files.copy(jar, lib.resolve("~layer-" + jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void warnOfWhatIsNotInOpt(Path opt) throws IOException {
        if (!Files.isDirectory(opt)) {
            return;
        }
        Set<String> others = new TreeSet<>();
        try (Stream<Path> entries = Files.list(opt)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !KNOWN_IN_LAYERS.contains(name))
                    .forEach(others::add);
        }
        if (!others.isEmpty()) {
            warnings.accept("its layers have " + String.join(", ", others) + ", which are not in /opt here");
        }
    }

    /** One state of the code, which is removed when it is not the newest any more and no process uses it. */
    final class Version {
        private final Path task;
        private final Path opt;
        private int users;
        private boolean retired;

        private Version(Path task, Path opt) {
            this.task = task;
            this.opt = opt;
        }

        /** {@return what is the working directory, and {@code LAMBDA_TASK_ROOT}} */
        Path task() {
            return task;
        }

        /** {@return what the layers put into {@code /opt}; without layers there is no such directory} */
        Path opt() {
            return opt;
        }

        void leave() {
            synchronized (DeployedCode.this) {
                users--;
                removeIfUnused();
            }
        }

        private void retire() {
            retired = true;
            removeIfUnused();
        }

        private void removeIfUnused() {
            if (retired && users == 0) {
                Directories.remove(opt);
                if (task.startsWith(directory)) {
                    Directories.remove(task);
                }
            }
        }
    }
}
