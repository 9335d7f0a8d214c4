package dev.ashlar.test;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Stage;

/**
 * Assertions on all stacks of an app or a stage: those in stages and nested ones too.
 *
 * <pre>{@code
 * assertThat(app).matchesSnapshot().losesNoData().widensNoPermission();
 * }</pre>
 */
public final class AppAssert extends CdkAssert<AppAssert> {
    private final Snapshots snapshots;

    AppAssert(Stage app, Snapshots snapshots) {
        this(new Subject(app.getNode().getPath(), stacks(app), true, List.of(), null), snapshots);
    }

    private AppAssert(Subject subject, Snapshots snapshots) {
        super(subject, snapshots);
        this.snapshots = snapshots;
    }

    @Override
    AppAssert self() {
        return this;
    }

    @Override
    AppAssert about(Subject other) {
        return new AppAssert(other, snapshots);
    }

    private static List<SynthesizedStack> stacks(Stage app) {
        // First, because CDK makes some stacks only then.
        SynthesizedStack.synthesize(app);
        return app.getNode().findAll().stream()
                .filter(Stack.class::isInstance)
                .map(Stack.class::cast)
                .map(SynthesizedStack::of)
                .toList();
    }
}
