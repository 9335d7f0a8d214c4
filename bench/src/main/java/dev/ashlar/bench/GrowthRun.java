package dev.ashlar.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Makes patterns, ten a stack, and prints how long it took and how much memory. */
final class GrowthRun {
    private static final int PATTERNS_OF_A_STACK = 10;

    private GrowthRun() {}

    public static void main(String[] arguments) throws IOException {
        int patterns = Integer.parseInt(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Forms forms = new Forms(Inputs.createIn(Files.createDirectories(folder.resolve("inputs"))));
        make(forms, PATTERNS_OF_A_STACK, folder.resolve("first"));
        long start = System.nanoTime();
        make(forms, patterns, folder.resolve("all"));
        System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
        requireStacks(folder.resolve("all"), patterns / PATTERNS_OF_A_STACK);
        System.out.println("heap=" + heap());
        System.out.println("node=" + node());
    }

    private static void make(Forms forms, int patterns, Path output) {
        List<Consumer<Construct>> all = List.of(
                forms::serverlessWebApp,
                forms::scheduledTask,
                forms::s3Processor,
                forms::queueProcessor,
                forms::staticSiteWithCdn);
        App app = App.Builder.create()
                .outdir(output.toString())
                .analyticsReporting(false)
                .context(Map.of())
                .build();
        List<Stack> stacks = new ArrayList<>();
        for (int i = 0; i < patterns; i++) {
            if (i % PATTERNS_OF_A_STACK == 0) {
                stacks.add(new Stack(app, "Shop" + stacks.size()));
            }
            all.get(i % all.size()).accept(new Construct(stacks.get(stacks.size() - 1), "Part" + i));
        }
        app.synth();
    }

    private static void requireStacks(Path output, int wanted) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            long written = files.filter(file -> file.toString().endsWith(".template.json"))
                    .count();
            if (written != wanted) {
                throw new IllegalStateException("stacks must be " + wanted + ", got " + written);
            }
        }
    }

    /** The most that the heap held, in MiB. */
    private static double heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / (double) (1 << 20);
    }

    /** The most that the memory of Node held, in MiB: of the processes that this one started, the largest. */
    private static double node() {
        return ProcessHandle.current()
                .descendants()
                .map(process -> Path.of("/proc", String.valueOf(process.pid()), "status"))
                .filter(Files::exists)
                .mapToDouble(GrowthRun::peak)
                .max()
                .orElse(Double.NaN);
    }

    private static double peak(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                            .max()
                            .orElse(0)
                    / 1024;
        } catch (IOException e) {
            // It has ended by now.
            return 0;
        }
    }
}
