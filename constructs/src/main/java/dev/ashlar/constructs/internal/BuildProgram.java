package dev.ashlar.constructs.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A program that builds code. It is quiet: what it says goes to a log, of which the last lines are told when it fails.
 *
 * @param name what it is called in messages
 * @param command the program and its arguments
 * @param directory where it runs
 * @param log the file that keeps what it says
 */
public record BuildProgram(String name, List<String> command, Path directory, Path log) {
    /** Whether programs end in {@code .cmd} here. */
    public static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private static final int LINES_OF_A_FAILURE = 30;

    /**
     * Runs it.
     *
     * @param lock the lock under which it runs
     * @return its exit code
     * @throws IOException if there is no such program
     */
    public int run(BuildLock lock) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File(WINDOWS ? "NUL" : "/dev/null")))
                .redirectOutput(log.toFile());
        lock.tell(builder.environment());
        Process process = builder.start();
        // A synth that is stopped must not leave a build behind that goes on writing.
        Thread stop = new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        });
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            int exit = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            return exit;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + name + " built " + directory, e);
        }
    }

    /**
     * Makes the exception for an exit code that is not 0.
     *
     * @param prop the name of the prop that it is for
     * @param exit the exit code
     * @param built what should have been built
     * @param check the checks of the construct that needs it
     * @return the exception, with the last lines that the program said
     * @throws IOException if they cannot be read
     */
    public IllegalArgumentException failure(String prop, int exit, Path built, Check check) throws IOException {
        return check.failure(
                "%s must build, got exit code %d of %s for %s; correct what it says and run again%n  %s%n  in %s%n%s"
                        .formatted(prop, exit, name, built, String.join(" ", command), directory, lastLines()));
    }

    private String lastLines() throws IOException {
        // What follows the marker is Maven's advice on its own options.
        List<String> lines = new String(Files.readAllBytes(log), UTF_8)
                .lines()
                .takeWhile(line -> !line.equals("[ERROR] -> [Help 1]"))
                .toList();
        return String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LINES_OF_A_FAILURE), lines.size()));
    }
}
