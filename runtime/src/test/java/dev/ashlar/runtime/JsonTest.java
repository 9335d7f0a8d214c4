package dev.ashlar.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final ObjectMapper JACKSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ 1 , 2 ] ",
                "\t{\r\n\"a\" : null }\n",
                "\"\"",
                "\"가 🪨 \u2028\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83E\\uDEA8\"",
                "0",
                "-0",
                "-12",
                "1.5",
                "1e3",
                "1.25E-2",
                "999999999999999999",
                "true",
                "false",
                "null",
                "{\"a\":{\"b\":[true,false,null,{\"c\":[]}]},\"d\":\"\"}",
                "{\"a\":1,\"a\":2}"
            })
    void readsWhatAnotherReaderReads(String text) throws Exception {
        assertThat(Json.parse(text)).isEqualTo(JACKSON.readValue(text, Object.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1]",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12G4\"",
                "\"\\u12\"",
                "\"a\nb\"",
                "\"a\0b\"",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "-",
                "NaN",
                "Infinity",
                "tru",
                "nullx",
                "{} {}",
                "{}\0",
                "[1] // comment",
                "\uFEFF{}"
            })
    void refusesWhatAnotherReaderRefuses(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("event must be JSON, got what is none at character [0-9]+");
        assertThatThrownBy(() -> JACKSON.readValue(text, Object.class)).isInstanceOf(Exception.class);
    }

    @Test
    void numbersThatFitAreWhole() {
        assertThat(Json.parse("5497558138880")).isEqualTo(5497558138880L);
        assertThat(Json.parse("1000000000000000000000")).isEqualTo(1e21);
    }

    @Test
    void nestingEnds() {
        assertThat(Json.parse(nested(Json.MAX_DEPTH))).isInstanceOf(List.class);
        assertThatThrownBy(() -> Json.parse(nested(Json.MAX_DEPTH + 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsTheOrder() {
        assertThat(Json.parse("{\"b\":1,\"a\":2}")).hasToString("{b=1, a=2}");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "[]" + "]".repeat(depth);
    }
}
