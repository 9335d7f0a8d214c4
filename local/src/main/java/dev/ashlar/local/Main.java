package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Runs stacks of a synthesised app until Ctrl-C. */
public final class Main {
    private static final String HELP = """
            Runs stacks of a synthesised CDK app on this machine, until Ctrl-C.

              --assembly DIR     what cdk synth wrote; default: cdk.out
              --stack NAME       a stack's name or path; several may be given; default: the only one
              --port N           where the first distribution or API answers, or the next free port; default: 8080
              --data DIR         keeps tables and buckets from run to run; default: nothing is kept
              --no-permissions   lets functions do what their roles do not allow
              --claims NAME=VALUE a claim of whoever sends a token; without one, routes that want a token answer 401
              --fire SCHEDULE    runs a schedule, or a task's first, when all has started; later: type fire SCHEDULE
              --help             says this
            """;

    private Main() {}

    /**
     * Runs stacks.
     *
     * @param arguments as {@code --help} says
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        long begin = System.nanoTime();
        // Before the first server is made: otherwise each answer waits for more to send.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            Arguments read = Arguments.read(arguments);
            if (read.help()) {
                System.out.print(HELP);
                return;
            }
            LocalApp app = read.builder().log(line -> print(System.out, line)).start();
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "ashlar-end"));
            welcome(app, (System.nanoTime() - begin) / 1_000_000);
            read.schedules().forEach(app::fire);
            Thread commands = new Thread(() -> readCommands(app), "ashlar-commands");
            commands.setDaemon(true);
            commands.start();
            new CountDownLatch(1).await();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void welcome(LocalApp app, long millis) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        app.getListing().forEach(line -> lines.add("  " + line));
        List<String> reported = app.getReported();
        if (!reported.isEmpty()) {
            lines.add("");
            lines.add("  Not as at AWS:");
            reported.forEach(line -> lines.add("  " + line));
        }
        lines.add("");
        lines.add("  Started in %.1f s. Ctrl-C ends it.".formatted(millis / 1000.0));
        print(System.out, String.join("\n", lines));
    }

    private static void readCommands(LocalApp app) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.strip();
                if (command.startsWith("fire ")) {
                    fire(app, command.substring("fire ".length()).strip());
                } else if (!command.isEmpty()) {
                    print(System.out, "fire SCHEDULE is all that can be typed here");
                }
            }
        } catch (IOException e) {
            // Nobody types any more.
            return;
        }
    }

    private static void fire(LocalApp app, String schedule) {
        try {
            app.fire(schedule);
        } catch (IllegalArgumentException e) {
            print(System.out, String.valueOf(e.getMessage()));
        }
    }

    /** Lines of several threads do not mix. */
    private static void print(PrintStream out, String text) {
        synchronized (Main.class) {
            out.println(text);
        }
    }

    /**
     * What the command line says.
     *
     * @param builder how to run
     * @param schedules what is run at once
     * @param help whether only help is wanted
     */
    record Arguments(LocalApp.Builder builder, List<String> schedules, boolean help) {
        private static final int DEFAULT_PORT = 8080;

        static Arguments read(String[] arguments) {
            Deque<String> left = new ArrayDeque<>(List.of(arguments));
            List<String> schedules = new ArrayList<>();
            List<Consumer<LocalApp.Builder>> settings = new ArrayList<>();
            String assembly = "cdk.out";
            while (!left.isEmpty()) {
                String option = left.pop();
                switch (option) {
                    case "--help" -> {
                        return new Arguments(LocalApp.of(assembly), List.of(), true);
                    }
                    case "--no-permissions" -> settings.add(builder -> builder.permissions(false));
                    case "--assembly" -> assembly = value(option, left);
                    case "--fire" -> schedules.add(value(option, left));
                    case "--stack", "--port", "--data", "--claims" -> {
                        String value = value(option, left);
                        settings.add(builder -> set(builder, option, value));
                    }
                    default ->
                        throw new IllegalArgumentException(option + " is no option; --help tells those that there are");
                }
            }
            LocalApp.Builder builder = LocalApp.of(assembly).port(DEFAULT_PORT);
            settings.forEach(setting -> setting.accept(builder));
            return new Arguments(builder, schedules, false);
        }

        private static void set(LocalApp.Builder builder, String option, String value) {
            switch (option) {
                case "--stack" -> builder.stack(value);
                case "--port" -> builder.port(number(option, value));
                case "--data" -> builder.data(value);
                default -> {
                    String[] claim = value.split("=", 2);
                    if (claim.length != 2) {
                        throw new IllegalArgumentException("--claims must be NAME=VALUE, got " + value);
                    }
                    builder.claim(claim[0], claim[1]);
                }
            }
        }

        private static String value(String option, Deque<String> left) {
            if (left.isEmpty()) {
                throw new IllegalArgumentException(option + " must have a value, got none");
            }
            return left.pop();
        }

        private static int number(String option, String value) {
            try {
                return Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(option + " must be a number, got " + value, e);
            }
        }
    }
}
