package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    Path directory;

    private Path file;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void create() throws IOException {
        file = Files.createFile(directory.resolve("output"));
    }

    @Test
    void tellsALineWhenItEnds() throws IOException {
        try (Output output = new Output(file, lines::add)) {
            print("one\ntw");
            output.drain();
            assertThat(lines).containsExactly("one");

            print("o\r\n\nthree");
            output.drain();
            assertThat(lines).containsExactly("one", "two", "");
        }
        assertThat(lines).containsExactly("one", "two", "", "three");
    }

    @Test
    void tellsAFrameAsOne() throws IOException {
        try (Output output = new Output(file, lines::add)) {
            print("before");
            frame("마름돌\n  at a\n");
            frame("");
            frame("second");
            print("after\n");
            output.drain();
        }
        assertThat(lines).containsExactly("before", "마름돌\n  at a", "", "second", "after");
    }

    @Test
    void tellsAFrameThatCameInParts() throws IOException {
        byte[] bytes = bytesOfFrame("한국");
        try (Output output = new Output(file, lines::add)) {
            for (byte part : bytes) {
                Files.write(file, new byte[] {part}, StandardOpenOption.APPEND);
                output.drain();
            }
        }
        assertThat(lines).containsExactly("한국");
    }

    @Test
    void goesOnAfterBytesThatLookLikeAFrame() throws IOException {
        try (Output output = new Output(file, lines::add)) {
            Files.write(
                    file, ByteBuffer.allocate(16).putInt(0xa55a0003).putInt(-1).array());
            print("after\n");
            output.drain();
        }
        assertThat(lines).containsExactly("after");
    }

    private void print(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private void frame(String text) throws IOException {
        Files.write(file, bytesOfFrame(text), StandardOpenOption.APPEND);
    }

    private static byte[] bytesOfFrame(String text) {
        byte[] content = text.getBytes(UTF_8);
        return ByteBuffer.allocate(16 + content.length)
                .putInt(0xa55a0003)
                .putInt(content.length)
                .putLong(1_893_456_000_000_000L)
                .put(content)
                .array();
    }
}
