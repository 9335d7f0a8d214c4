package dev.ashlar.examples.thumbnails;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files as people upload them, and as they should not. */
final class Fixtures {

    private static final Map<Character, Color> COLORS =
            Map.of('R', Color.RED, 'G', Color.GREEN, 'B', Color.BLUE, 'W', Color.WHITE);

    private Fixtures() {}

    static byte[] jpeg(int width, int height) {
        return encode("jpeg", quarters("RGBW", width, height), false);
    }

    static byte[] progressiveJpeg(int width, int height) {
        return encode("jpeg", quarters("RGBW", width, height), true);
    }

    static byte[] png(int width, int height) {
        return encode("png", quarters("RGBW", width, height), false);
    }

    static byte[] png(BufferedImage image) {
        return encode("png", image, false);
    }

    static byte[] jpeg(BufferedImage image) {
        return encode("jpeg", image, false);
    }

    /** Four colours: top left, top right, bottom left, bottom right. */
    static BufferedImage quarters(String colors, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 4; i++) {
            graphics.setColor(COLORS.get(colors.charAt(i)));
            graphics.fillRect(i % 2 * (width / 2), i / 2 * (height / 2), width - width / 2, height - height / 2);
        }
        graphics.dispose();
        return image;
    }

    /** As printers want it, and as Adobe writes it: full ink is 0. */
    static byte[] cmykJpeg(int cyan, int magenta, int yellow, int black) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 64, 64, 4, null);
        for (int i = 0; i < 64 * 64; i++) {
            raster.setPixel(i % 64, i / 64, new int[] {255 - cyan, 255 - magenta, 255 - yellow, 255 - black});
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        byte[] jpeg = write(writer, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
        return insert(jpeg, 2, HexFormat.of().parseHex("ffee000e41646f626500640000000000"));
    }

    /** JPEG without loss, as scanners in hospitals write it: another way of coding, which Java has not. */
    static byte[] losslessJpeg() {
        byte[] file = jpeg(64, 64);
        file[startOfFrame(file) + 1] = (byte) 0xC3;
        return file;
    }

    /** Puts an Exif segment with an orientation, and with a number before it, behind the first marker. */
    static byte[] withOrientation(byte[] jpeg, int value, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(38).order(order);
        tiff.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(4000);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) value)
                .putShort((short) 0);
        tiff.putInt(0);
        ByteBuffer segment = ByteBuffer.allocate(10 + tiff.capacity());
        segment.put((byte) 0xFF).put((byte) 0xE1).putShort((short) (8 + tiff.capacity()));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
        return insert(jpeg, 2, segment.array());
    }

    static byte[] insert(byte[] file, int position, byte[] part) {
        return ByteBuffer.allocate(file.length + part.length)
                .put(file, 0, position)
                .put(part)
                .put(file, position, file.length - position)
                .array();
    }

    static byte[] half(byte[] file) {
        return Arrays.copyOf(file, file.length / 2);
    }

    /** Other bytes in the second half, each 50th. */
    static byte[] broken(byte[] file) {
        byte[] broken = file.clone();
        for (int i = file.length / 2; i < file.length; i += 50) {
            broken[i] ^= 0x55;
        }
        return broken;
    }

    /** A small PNG file that says it is larger. */
    static byte[] pngThatClaims(int width, int height) {
        byte[] file = png(8, 8);
        ByteBuffer.wrap(file).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(file, 12, 17);
        ByteBuffer.wrap(file).putInt(29, (int) crc.getValue());
        return file;
    }

    /** A small JPEG file that says it is larger. */
    static byte[] jpegThatClaims(int width, int height) {
        byte[] file = jpeg(8, 8);
        int frame = startOfFrame(file);
        ByteBuffer.wrap(file).putShort(frame + 5, (short) height).putShort(frame + 7, (short) width);
        return file;
    }

    private static int startOfFrame(byte[] jpeg) {
        int position = 2;
        while ((jpeg[position + 1] & 0xFF) != 0xC0) {
            position += 2 + (ByteBuffer.wrap(jpeg).getShort(position + 2) & 0xFFFF);
        }
        return position;
    }

    static BufferedImage decode(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(String format, BufferedImage image, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (progressive) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        return write(writer, new IIOImage(image, null, null), param);
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(out);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }
}
