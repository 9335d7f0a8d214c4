package dev.ashlar.examples.thumbnails;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a camera was held, as a JPEG file tells in its Exif segment: phones store what the sensor saw and leave the turning to whoever
 * shows it.
 *
 * @param value 1, upright, to 8
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">Exif 2.3, 4.6.4: Orientation</a>
 */
record Orientation(int value) {

    static final Orientation UPRIGHT = new Orientation(1);

    private static final int MARKER = 0xFF;
    private static final int APP1 = 0xE1;
    private static final int START_OF_SCAN = 0xDA;
    private static final ByteBuffer EXIF = StandardCharsets.US_ASCII.encode("Exif\0\0");
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_BYTES = 12;

    /** Reads it. A file that tells nothing, or nothing that makes sense, is upright: it can be seen all the same. */
    static Orientation of(byte[] jpeg) {
        try {
            return find(ByteBuffer.wrap(jpeg));
        } catch (IndexOutOfBoundsException | IllegalArgumentException cutShort) {
            return UPRIGHT;
        }
    }

    /** Goes from segment to segment until the picture itself begins. */
    private static Orientation find(ByteBuffer jpeg) {
        int position = 2;
        while (unsigned(jpeg, position) == MARKER && unsigned(jpeg, position + 1) != START_OF_SCAN) {
            int marker = unsigned(jpeg, position + 1);
            int length = jpeg.getShort(position + 2) & 0xFFFF;
            int content = position + 4;
            if (marker == APP1 && jpeg.slice(content, EXIF.remaining()).equals(EXIF)) {
                int start = content + EXIF.remaining();
                return inDirectory(jpeg.slice(start, position + 2 + length - start));
            }
            position += 2 + length;
        }
        return UPRIGHT;
    }

    /** Looks through the first directory of what is a TIFF file. */
    private static Orientation inDirectory(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (tiff.getShort(entry) == TAG && tiff.getShort(entry + 2) == SHORT) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static int unsigned(ByteBuffer bytes, int position) {
        return bytes.get(position) & 0xFF;
    }

    /** Whether width and height change places. */
    boolean swapsSides() {
        return value >= 5;
    }

    /** Turns and mirrors a picture of this size, stored so, into what was seen. */
    AffineTransform upright(int width, int height) {
        return switch (value) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
