package dev.ashlar.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

/** Synthesises one pattern, and prints how many milliseconds each part took. */
final class FloorRun {
    private FloorRun() {}

    public static void main(String[] arguments) {
        double jvm = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        long start = System.nanoTime();
        Path jar = Path.of(arguments[1]);
        App app = App.Builder.create()
                .outdir(arguments[0])
                .analyticsReporting(false)
                .build();
        Stack stack = new Stack(app, "Shop");
        long node = System.nanoTime();
        new Forms(new Inputs(jar, jar, jar, jar)).queueProcessor(stack);
        long constructed = System.nanoTime();
        app.synth();
        long synthesised = System.nanoTime();
        System.out.println("jvm=" + jvm);
        System.out.println("node=" + (node - start) / 1e6);
        System.out.println("construct=" + (constructed - node) / 1e6);
        System.out.println("synth=" + (synthesised - constructed) / 1e6);
    }
}
