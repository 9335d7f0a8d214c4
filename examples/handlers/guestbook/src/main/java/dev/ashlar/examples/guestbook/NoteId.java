package dev.ashlar.examples.guestbook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a note: the millisecond in which it was written, then 16 random hexadecimal digits.
 *
 * <p>Names sort as text in the order of writing; within one millisecond the order is random, but it stays.
 *
 * @param value for example {@code 1767225600000-8d3f6c1e5b7a9204}; the 13 digits last until the year 2286
 */
record NoteId(@JsonValue String value) {

    /** Sorts behind every note. */
    static final NoteId END = new NoteId("9999999999999-ffffffffffffffff");

    private static final Pattern FORM = Pattern.compile("[0-9]{13}-[0-9a-f]{16}");

    static NoteId at(Instant instant) {
        // Made here, not once: functions that are restored from one snapshot must not share a seed.
        long random = new SecureRandom().nextLong();
        return new NoteId("%013d-%016x".formatted(instant.toEpochMilli(), random));
    }

    /** Sorts before every note that was written at an instant or later, and behind all others. */
    static String startOf(Instant instant) {
        return "%013d".formatted(instant.toEpochMilli());
    }

    static Optional<NoteId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new NoteId(text)) : Optional.empty();
    }

    static Optional<NoteId> fromCursor(String cursor) {
        try {
            return parse(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    String toCursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    Instant instant() {
        return Instant.ofEpochMilli(Long.parseLong(value.substring(0, 13)));
    }

    @Override
    public String toString() {
        return value;
    }
}
