package dev.ashlar.bench;

import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * The same resources twice.
 *
 * @param name the pattern
 * @param ashlar adds the pattern to a stack
 * @param byHand adds its resources to a stack
 */
record Pair(String name, Consumer<Construct> ashlar, Consumer<Construct> byHand) {

    static List<Pair> all(Inputs inputs) {
        Forms forms = new Forms(inputs);
        ByHand byHand = new ByHand(inputs);
        return List.of(
                new Pair("ServerlessWebApp", forms::serverlessWebApp, byHand::serverlessWebApp),
                new Pair("ScheduledTask", forms::scheduledTask, byHand::scheduledTask),
                new Pair("S3Processor", forms::s3Processor, byHand::s3Processor),
                new Pair("QueueProcessor", forms::queueProcessor, byHand::queueProcessor),
                new Pair("StaticSiteWithCdn", forms::staticSiteWithCdn, byHand::staticSiteWithCdn));
    }

    /** {@return the same, but the web application without its table, as the others have none} */
    static List<Pair> ofOneFunctionEach(Inputs inputs) {
        return all(inputs).stream()
                .map(pair -> pair.name().equals("ServerlessWebApp")
                        ? new Pair(pair.name(), new Forms(inputs)::webAppWithoutTable, pair.byHand())
                        : pair)
                .toList();
    }

    void requireSame() {
        TemplateFacts.requireSame(name, factsOf(ashlar), factsOf(byHand));
    }

    static Stack emptyStack() {
        return new Stack(TestApp.create(), "Shop");
    }

    private static TemplateFacts factsOf(Consumer<Construct> form) {
        Stack stack = emptyStack();
        form.accept(stack);
        return TemplateFacts.of(stack);
    }
}
