package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a command builds, as the code of a function. Beside it, under {@code .ashlar/} of the directory in which the command
 * runs, where no build tool cleans up, lie for each output:
 *
 * <ul>
 *   <li>{@code inputs.txt}: the {@link BuildRecord}
 *   <li>{@code build.log}: what the command said the last time
 * </ul>
 *
 * @param command what the shell runs
 * @param directory where it runs
 * @param output the file or directory that it leaves, seen from there
 * @param runsAlways whether it runs although nothing has changed
 */
record CommandBuild(String command, String directory, String output, boolean runsAlways) implements CodeBuild {
    @Override
    public CodeBuild always() {
        return new CommandBuild(command, directory, output, true);
    }

    @Override
    public BuiltCode build(Check check) {
        Path where = ProjectFiles.resolve(directory);
        check.that(
                Files.isDirectory(where),
                "code must be built in a directory, got %s, which is %s; correct the path, it is relative to the directory of cdk.json"
                        .formatted(where, Files.exists(where) ? "something else" : "not there"));
        Path built = where.resolve(output).normalize();
        check.that(
                !where.startsWith(built),
                "code must be built into a file or directory of its own, got " + built + ", which holds " + where
                        + " itself; name what the command leaves");
        Path state = where.resolve(".ashlar");
        try (BuildLock lock = BuildLock.on(state, check)) {
            Files.writeString(state.resolve(".gitignore"), "*\n");
            Path own = Files.createDirectories(state.resolve(output.replaceAll("[^A-Za-z0-9._-]+", "-")));
            return buildIfStale(where, built, own, lock, check);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot build " + built, e);
        }
    }

    private BuiltCode buildIfStale(Path where, Path built, Path own, BuildLock lock, Check check) throws IOException {
        Path record = own.resolve("inputs.txt");
        // Read before the command runs: what is saved meanwhile is built by the next synth.
        BuildInputs inputs = BuildInputs.of(where, command + "\n" + output, built);
        Optional<BuildRecord> recorded = runsAlways ? Optional.empty() : BuildRecord.read(record);
        Optional<BuiltCode> code =
                recorded.isEmpty() ? Optional.empty() : recorded.get().codeAt(built, inputs);
        if (code.isPresent()) {
            return code.get();
        }
        Files.deleteIfExists(record);
        run(where, own.resolve("build.log"), lock, check);
        check.that(
                Files.exists(built),
                "code must be what the command leaves, got nothing at %s after \"%s\" in %s; correct the output, it is relative to that directory"
                        .formatted(built, command, where));
        BuiltCode fresh = BuiltCode.at(built, check);
        BuildRecord.of(inputs, fresh).writeTo(record);
        return fresh;
    }

    private void run(Path where, Path log, BuildLock lock, Check check) throws IOException {
        System.err.println("Building " + where.resolve(output).normalize());
        List<String> shell = BuildProgram.WINDOWS ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
        BuildProgram program = new BuildProgram("the command", shell, where, log);
        int exit = program.run(lock);
        if (exit != 0) {
            throw program.failure(exit, where, check);
        }
    }
}
