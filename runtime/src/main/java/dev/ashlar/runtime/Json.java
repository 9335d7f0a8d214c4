package dev.ashlar.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON, and nothing that only resembles it, into maps, lists, texts, numbers and booleans. Lambda's runtime has a reader too, but
 * tests and other runtimes have not.
 */
final class Json {

    /** Deeper than any event; what is nested without an end must not use up the stack. */
    static final int MAX_DEPTH = 100;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";
    private static final char END = '\0';

    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    static @Nullable Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value(0);
        if (json.next() != END || json.position < text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    private @Nullable Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw unexpected();
        }
        return switch (next()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        position++;
        if (takes('}')) {
            return object;
        }
        do {
            if (next() != '"') {
                throw unexpected();
            }
            String name = string();
            expect(':');
            object.put(name, value(depth + 1));
        } while (takes(','));
        expect('}');
        return object;
    }

    private List<@Nullable Object> array(int depth) {
        List<@Nullable Object> array = new ArrayList<>();
        position++;
        if (takes(']')) {
            return array;
        }
        do {
            array.add(value(depth + 1));
        } while (takes(','));
        expect(']');
        return array;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (position++; peek() != '"'; position++) {
            if (peek() < ' ') {
                throw unexpected();
            }
            string.append(peek() == '\\' ? escape() : peek());
        }
        position++;
        return string.toString();
    }

    private char escape() {
        position++;
        if (peek() == 'u') {
            Matcher hex = HEX.matcher(text).region(position + 1, text.length());
            if (!hex.lookingAt()) {
                throw unexpected();
            }
            position += 4;
            return (char) Integer.parseInt(hex.group(), 16);
        }
        int meaning = ESCAPED.indexOf(peek());
        if (meaning < 0) {
            throw unexpected();
        }
        return MEANT.charAt(meaning);
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, position)) {
            throw unexpected();
        }
        position += word.length();
        return meaning;
    }

    private Number number() {
        Matcher number = NUMBER.matcher(text).region(position, text.length());
        if (!number.lookingAt()) {
            throw unexpected();
        }
        position = number.end();
        boolean isWhole = number.group(1) == null && number.group(2) == null;
        // What is longer than 18 digits may not fit.
        return isWhole && number.group().length() <= 18
                ? (Number) Long.valueOf(number.group())
                : Double.valueOf(number.group());
    }

    private boolean takes(char expected) {
        if (next() != expected) {
            return false;
        }
        position++;
        return true;
    }

    private void expect(char expected) {
        if (!takes(expected)) {
            throw unexpected();
        }
    }

    /** What comes after white space. */
    private char next() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            position++;
        }
        return peek();
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("event must be JSON, got what is none at character " + (position + 1));
    }
}
