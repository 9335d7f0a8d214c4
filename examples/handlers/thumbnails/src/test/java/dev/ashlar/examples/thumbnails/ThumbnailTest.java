package dev.ashlar.examples.thumbnails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailTest {

    @ParameterizedTest
    @CsvSource({
        "4000, 3000, 320, 240",
        "3000, 4000, 240, 320",
        "321, 321, 320, 320",
        "320, 320, 320, 320",
        "319, 100, 319, 100",
        "1, 1, 1, 1",
        "10000, 3, 320, 1",
        "3, 10000, 1, 320",
    })
    void fitsAndNeverGrows(int width, int height, int expectedWidth, int expectedHeight) throws UnusablePicture {
        for (byte[] file : List.of(Fixtures.jpeg(width, height), Fixtures.png(width, height))) {
            Thumbnail thumbnail = Thumbnail.of(Picture.read(file));

            BufferedImage image = Fixtures.decode(thumbnail.toFile());
            assertThat(thumbnail.width()).isEqualTo(expectedWidth).isEqualTo(image.getWidth());
            assertThat(thumbnail.height()).isEqualTo(expectedHeight).isEqualTo(image.getHeight());
        }
    }

    @Test
    void hasTheFormatOfThePicture() throws UnusablePicture {
        assertThat(PictureFormat.of(thumbnail(Fixtures.jpeg(600, 400)))).isEqualTo(PictureFormat.JPEG);
        assertThat(PictureFormat.of(thumbnail(Fixtures.progressiveJpeg(600, 400))))
                .isEqualTo(PictureFormat.JPEG);
        assertThat(PictureFormat.of(thumbnail(Fixtures.png(600, 400)))).isEqualTo(PictureFormat.PNG);
    }

    /** How the four quarters are stored, so that they are seen as red and green above blue and white. */
    @ParameterizedTest
    @CsvSource({
        "1, RGBW, 800, 400",
        "2, GRWB, 800, 400",
        "3, WBGR, 800, 400",
        "4, BWRG, 800, 400",
        "5, RBGW, 400, 800",
        "6, GWRB, 400, 800",
        "7, WGBR, 400, 800",
        "8, BRWG, 400, 800",
    })
    void isUpright(int orientation, String stored, int width, int height) throws UnusablePicture {
        byte[] jpeg = Fixtures.jpeg(Fixtures.quarters(stored, width, height));

        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] thumbnail = thumbnail(Fixtures.withOrientation(jpeg, orientation, order));

            BufferedImage image = Fixtures.decode(thumbnail);
            assertThat(image.getWidth()).isEqualTo(320);
            assertThat(image.getHeight()).isEqualTo(160);
            assertLooksLike(image, 80, 40, Color.RED);
            assertLooksLike(image, 240, 40, Color.GREEN);
            assertLooksLike(image, 80, 120, Color.BLUE);
            assertLooksLike(image, 240, 120, Color.WHITE);
        }
    }

    @Test
    void smallOnesAreUprightToo() throws UnusablePicture {
        byte[] jpeg = Fixtures.jpeg(Fixtures.quarters("GWRB", 32, 64));

        BufferedImage image = Fixtures.decode(thumbnail(Fixtures.withOrientation(jpeg, 6, ByteOrder.BIG_ENDIAN)));

        assertThat(image.getWidth()).isEqualTo(64);
        assertLooksLike(image, 8, 8, Color.RED);
        assertLooksLike(image, 56, 24, Color.WHITE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65_535})
    void isAsStoredWhereTheOrientationMakesNoSense(int orientation) throws UnusablePicture {
        byte[] jpeg = Fixtures.jpeg(800, 400);

        assertThat(thumbnail(Fixtures.withOrientation(jpeg, orientation, ByteOrder.BIG_ENDIAN)))
                .isEqualTo(thumbnail(jpeg));
    }

    @Test
    void isAsStoredWhereTheExifSegmentIsBroken() throws UnusablePicture {
        byte[] jpeg = Fixtures.jpeg(800, 400);
        byte[] exif = Fixtures.withOrientation(jpeg, 6, ByteOrder.BIG_ENDIAN);

        for (int position = 12; position < 34; position++) {
            byte[] broken = exif.clone();
            broken[position] = (byte) 0xFF;

            assertThat(Thumbnail.of(Picture.read(broken)).toFile()).isNotEmpty();
        }
        // The directory lies far behind the end of the segment.
        exif[16] = 0x7F;
        assertThat(thumbnail(exif)).isEqualTo(thumbnail(jpeg));
    }

    @Test
    void tellsNothingOfWhereItWasTaken() throws UnusablePicture {
        byte[] jpeg = Fixtures.withOrientation(Fixtures.jpeg(800, 400), 6, ByteOrder.BIG_ENDIAN);

        assertThat(new String(jpeg, StandardCharsets.ISO_8859_1)).contains("Exif");
        assertThat(new String(thumbnail(jpeg), StandardCharsets.ISO_8859_1)).doesNotContain("Exif");
    }

    @Test
    void averagesFineLines() throws UnusablePicture {
        BufferedImage lines = new BufferedImage(1280, 1280, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 1280; x++) {
            for (int y = 0; y < 1280; y++) {
                lines.setRGB(x, y, x % 2 == 0 ? 0xFFFFFF : 0);
            }
        }

        BufferedImage image = Fixtures.decode(thumbnail(Fixtures.png(lines)));

        for (int x = 0; x < 320; x++) {
            assertThat(new Color(image.getRGB(x, 160)).getRed()).isCloseTo(128, within(2));
        }
    }

    @Test
    void staysTransparentWithoutDarkEdges() throws UnusablePicture {
        BufferedImage disc = new BufferedImage(800, 800, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = disc.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillOval(0, 0, 800, 800);
        graphics.dispose();

        BufferedImage image = Fixtures.decode(thumbnail(Fixtures.png(disc)));

        assertThat(image.getRGB(0, 0) >>> 24).isZero();
        assertThat(image.getRGB(160, 160)).isEqualTo(0xFFFFFFFF);
        for (int x = 0; x < 320; x++) {
            for (int y = 0; y < 320; y++) {
                if (image.getRGB(x, y) >>> 24 > 10) {
                    assertThat(new Color(image.getRGB(x, y)).getRed()).isGreaterThan(240);
                }
            }
        }
    }

    @Test
    void grayStaysAsLightAsItIs() throws UnusablePicture {
        BufferedImage gray = new BufferedImage(800, 800, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deepGray = new BufferedImage(800, 800, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 800 * 800; i++) {
            gray.getRaster().setSample(i % 800, i / 800, 0, 100);
            deepGray.getRaster().setSample(i % 800, i / 800, 0, 100 * 257);
        }

        for (byte[] file : List.of(
                Fixtures.png(gray),
                Fixtures.jpeg(gray),
                Fixtures.png(deepGray),
                Fixtures.png(grayWithAlpha(DataBuffer.TYPE_BYTE, 100, 255)),
                Fixtures.png(grayWithAlpha(DataBuffer.TYPE_USHORT, 100 * 257, 65_535)))) {
            assertLooksLike(Fixtures.decode(thumbnail(file)), 160, 160, new Color(100, 100, 100));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0, 255, 255, 255", "0, 0, 0, 255, 0, 0, 0"})
    void printersColorsBecomeThoseOfScreens(int cyan, int magenta, int yellow, int black, int red, int green, int blue)
            throws UnusablePicture {
        byte[] thumbnail = thumbnail(Fixtures.cmykJpeg(cyan, magenta, yellow, black));

        assertThat(Fixtures.decode(thumbnail).getRaster().getNumBands()).isEqualTo(3);
        assertLooksLike(Fixtures.decode(thumbnail), 32, 32, new Color(red, green, blue));
    }

    private static BufferedImage grayWithAlpha(int type, int gray, int alpha) {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, ColorModel.TRANSLUCENT, type);
        WritableRaster raster = model.createCompatibleWritableRaster(800, 800);
        for (int i = 0; i < 800 * 800; i++) {
            raster.setPixel(i % 800, i / 800, new int[] {gray, alpha});
        }
        return new BufferedImage(model, raster, false, null);
    }

    private static byte[] thumbnail(byte[] file) throws UnusablePicture {
        return Thumbnail.of(Picture.read(file)).toFile();
    }

    private static void assertLooksLike(BufferedImage image, int x, int y, Color expected) {
        Color color = new Color(image.getRGB(x, y));
        assertThat(color.getRed()).isCloseTo(expected.getRed(), within(5));
        assertThat(color.getGreen()).isCloseTo(expected.getGreen(), within(5));
        assertThat(color.getBlue()).isCloseTo(expected.getBlue(), within(5));
    }
}
