package dev.ashlar.local;

/** What SNS says no with. */
final class SnsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    SnsError(String code, String message) {
        // An answer, not a failure: nobody reads its stack trace.
        super(message, null, false, false);
        this.code = code;
    }

    static SnsError invalid(String reason) {
        return new SnsError("InvalidParameter", "Invalid parameter: " + reason);
    }

    String toXml() {
        return Xml.element("Code", code) + Xml.element("Message", String.valueOf(getMessage()));
    }
}
