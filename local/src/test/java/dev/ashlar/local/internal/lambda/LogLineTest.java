package dev.ashlar.local.internal.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void showsPlainLinesAsTheyAre() {
        LogLine line = line("{not json");

        assertThat(line.level()).isEmpty();
        assertThat(line.render()).hasValue("Web | {not json");
    }

    @Test
    void showsAJsonRecordByItsLevelAndMessageAndWhatElseItHas() {
        LogLine line = line("""
                {"timestamp":"2030-01-01T00:00:00Z","level":"WARN","message":"slow","AWSRequestId":"1","order":7,"who":"ada"}
                """.strip());

        assertThat(line.level()).hasValue("WARN");
        assertThat(line.render()).hasValue("Web | WARN slow  order=7 who=ada");
    }

    @Test
    void showsAStackTraceInLines() {
        assertThat(line("{\"level\":\"ERROR\",\"message\":\"a\\nb\",\"stackTrace\":[\"A.java:1\",\"B.java:2\"]}")
                        .render())
                .hasValue("Web | ERROR a\nWeb | b\nWeb |     A.java:1\nWeb |     B.java:2");
        assertThat(line("{\"message\":{\"a\":1},\"stack\":\"x\\ny\"}").render())
                .hasValue("Web | {\"a\":1}\nWeb |     x\nWeb |     y");
    }

    @Test
    void showsJsonThatIsNoRecordAsItIs() {
        assertThat(line("{\"a\":1}").render()).hasValue("Web | {\"a\":1}");
    }

    @Test
    void saysOfAnInvocationHowLongItTook() {
        String warm = "REPORT RequestId: 1 Duration: 24.38 ms Memory Size: 1024 MB";

        assertThat(lambda(LogLine.Kind.START, "START RequestId: 1 Version: 1").render())
                .isEmpty();
        assertThat(lambda(LogLine.Kind.REPORT, warm).render()).hasValue("Web | 24 ms, 1024 MB");
        assertThat(lambda(LogLine.Kind.REPORT, warm + " Max Memory Used: 142 MB Init Duration: 1882.78 ms")
                        .render())
                .hasValue("Web | 24 ms, 142 of 1024 MB; started in 1882 ms");
    }

    private static LogLine lambda(LogLine.Kind kind, String text) {
        return new LogLine("Web", kind, "1", Optional.empty(), text);
    }

    private static LogLine line(String text) {
        return LogLine.output("Web", "1", text);
    }
}
