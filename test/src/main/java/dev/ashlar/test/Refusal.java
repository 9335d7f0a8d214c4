package dev.ashlar.test;

import java.util.regex.Pattern;

/** The rule on what a construct throws when it refuses its options. */
final class Refusal {
    private static final Pattern SAYS_WHAT_MUST_BE =
            Pattern.compile("(\\[[^\\]]+] )?\\S.* must .+[^.]", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("\\w+|.+ must be given");

    private Refusal() {}

    /**
     * Tells whether an exception says what must be different.
     *
     * @param e what was thrown
     * @param path the construct that the message must name; empty while there is none
     */
    static boolean isOne(Throwable e, String path) {
        String message = e.getMessage();
        if (message == null) {
            return false;
        }
        if (e.getClass() == NullPointerException.class) {
            return MISSING.matcher(message).matches();
        }
        boolean ours = e.getClass() == IllegalArgumentException.class || e.getClass() == IllegalStateException.class;
        return ours
                && SAYS_WHAT_MUST_BE.matcher(message).matches()
                && (path.isEmpty() || message.startsWith("[" + path));
    }
}
