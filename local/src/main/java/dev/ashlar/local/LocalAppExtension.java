package dev.ashlar.local;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs stacks while the tests of a class run: started once, emptied before each test, stopped at the end.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalAppExtension shop = LocalAppExtension.of(LocalApp.of("cdk.out").stack("Shop"));
 *
 * @Test
 * void listsOrders() {
 *     URI orders = shop.getApp().getUrl().resolve("/api/orders");
 * }
 * }</pre>
 */
public final class LocalAppExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final LocalApp.Builder builder;
    private boolean reset = true;
    private @Nullable LocalApp app;

    private LocalAppExtension(LocalApp.Builder builder) {
        this.builder = builder;
    }

    /**
     * Begins with what is run.
     *
     * @param builder the app, not started
     * @return the extension, for a static field with {@code @RegisterExtension}
     */
    public static LocalAppExtension of(LocalApp.Builder builder) {
        return new LocalAppExtension(builder);
    }

    /**
     * Keeps tables, buckets and queues as they are from test to test; sites too, which are emptied otherwise.
     *
     * @return this extension
     */
    public LocalAppExtension withoutReset() {
        reset = false;
        return this;
    }

    /**
     * Returns the running app.
     *
     * @return the app
     * @throws IllegalStateException if no test runs
     */
    public LocalApp getApp() {
        if (app == null) {
            throw new IllegalStateException("The app runs while tests do; make the extension's field static");
        }
        return app;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        app = builder.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (reset) {
            getApp().reset();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (app != null) {
            app.close();
            app = null;
        }
    }
}
