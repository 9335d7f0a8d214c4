package dev.ashlar.constructs.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command builds. Beside it, under {@code .ashlar/} of the directory in which the command runs, where no build tool
 * cleans up, lie for each output:
 *
 * <ul>
 *   <li>{@code inputs.txt}: the {@link BuildRecord}
 *   <li>{@code build.log}: what the command said the last time
 * </ul>
 *
 * @param prop the name of the prop that it is for
 * @param command what the shell runs
 * @param directory where it runs, seen from the directory of {@code cdk.json}
 * @param output the file or directory that it leaves, seen from there
 * @param inputs what it is made of, seen from the directory of {@code cdk.json}; if empty, all in its directory
 */
public record CommandOutput(String prop, String command, String directory, String output, List<String> inputs) {
    /**
     * What is there.
     *
     * @param path the file or directory
     * @param facts what was found out of it when it was built
     */
    public record Built(Path path, List<String> facts) {}

    /**
     * Runs the command, unless what it is made of is what it was when it last ran.
     *
     * @param always whether it runs nevertheless
     * @param describe finds out of what was built the facts that are to be kept: lines that are not empty
     * @param check the checks of the construct that needs it
     * @return what is there now
     * @throws IllegalArgumentException if it fails, or does not leave the output
     */
    public Built build(boolean always, Function<Path, List<String>> describe, Check check) {
        Path where = ProjectFiles.resolve(directory);
        check.that(
                Files.isDirectory(where),
                "%s must be built in a directory, got %s, which is %s; correct the path, it is relative to the directory of cdk.json"
                        .formatted(prop, where, Files.exists(where) ? "something else" : "not there"));
        Path built = where.resolve(output).normalize();
        check.that(
                !where.startsWith(built),
                prop + " must be built into a file or directory of its own, got " + built + ", which holds " + where
                        + " itself; name what the command leaves");
        List<Path> madeOf = madeOf(where, check);
        Path state = where.resolve(".ashlar");
        try (BuildLock lock = BuildLock.on(state, prop, check)) {
            Files.writeString(state.resolve(".gitignore"), "*\n");
            Path own = Files.createDirectories(state.resolve(output.replaceAll("[^A-Za-z0-9._-]+", "-")));
            Path record = own.resolve("inputs.txt");
            // Read before the command runs: what is saved meanwhile is built by the next synth.
            BuildInputs now = BuildInputs.of(madeOf, command + "\n" + output, built);
            Optional<BuildRecord> recorded = always ? Optional.empty() : BuildRecord.read(record);
            if (recorded.isPresent() && recorded.get().holdsFor(now, built)) {
                return new Built(built, recorded.get().facts());
            }
            Files.deleteIfExists(record);
            run(where, built, own.resolve("build.log"), lock, check);
            List<String> facts = describe.apply(built);
            BuildRecord.of(now, built, facts).writeTo(record);
            return new Built(built, facts);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot build " + built, e);
        }
    }

    private List<Path> madeOf(Path where, Check check) {
        if (inputs.isEmpty()) {
            return List.of(where);
        }
        List<Path> paths = inputs.stream().map(ProjectFiles::resolve).toList();
        paths.forEach(path -> check.that(
                Files.exists(path),
                "%s.inputs must be files and directories, got %s, which is not there; correct the path, it is relative to the directory of cdk.json"
                        .formatted(prop, path)));
        return paths;
    }

    private void run(Path where, Path built, Path log, BuildLock lock, Check check) throws IOException {
        System.err.println("Building " + built);
        List<String> shell = BuildProgram.WINDOWS ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
        BuildProgram program = new BuildProgram("the command", shell, where, log);
        int exit = program.run(lock);
        if (exit != 0) {
            throw program.failure(prop, exit, where, check);
        }
        check.that(
                Files.exists(built),
                "%s must be what the command leaves, got nothing at %s after \"%s\" in %s; correct the output, it is relative to that directory"
                        .formatted(prop, built, command, where));
    }
}
