package dev.ashlar.examples.thumbnails;

import java.util.HexFormat;

/** What a picture is, as its first bytes tell; its name may tell anything. */
enum PictureFormat {
    JPEG("image/jpeg", "ffd8ff"),
    PNG("image/png", "89504e470d0a1a0a");

    private static final int LONGEST_SIGNATURE = 8;

    private final String mediaType;
    private final String signature;

    PictureFormat(String mediaType, String signature) {
        this.mediaType = mediaType;
        this.signature = signature;
    }

    static PictureFormat of(byte[] file) throws UnusablePicture {
        String start = HexFormat.of().formatHex(file, 0, Math.min(file.length, LONGEST_SIGNATURE));
        for (PictureFormat format : values()) {
            if (start.startsWith(format.signature)) {
                return format;
            }
        }
        throw new UnusablePicture("picture must be a JPEG or PNG file, got "
                + (file.length == 0 ? "an empty one" : "one that begins like neither"));
    }

    String mediaType() {
        return mediaType;
    }
}
