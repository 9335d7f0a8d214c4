package dev.ashlar.local.internal.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a process prints, in lines, and what it logs, in frames of AWS's runtime interface client: 16 bytes of which the
 * first two are a mark and the second four the length of what follows.
 *
 * <p>It all goes into a file: a pipe does not tell whether all that was printed before an answer has been read.
 *
 * @see <a href="https://github.com/aws/aws-lambda-java-libs/blob/main/aws-lambda-java-runtime-interface-client/src/main/java/com/amazonaws/services/lambda/runtime/api/client/logging/FramedTelemetryLogSink.java">The
 *     frames</a>
 */
final class Output implements AutoCloseable {
    /** A process that printed more is not used again, so that its file does not fill the disk. */
    private static final long MAX_FILE_BYTES = 64L << 20;

    /** CloudWatch's limit of a log event, above which it cuts too. */
    private static final int MAX_LINE_BYTES = 256 << 10;

    /** No text in UTF-8 has these bytes. */
    private static final int MARK = 0xa55a00;

    private static final int MARK_BYTES = 3;
    private static final int HEAD_BYTES = 16;
    private static final int MAX_FRAME_BYTES = 16 << 20;
    private static final int CHUNK_BYTES = 64 << 10;

    private final RandomAccessFile file;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long read;

    /** The last three bytes. */
    private int last;

    /** How many bytes of a frame are still to come, and whether they are its head. */
    private int expected;

    private boolean inHead;

    Output(Path file, Consumer<String> lines) {
        this.lines = lines;
        try {
            this.file = new RandomAccessFile(file.toFile(), "r");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells the lines that were ended since the last time. */
    synchronized void drain() {
        try {
            for (int count = file.read(chunk); count > 0; count = file.read(chunk)) {
                read += count;
                for (int i = 0; i < count; i++) {
                    add(chunk[i]);
                }
            }
        } catch (IOException e) {
            // It was closed: the process has ended, and all it printed is told.
        }
    }

    private void add(byte next) {
        line.write(next);
        if (expected > 0) {
            expected--;
            if (expected == 0) {
                endPart();
            }
            return;
        }
        last = ((last << Byte.SIZE) | (next & 0xff)) & 0xffffff;
        if (last == MARK) {
            beginFrame();
        } else if (next == '\n') {
            tell();
        } else if (line.size() == MAX_LINE_BYTES) {
            tell();
        }
    }

    private void beginFrame() {
        byte[] before = line.toByteArray();
        line.reset();
        if (before.length > MARK_BYTES) {
            line.write(before, 0, before.length - MARK_BYTES);
            tell();
        }
        inHead = true;
        expected = HEAD_BYTES - MARK_BYTES;
    }

    private void endPart() {
        if (inHead) {
            // What is left of the type, the length, and the time in microseconds.
            expected = ByteBuffer.wrap(line.toByteArray()).getInt(1);
            inHead = false;
            line.reset();
            if (expected == 0) {
                tell();
            } else if (expected < 0 || expected > MAX_FRAME_BYTES) {
                // Bytes that happen to look like a frame.
                expected = 0;
            }
        } else {
            tell();
        }
    }

    private void tell() {
        lines.accept(line.toString(UTF_8).stripTrailing());
        line.reset();
    }

    synchronized boolean isLong() {
        return read > MAX_FILE_BYTES;
    }

    /** Tells what is left, a line without an end too. */
    @Override
    public synchronized void close() {
        drain();
        if (line.size() > 0) {
            tell();
        }
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
