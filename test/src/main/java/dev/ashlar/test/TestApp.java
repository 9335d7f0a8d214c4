package dev.ashlar.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;

/**
 * Apps for tests: they see the context that is deployed, and build no code.
 *
 * <pre>{@code
 * ShopStack stack = new ShopStack(TestApp.create(), "Shop");
 * }</pre>
 *
 * <p>An app's context is that of the nearest {@code cdk.json}, searched from the working directory upwards, and of the
 * {@code cdk.context.json} beside it; where both have a key, {@code cdk.json} wins, as in the CDK CLI. Without a
 * {@code cdk.json} there is no context. The app writes to a temporary folder that CDK removes when the JVM ends, and
 * its templates carry no CDK analytics.
 *
 * <p>No code is built: bundling is off for all stacks, so that CDK takes an asset's source as it is. A test that wants
 * bundling passes {@code Map.of("aws:cdk:bundling-stacks", List.of("**"))}.
 *
 * <p>The engine behind CDK is not thread-safe. Where JUnit runs tests in parallel, each class that makes an app needs
 * {@code @ResourceLock(TestApp.LOCK)}.
 */
public final class TestApp {
    /** The name of the lock that keeps two tests from using CDK at the same time: {@value}. */
    public static final String LOCK = "dev.ashlar.test.cdk";

    private static final Map<String, Object> WITHOUT_BUNDLING = Map.of("aws:cdk:bundling-stacks", List.of());

    private TestApp() {}

    /**
     * Creates an app with the context of the nearest {@code cdk.json}.
     *
     * @return a new app
     * @throws IllegalArgumentException if the file is not JSON
     */
    public static App create() {
        return create(Map.of());
    }

    /**
     * Creates an app with the context of the nearest {@code cdk.json} and some values of its own.
     *
     * @param context values that are added, or replace those of the file
     * @return a new app
     * @throws IllegalArgumentException if the file is not JSON
     */
    public static App create(Map<String, Object> context) {
        Map<String, Object> merged = new HashMap<>(ProjectContext.nearest());
        merged.putAll(context);
        return createWithOnly(merged);
    }

    /** Creates an app that sees nothing of the project's context. */
    static App createWithOnly(Map<String, Object> context) {
        Map<String, Object> all = new HashMap<>(WITHOUT_BUNDLING);
        all.putAll(context);
        return App.Builder.create().analyticsReporting(false).context(all).build();
    }
}
