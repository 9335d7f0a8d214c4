package dev.ashlar.local.internal.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void showsPlainLinesAsTheyAre() {
        LogLine line = line("{not json");

        assertThat(line.level()).isEmpty();
        assertThat(line.render()).isEqualTo("Web | {not json");
    }

    @Test
    void showsAJsonRecordByItsLevelAndMessageAndWhatElseItHas() {
        LogLine line = line("""
                {"timestamp":"2030-01-01T00:00:00Z","level":"WARN","message":"slow","AWSRequestId":"1","order":7,"who":"ada"}
                """.strip());

        assertThat(line.level()).hasValue("WARN");
        assertThat(line.render()).isEqualTo("Web | WARN slow  order=7 who=ada");
    }

    @Test
    void showsAStackTraceInLines() {
        assertThat(line("{\"level\":\"ERROR\",\"message\":\"a\\nb\",\"stackTrace\":[\"A.java:1\",\"B.java:2\"]}")
                        .render())
                .isEqualTo("Web | ERROR a\nWeb | b\nWeb |     A.java:1\nWeb |     B.java:2");
        assertThat(line("{\"message\":{\"a\":1},\"stack\":\"x\\ny\"}").render())
                .isEqualTo("Web | {\"a\":1}\nWeb |     x\nWeb |     y");
    }

    @Test
    void showsJsonThatIsNoRecordAsItIs() {
        assertThat(line("{\"a\":1}").render()).isEqualTo("Web | {\"a\":1}");
    }

    private static LogLine line(String text) {
        return LogLine.output("Web", "1", text);
    }
}
