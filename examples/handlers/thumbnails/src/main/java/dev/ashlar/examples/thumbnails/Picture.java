package dev.ashlar.examples.thumbnails;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture that was read, with no more pixels in memory than its thumbnail needs.
 *
 * <p>Java reads RGB, gray and, lighter than printers mean it, CMYK.
 *
 * <p>Of a large picture each nth pixel of each nth line is kept, so that the longer side has {@value #KEPT_SIDE} to twice as many:
 * at most 6.6 million pixels, 52 MB. What comes on top is what the readers themselves hold: of a progressive JPEG file all
 * of it, up to 6 bytes a pixel, and of a PNG file two lines. {@value #MAX_PIXELS} pixels are 600 MB then, which goes into 2048 MB of a
 * function beside the file itself. A file that says it has more is refused before any of it is unpacked.
 *
 * @param format what the file was
 * @param width how wide the picture is when looked at, in pixels
 * @param height how high it is then
 * @param orientation how its pixels lie
 * @param pixels those that were kept
 */
record Picture(PictureFormat format, int width, int height, Orientation orientation, BufferedImage pixels) {

    static final int MAX_PIXELS = 100_000_000;
    static final int MAX_SIDE = 65_535;

    private static final int KEPT_SIDE = 4 * Thumbnail.MAX_SIDE;

    static Picture read(byte[] file) throws UnusablePicture {
        PictureFormat format = PictureFormat.of(file);
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            // Without its metadata, which may be a bomb of its own.
            reader.setInput(in, true, true);
            Orientation orientation = format == PictureFormat.JPEG ? Orientation.of(file) : Orientation.UPRIGHT;
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            requireFits(width, height);
            BufferedImage pixels = readPixels(reader, width, height);
            return orientation.swapsSides()
                    ? new Picture(format, height, width, orientation, pixels)
                    : new Picture(format, width, height, orientation, pixels);
        } catch (IOException | RuntimeException e) {
            // Of a broken file the readers throw nearly anything.
            throw new UnusablePicture("picture must be whole, got a " + format + " file that cannot be read", e);
        } finally {
            reader.dispose();
        }
    }

    private static void requireFits(int width, int height) throws UnusablePicture {
        if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
            throw new UnusablePicture("picture must have at most " + MAX_PIXELS + " pixels and " + MAX_SIDE
                    + " a side, got " + width + " x " + height);
        }
    }

    private static BufferedImage readPixels(ImageReader reader, int width, int height) throws IOException {
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        int step = Math.max(1, Math.max(width, height) / KEPT_SIDE);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        BufferedImage pixels = reader.read(0, param);
        for (String warning : warnings) {
            // The JPEG reader fills up with gray what is missing. Its other warnings are of files that can be seen as
            // they are.
            if (warning.startsWith("Truncated File") || warning.contains("premature end")) {
                throw new IIOException(warning);
            }
        }
        return pixels.getRaster().getNumBands() == 2 ? fromGrayAndAlpha(pixels.getRaster()) : pixels;
    }

    /** Makes color of gray as it is meant. Java takes gray beside alpha for linear light, and shows it too bright. */
    private static BufferedImage fromGrayAndAlpha(Raster raster) {
        int excess = raster.getSampleModel().getSampleSize(0) - 8;
        BufferedImage color = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                int gray = raster.getSample(x, y, 0) >> excess;
                int alpha = raster.getSample(x, y, 1) >> excess;
                color.setRGB(x, y, alpha << 24 | gray << 16 | gray << 8 | gray);
            }
        }
        return color;
    }
}
