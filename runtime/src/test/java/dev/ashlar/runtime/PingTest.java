package dev.ashlar.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PingTest {

    static final String PING = "{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void isWhatTheRulesSend() throws IOException {
        assertThat(hold(PING)).isEqualTo(75);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "10000, 10000", "10001, 10000", "99999999999999999999999, 10000"})
    void holdsForAtMostTenSeconds(String given, int held) throws IOException {
        assertThat(hold(PING.replace("75", given))).isEqualTo(held);
    }

    @Test
    void mayHaveSpaceBetweenItsParts() throws IOException {
        assertThat(hold(" {\t\"ashlar\" :\r\n{ \"ping\": { \"holdMillis\" : 75 } } } \n"))
                .isEqualTo(75);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{}",
                "[]",
                "\"ashlar\"",
                "{\"ashlar\":\"x\"}",
                "{\"ashlar\":null}",
                "{\"ashlar\":{}}",
                "{\"ashlar\":{\"ping\":{}}}",
                "{\"ashlar\":{\"ping\":75}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":\"75\"}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":null}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":-1}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":-0}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":+75}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":075}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":00}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":7 5}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75.0}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75e1}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75,\"x\":1}}}",
                "{\"ashlar\":{\"ping\":{\"x\":1,\"holdMillis\":75}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75},\"x\":1}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75}},\"x\":1}",
                "{\"x\":1,\"ashlar\":{\"ping\":{\"holdMillis\":75}}}",
                "{\"x\":{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}}",
                "[{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}]",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}}",
                "{\"ashlar\":{\"ping\":{\"holdMillis\":75}}} x",
                "{\"Ashlar\":{\"ping\":{\"holdMillis\":75}}}",
                "{\" ashlar\":{\"ping\":{\"holdMillis\":75}}}",
                "{\"ash lar\":{\"ping\":{\"holdMillis\":75}}}",
                "{\"\\u0061shlar\":{\"ping\":{\"holdMillis\":75}}}",
                "{'ashlar':{'ping':{'holdMillis':75}}}",
                "\uFEFF{\"ashlar\":{\"ping\":{\"holdMillis\":75}}}"
            })
    void isNothingElse(String event) throws IOException {
        assertThat(hold(event)).isEqualTo(Ping.NONE);
    }

    @Test
    void isAtMostSoManyBytes() throws IOException {
        String longest = PING + " ".repeat(Ping.MAX_BYTES - PING.length());

        assertThat(hold(longest)).isEqualTo(75);
        assertThat(hold(longest + " ")).isEqualTo(Ping.NONE);
        assertThat(hold(longest + "x")).isEqualTo(Ping.NONE);
        assertThat(hold(" ".repeat(100_000) + PING)).isEqualTo(Ping.NONE);
    }

    @Test
    void isToldByTheFirstBytes() throws IOException {
        var stream = new ByteArrayInputStream(new byte[6_000_000]);

        Ping.holdMillis(stream);

        assertThat(6_000_000 - stream.available()).isEqualTo(Ping.MAX_BYTES + 1);
    }

    @Test
    void endsWithTheEvent() throws IOException {
        byte[] event = (PING + "x").getBytes(UTF_8);
        for (int last = 0; last < 256; last++) {
            event[PING.length()] = (byte) last;

            assertThat(Ping.holdMillis(new ByteArrayInputStream(event)))
                    .as("%d", last)
                    .isEqualTo(" \t\r\n".indexOf(last) < 0 ? Ping.NONE : 75);
        }
    }

    /** What a general parser takes for a ping is one, and nothing else is, however the text of a ping is bent. */
    @Test
    void agreesWithAParserOfJson() throws IOException {
        var random = new Random(2026);
        int pings = 0;
        for (int i = 0; i < 200_000; i++) {
            String event = bend(random);
            int expected = parse(event);

            assertThat(hold(event)).as(event).isEqualTo(expected);
            pings += expected == Ping.NONE ? 0 : 1;
        }
        assertThat(pings).isBetween(20_000, 180_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "75, 75", "75.0, 75", "10001, 10000", "1e99, 10000"})
    void isFoundInMaps(double given, int held) {
        assertThat(Ping.holdMillis(ping(given))).isEqualTo(held);
        assertThat(Ping.holdMillis(ping(75))).isEqualTo(75);
        assertThat(Ping.holdMillis(ping(75L))).isEqualTo(75);
    }

    @Test
    void isNoOtherMap() {
        Map<String, Object> longer = new HashMap<>(ping(75));
        longer.put("x", 1);

        assertThat(List.of(
                        Map.of(),
                        Map.of("ashlar", "x"),
                        Map.of("ashlar", Map.of()),
                        Map.of("ashlar", Map.of("ping", 75)),
                        Map.of("ping", Map.of("holdMillis", 75)),
                        ping("75"),
                        ping(-1),
                        ping(0.5),
                        ping(Double.NaN),
                        Map.of("ashlar", Map.of("ping", Map.of("holdMillis", 75, "x", 1))),
                        longer))
                .extracting(event -> Ping.holdMillis((Map<?, ?>) event))
                .containsOnly(Ping.NONE);
        assertThat(Ping.holdMillis((Map<?, ?>) null)).isEqualTo(Ping.NONE);
    }

    static Map<String, Object> ping(Object holdMillis) {
        return Map.of("ashlar", Map.of("ping", Map.of("holdMillis", holdMillis)));
    }

    private static int hold(String event) throws IOException {
        return Ping.holdMillis(new ByteArrayInputStream(event.getBytes(UTF_8)));
    }

    private static int parse(String event) {
        JsonNode hold;
        try {
            JsonNode root = JSON.readTree(event);
            hold = only(only(only(root, "ashlar"), "ping"), "holdMillis");
        } catch (JsonProcessingException e) {
            return Ping.NONE;
        }
        boolean plain = !event.contains("\\") && !event.contains("-") && event.getBytes(UTF_8).length <= Ping.MAX_BYTES;
        return plain && hold.isIntegralNumber()
                ? hold.bigIntegerValue()
                        .min(BigInteger.valueOf(Ping.MAX_HOLD_MILLIS))
                        .intValue()
                : Ping.NONE;
    }

    private static JsonNode only(JsonNode node, String key) {
        return node.size() == 1 ? node.path(key) : node.path("missing").path("missing");
    }

    private static String bend(Random random) {
        String[] tokens = {
            "{", "\"ashlar\"", ":", "{", "\"ping\"", ":", "{", "\"holdMillis\"", ":", number(random), "}", "}", "}"
        };
        String[] others = {
            "{", "}", ":", ",", "[", "]", "\"x\"", "1", "null", "\"", "\\", "-", "\u00e4", "\"ping\"", ",\"x\":{}", " "
        };
        String[] spaces = {" ", "\t", "\n", "\r", "  \n ", "\f", "\u00a0"};
        if (random.nextInt(2) == 0) {
            int at = random.nextInt(tokens.length);
            switch (random.nextInt(4)) {
                case 0 -> tokens[at] = "";
                case 1 -> tokens[at] += tokens[at];
                case 2 -> tokens[at] = others[random.nextInt(others.length)];
                default -> {
                    int character = random.nextInt(tokens[at].length());
                    tokens[at] = new StringBuilder(tokens[at])
                            .insert(character, others[random.nextInt(others.length)])
                            .toString();
                }
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            // Seldom what JSON does not take for a space.
            String space = spaces[random.nextInt(100) == 0 ? random.nextInt(spaces.length) : random.nextInt(5)];
            int at = random.nextInt(tokens.length);
            tokens[at] = random.nextBoolean() ? tokens[at] + space : space + tokens[at];
        }
        return String.join("", Arrays.asList(tokens));
    }

    private static String number(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> "0";
            case 1 -> "007";
            case 2 -> "1.5";
            case 3 -> "-" + random.nextInt(10);
            case 4 -> random.nextInt(100) + "e" + random.nextInt(3);
            case 5 -> String.valueOf(random.nextLong());
            case 6 -> "true";
            default -> String.valueOf(random.nextInt(20_000));
        };
    }
}
