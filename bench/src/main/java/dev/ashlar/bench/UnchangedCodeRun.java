package dev.ashlar.bench;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;

/**
 * Makes the same function twice, and prints how many milliseconds each took: given its files, and by its module. With
 * {@code build} it makes sure that there are files.
 */
final class UnchangedCodeRun {
    private UnchangedCodeRun() {}

    public static void main(String[] arguments) throws Exception {
        App app = App.Builder.create()
                .outdir(arguments[0])
                .analyticsReporting(false)
                .build();
        Stack stack = new Stack(app, "Shop");
        Path built = Path.of(UnchangedCode.MODULE, "target/ashlar/code");
        if (arguments[1].equals("build")) {
            function(stack, "Built", FunctionCode.maven(UnchangedCode.MODULE));
            return;
        }
        FileTime before = Files.getLastModifiedTime(built);
        function(stack, "First", FunctionCode.of(Code.fromAsset("bench/target/bench/inputs")));
        long start = System.nanoTime();
        function(stack, "Given", FunctionCode.of(Code.fromAsset(built.toString())));
        long given = System.nanoTime();
        function(stack, "Module", FunctionCode.maven(UnchangedCode.MODULE));
        long module = System.nanoTime();
        System.out.println("asset=" + (given - start) / 1e6);
        System.out.println("maven=" + (module - given) / 1e6);
        if (!Files.getLastModifiedTime(built).equals(before)) {
            throw new IllegalStateException(built + " must be left as it was, got it built anew");
        }
    }

    private static void function(Stack stack, String id, FunctionCode code) {
        WarmFunction.Builder.create(stack, id)
                .code(code)
                .handler("dev.ashlar.examples.guestbook.GuestbookHandler::handleRequest")
                .build();
    }
}
