package dev.ashlar.examples.thumbnails;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture small enough for an overview: upright, in sRGB, in the format of the picture, and without what its file told beside the
 * pixels, such as where it was taken. A picture that is small already keeps its size.
 *
 * @param format that of the picture
 * @param pixels at most {@value #MAX_SIDE} a side
 */
record Thumbnail(PictureFormat format, BufferedImage pixels) {

    static final int MAX_SIDE = 320;

    private static final float JPEG_QUALITY = 0.85f;

    static Thumbnail of(Picture picture) {
        double scale = Math.min(1, (double) MAX_SIDE / Math.max(picture.width(), picture.height()));
        int width = scaled(picture.width(), scale);
        int height = scaled(picture.height(), scale);
        boolean swaps = picture.orientation().swapsSides();
        BufferedImage small = shrink(picture.pixels(), swaps ? height : width, swaps ? width : height);
        BufferedImage upright =
                draw(small, width, height, picture.orientation().upright(small.getWidth(), small.getHeight()));
        return new Thumbnail(picture.format(), upright);
    }

    int width() {
        return pixels.getWidth();
    }

    int height() {
        return pixels.getHeight();
    }

    /** The bytes of its file. */
    byte[] toFile() {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format == PictureFormat.JPEG) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(JPEG_QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(pixels, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    private static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.round(side * scale));
    }

    /** Halves until the rest is less than that, so that each pixel has its part in the result. */
    private static BufferedImage shrink(BufferedImage pixels, int width, int height) {
        BufferedImage image = pixels;
        do {
            int nextWidth = Math.max(width, image.getWidth() / 2);
            int nextHeight = Math.max(height, image.getHeight() / 2);
            image = draw(
                    image,
                    nextWidth,
                    nextHeight,
                    AffineTransform.getScaleInstance(
                            (double) nextWidth / image.getWidth(), (double) nextHeight / image.getHeight()));
        } while (image.getWidth() > width || image.getHeight() > height);
        return image;
    }

    private static BufferedImage draw(BufferedImage image, int width, int height, AffineTransform how) {
        boolean hasAlpha = image.getColorModel().hasAlpha();
        BufferedImage drawn =
                new BufferedImage(width, height, hasAlpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = drawn.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, how, null);
        graphics.dispose();
        return drawn;
    }
}
