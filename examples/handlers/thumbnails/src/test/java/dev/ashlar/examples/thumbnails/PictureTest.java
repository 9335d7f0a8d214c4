package dev.ashlar.examples.thumbnails;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureTest {

    @Test
    void isWhatItsBytesAre() throws UnusablePicture {
        assertThat(Picture.read(Fixtures.jpeg(60, 40)).format()).isEqualTo(PictureFormat.JPEG);
        assertThat(Picture.read(Fixtures.progressiveJpeg(60, 40)).format()).isEqualTo(PictureFormat.JPEG);
        assertThat(Picture.read(Fixtures.png(60, 40)).format()).isEqualTo(PictureFormat.PNG);
    }

    @Test
    void isAsLargeAsItLooks() throws UnusablePicture {
        byte[] jpeg = Fixtures.jpeg(60, 40);

        assertThat(Picture.read(jpeg))
                .extracting(Picture::width, Picture::height)
                .containsExactly(60, 40);
        assertThat(Picture.read(Fixtures.withOrientation(jpeg, 4, ByteOrder.BIG_ENDIAN)))
                .extracting(Picture::width, Picture::height)
                .containsExactly(60, 40);
        assertThat(Picture.read(Fixtures.withOrientation(jpeg, 5, ByteOrder.BIG_ENDIAN)))
                .extracting(Picture::width, Picture::height)
                .containsExactly(40, 60);
    }

    @ParameterizedTest
    @CsvSource({
        "2559, 10, 2559, 10",
        "2560, 10, 1280, 5",
        "3840, 2160, 1280, 720",
        "4000, 3, 1334, 1",
    })
    void keepsTheMorePixelsTheSmallerItIs(int width, int height, int keptWidth, int keptHeight) throws UnusablePicture {
        for (byte[] file : new byte[][] {
            Fixtures.jpeg(width, height), Fixtures.progressiveJpeg(width, height), Fixtures.png(width, height)
        }) {
            Picture picture = Picture.read(file);

            assertThat(picture.width()).isEqualTo(width);
            assertThat(picture.height()).isEqualTo(height);
            assertThat(picture.pixels().getWidth()).isEqualTo(keptWidth);
            assertThat(picture.pixels().getHeight()).isEqualTo(keptHeight);
        }
    }

    @Test
    void isNoneIfItIsEmpty() {
        assertUnusable(new byte[0], "picture must be a JPEG or PNG file, got an empty one");
    }

    @Test
    void isNoneIfItsBytesAreOfSomethingElse() {
        String message = "picture must be a JPEG or PNG file, got one that begins like neither";

        assertUnusable("Dear Sir or Madam".getBytes(UTF_8), message);
        assertUnusable("GIF89a".getBytes(UTF_8), message);
        assertUnusable(HexFormat.of().parseHex("ffd8"), message);
        assertUnusable(Arrays.copyOf(Fixtures.png(8, 8), 7), message);
    }

    @Test
    void isWhole() {
        String jpeg = "picture must be whole, got a JPEG file that cannot be read";
        String png = "picture must be whole, got a PNG file that cannot be read";

        assertUnusable(Fixtures.half(Fixtures.jpeg(600, 400)), jpeg);
        assertUnusable(Fixtures.half(Fixtures.progressiveJpeg(600, 400)), jpeg);
        assertUnusable(Fixtures.broken(Fixtures.jpeg(600, 400)), jpeg);
        assertUnusable(HexFormat.of().parseHex("ffd8ff"), jpeg);
        assertUnusable(Fixtures.losslessJpeg(), jpeg);
        assertUnusable(Fixtures.half(Fixtures.png(600, 400)), png);
        assertUnusable(Fixtures.broken(Fixtures.png(600, 400)), png);
        assertUnusable(Arrays.copyOf(Fixtures.png(8, 8), 8), png);
    }

    @Test
    void mayBeFollowedBySomethingElse() throws UnusablePicture {
        byte[] jpeg = Fixtures.jpeg(60, 40);

        assertThat(Picture.read(Arrays.copyOf(jpeg, jpeg.length + 1000)).width())
                .isEqualTo(60);
    }

    @Test
    void isRefusedByItsHeader() {
        assertUnusable(Fixtures.pngThatClaims(30_000, 30_000), tooLarge("30000 x 30000"));
        assertUnusable(Fixtures.jpegThatClaims(30_000, 30_000), tooLarge("30000 x 30000"));
        assertUnusable(Fixtures.pngThatClaims(10_001, 10_000), tooLarge("10001 x 10000"));
        assertUnusable(Fixtures.pngThatClaims(65_536, 1), tooLarge("65536 x 1"));
        assertUnusable(Fixtures.pngThatClaims(1, 65_536), tooLarge("1 x 65536"));
        assertUnusable(
                Fixtures.pngThatClaims(Integer.MAX_VALUE, Integer.MAX_VALUE), tooLarge("2147483647 x 2147483647"));
    }

    @Test
    void isReadUpToTheLimits() throws UnusablePicture {
        // What they claim is allowed, and not there.
        String png = "picture must be whole, got a PNG file that cannot be read";
        assertUnusable(Fixtures.pngThatClaims(10_000, 10_000), png);

        assertThat(Picture.read(Fixtures.png(65_535, 2)).width()).isEqualTo(65_535);
        assertThat(Picture.read(Fixtures.png(2, 65_535)).height()).isEqualTo(65_535);
    }

    private static String tooLarge(String got) {
        return "picture must have at most 100000000 pixels and 65535 a side, got " + got;
    }

    private static void assertUnusable(byte[] file, String message) {
        assertThatExceptionOfType(UnusablePicture.class)
                .isThrownBy(() -> Picture.read(file))
                .withMessage(message);
    }
}
