package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;

class MainTest {
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private static Path directory;

    private static String assembly;

    @BeforeAll
    static void write() {
        Path code = TestCode.handlers(directory.resolve("classes"));
        assembly = TestAssembly.ofShop(directory, stack -> {
            Function function =
                    TestAssembly.function(stack, "Printer", code, "::print").build();
            Function other =
                    TestAssembly.function(stack, "Counter", code, "::count").build();
            new HttpApi(stack, "Api");
            for (Function target : List.of(function, other)) {
                Schedule.Builder.create(stack, target.getNode().getId() + "Nightly")
                        .schedule(ScheduleExpression.expression("cron(0 3 * * ? *)"))
                        .target(LambdaInvoke.Builder.create(target).build())
                        .build();
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--verbose | --verbose is no option; --help tells those that there are",
                "--stack | --stack must have a value, got none",
                "--port eighty | --port must be a number, got eighty",
                "--port 70000 | --port must be 0 to 65535, got 70000",
                "--claims sub | --claims must be NAME=VALUE, got sub",
            })
    void saysWhatIsWrongWithAnOption(String arguments, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Main.Arguments.read(arguments.split(" ")))
                .withMessage(message);
    }

    @Test
    void tellsItsOptions() throws Exception {
        Process help = start("--stack", "Shop", "--help");

        assertThat(linesOf(help))
                .startsWith("Runs stacks of a synthesised CDK app on this machine, until Ctrl-C.")
                .anyMatch(line -> line.contains("--port N"));
        assertThat(help.waitFor()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fire Weekly | --fire must name one schedule, got Weekly; there are Shop/PrinterNightly, Shop/CounterNightly",
                "--fire Shop | --fire must name one schedule, got Shop; there are Shop/PrinterNightly, Shop/CounterNightly",
                "--stack Blog | --stack must name a stack of ASSEMBLY, got Blog; there are Shop",
            })
    void endsWithAnErrorAndSaysIt(String arguments, String message) throws Exception {
        Process failing = start(Stream.concat(Stream.of("--assembly", assembly), Stream.of(arguments.split(" ")))
                .toArray(String[]::new));

        assertThat(linesOf(failing)).endsWith(message.replace("ASSEMBLY", assembly));
        assertThat(failing.waitFor()).isEqualTo(1);
    }

    @Test
    void runsUntilItIsEndedAndLeavesNothing() throws Exception {
        Process running = start("--assembly", assembly, "--port", "0", "--fire", "PrinterNightly");
        List<String> lines = new ArrayList<>();
        BufferedReader out = running.inputReader(UTF_8);

        readUntil(out, lines, "Printer \\| to err");
        readUntil(out, lines, "Printer \\| \\d+ ms, .*");
        List<ProcessHandle> processes = running.descendants().toList();
        URI address = address(lines);
        // By its handle, which leaves open what it prints.
        running.toHandle().destroy();
        List<String> end = out.lines().toList();

        assertThat(running.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        // What the handler printed as its last, without an end of the line, and no more.
        assertThat(end).containsExactly("Printer | without an end");
        assertThat(lines)
                .anyMatch(line -> line.matches(" {2}Started in \\d+\\.\\d s\\. Ctrl-C ends it\\."))
                .contains("  schedule  Shop/PrinterNightly cron(0 3 * * ? *) Etc/UTC");
        assertThat(processes).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        Loopback.assertGone(address);
    }

    private static void readUntil(BufferedReader out, List<String> lines, String last) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            lines.add(line);
            if (line.matches(last)) {
                return;
            }
        }
        throw new AssertionError(last + " was not said, but " + String.join("\n", lines));
    }

    private static URI address(List<String> lines) {
        Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(String.join("\n", lines));
        assertThat(address.find()).isTrue();
        return URI.create(address.group());
    }

    private static List<String> linesOf(Process process) throws IOException {
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            return out.lines().toList();
        }
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
