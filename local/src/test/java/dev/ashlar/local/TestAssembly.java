package dev.ashlar.local;

import java.nio.file.Path;
import java.util.function.Consumer;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

/** Writes apps of CDK's own constructs. */
final class TestAssembly {
    private TestAssembly() {}

    /** {@return what was written} */
    static String of(Path directory, Consumer<App> content) {
        App app = App.Builder.create()
                .outdir(directory.resolve("cdk.out").toString())
                .analyticsReporting(false)
                .build();
        content.accept(app);
        return app.synth().getDirectory();
    }

    /** {@return what was written, with one stack called Shop} */
    static String ofShop(Path directory, Consumer<Stack> content) {
        return of(directory, app -> content.accept(new Stack(app, "Shop")));
    }

    /** {@return a function of {@link TestCode#handlers}} */
    static Function.Builder function(Stack stack, String id, Path code, String handler) {
        return Function.Builder.create(stack, id)
                .runtime(Runtime.JAVA_17)
                .code(Code.fromAsset(code.toString()))
                .handler("shop.Handlers" + handler)
                .memorySize(256)
                .timeout(software.amazon.awscdk.Duration.seconds(20));
    }
}
