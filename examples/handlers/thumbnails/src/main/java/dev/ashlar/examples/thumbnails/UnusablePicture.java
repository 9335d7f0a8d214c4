package dev.ashlar.examples.thumbnails;

/** A file that no thumbnail can be made of, however often it is tried. The message says why, and nothing of its name or content. */
final class UnusablePicture extends Exception {

    private static final long serialVersionUID = 1L;

    UnusablePicture(String message) {
        super(message);
    }

    UnusablePicture(String message, Throwable cause) {
        super(message, cause);
    }
}
