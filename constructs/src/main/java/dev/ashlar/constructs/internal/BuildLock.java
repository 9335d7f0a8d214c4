package dev.ashlar.constructs.internal;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;

/** Lets one build at a time into a folder: two at once would write each other's files. */
public final class BuildLock implements Closeable {
    /** Tells the programs of a build which locks their caller holds: a synth among them would wait for ever. */
    static final String HELD = "ASHLAR_BUILDS";

    private final Path file;
    private final FileChannel channel;

    private BuildLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits until no other synth builds there.
     *
     * @param folder the folder, which is made if it is not there
     * @param prop the name of the prop
     * @param check the checks of the construct that needs what is built
     * @return the lock, to be closed
     * @throws IOException if the folder cannot be written
     * @throws IllegalArgumentException if this is a synth within the build that holds the lock
     */
    public static BuildLock on(Path folder, String prop, Check check) throws IOException {
        Path file = Files.createDirectories(folder).toRealPath().resolve("build.lock");
        String held = System.getenv(HELD);
        check.that(
                held == null || Stream.of(held.split(File.pathSeparator)).noneMatch(file.toString()::equals),
                prop + " must not be needed by its own build, got a synth within the build that holds " + file
                        + "; take the synth out of that build");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                System.err.println("Waiting for another build to release " + file);
                channel.lock();
            }
            return new BuildLock(file, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Names the lock in the environment of a program that runs under it. */
    void tell(Map<String, String> environment) {
        environment.merge(HELD, file.toString(), (held, added) -> held + File.pathSeparator + added);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
