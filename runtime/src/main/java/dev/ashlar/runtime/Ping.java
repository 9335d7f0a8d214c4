package dev.ashlar.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a ping looks like: {@code {"ashlar":{"ping":{"holdMillis":75}}}} and nothing else. To take an event for a ping loses it without a
 * trace, so all that deviates is none: other keys, keys with escapes, fractions, signs, leading zeros.
 */
final class Ping {

    static final int NONE = -1;

    /** More than a ping needs, white space included; a longer one is none. */
    static final int MAX_BYTES = 256;

    /** How much is read at most: one byte more tells that an event is too long. */
    static final int MAX_READ = MAX_BYTES + 1;

    static final int MAX_HOLD_MILLIS = 10_000;

    private static final String BEFORE_HOLD = "{\"ashlar\":{\"ping\":{\"holdMillis\":";
    private static final String AFTER_HOLD = "}}}";
    private static final int END = -1;

    private final byte[] event;
    private final int length;
    private int position;

    private Ping(byte[] event, int length) {
        this.event = event;
        this.length = length;
    }

    static int holdMillis(InputStream event) throws IOException {
        byte[] head = new byte[MAX_READ];
        int length = event.readNBytes(head, 0, MAX_READ);
        return length > MAX_BYTES ? NONE : new Ping(head, length).holdMillis();
    }

    static int holdMillis(@Nullable Map<?, ?> event) {
        return only(only(only(event, "ashlar"), "ping"), "holdMillis") instanceof Number hold
                        && hold.doubleValue() >= 0
                        && hold.doubleValue() == Math.rint(hold.doubleValue())
                ? (int) Math.min(hold.doubleValue(), MAX_HOLD_MILLIS)
                : NONE;
    }

    static void hold(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Object only(@Nullable Object value, String key) {
        return value instanceof Map<?, ?> map && map.size() == 1 ? map.get(key) : null;
    }

    private int holdMillis() {
        if (!follows(BEFORE_HOLD)) {
            return NONE;
        }
        skipSpace();
        int first = position;
        int millis = 0;
        for (; peek() >= '0' && peek() <= '9'; position++) {
            millis = Math.min(millis * 10 + peek() - '0', MAX_HOLD_MILLIS);
        }
        int digits = position - first;
        if (digits == 0 || (digits > 1 && event[first] == '0') || !follows(AFTER_HOLD)) {
            return NONE;
        }
        skipSpace();
        return peek() == END ? millis : NONE;
    }

    /** Tells whether the text comes next, with space between its parts but not within the keys. */
    private boolean follows(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++, position++) {
            if (!quoted) {
                skipSpace();
            }
            if (peek() != text.charAt(i)) {
                return false;
            }
            quoted ^= text.charAt(i) == '"';
        }
        return true;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            position++;
        }
    }

    private int peek() {
        return position < length ? event[position] & 0xff : END;
    }
}
