package dev.ashlar.local.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaAnswerTest {
    @Test
    void anObjectWithAStatusIsTheAnswer() throws Exception {
        Response response = read(
                "{'statusCode':201,'headers':{'X-A':'b','Connection':'close','X-Number':7},"
                        + "'cookies':['a=1; Secure','b=2'],'body':'가'}",
                "2.0");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().all("x-a")).containsExactly("b");
        assertThat(response.headers().all("x-number")).containsExactly("7");
        assertThat(response.headers().has("connection")).isFalse();
        assertThat(response.headers().all("Set-Cookie")).containsExactly("a=1; Secure", "b=2");
        assertThat(response.headers().all("Content-Type")).containsExactly("text/plain;charset=UTF-8");
        assertThat(response.body()).isEqualTo("가".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"'hello' | hello", "{'a':[1]} | {\"a\":[1]}", "null | null", "7 | 7"})
    void allElseIsTheBodyOfA200(String payload, String body) throws Exception {
        Response response = read(payload, "2.0");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().all("Content-Type")).containsExactly("application/json");
        assertThat(new String(response.body(), UTF_8)).isEqualTo(body);
    }

    @Test
    void decodesBase64() throws Exception {
        Response response = read("{'statusCode':200,'body':'AAEC','isBase64Encoded':true}", "2.0");

        assertThat(response.body()).containsExactly(0, 1, 2);
    }

    @Test
    void format1HasHeadersOfManyValues() throws Exception {
        Response response = read(
                "{'statusCode':'200','headers':{'X-A':'b'},'multiValueHeaders':{'x-a':['c','d']},'body':'x'}", "1.0");

        assertThat(response.headers().all("X-A")).containsExactly("c", "d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1} | 1.0 | must be an object with a statusCode",
                "{'statusCode':'ok'} | 2.0 | statusCode must be 100 to 599, got \"ok\"",
                "{'statusCode':99} | 2.0 | statusCode must be 100 to 599, got 99",
                "{'statusCode':600} | 2.0 | statusCode must be 100 to 599, got 600",
                "{'statusCode':200,'body':{'a':1}} | 2.0 | body must be a text, got {\"a\":1}",
                "{'statusCode':200,'headers':{'X':['a']}} | 2.0 | header X must be a text, got [\"a\"]",
                "{'statusCode':200,'body':'%%','isBase64Encoded':true} | 2.0 | body must be Base64 where isBase64Encoded is true, got Illegal base64 character 25",
                "{ | 2.0 | must be JSON, got Unexpected end-of-input: expected close marker for Object (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1])",
            })
    void tellsWhatIsNoAnswer(String payload, String format, String message) {
        assertThatExceptionOfType(LambdaAnswer.InvalidException.class)
                .isThrownBy(() -> read(payload, format))
                .withMessage(message);
    }

    private static Response read(String payload, String format) throws Exception {
        return LambdaAnswer.read(payload.replace('\'', '"').getBytes(UTF_8), format);
    }
}
