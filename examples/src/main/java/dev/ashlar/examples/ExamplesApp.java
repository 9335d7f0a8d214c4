package dev.ashlar.examples;

import software.amazon.awscdk.App;

/** The app that {@code cdk.json} runs. It needs no account and no region: its templates fit any. */
public final class ExamplesApp {
    private ExamplesApp() {}

    /**
     * Synthesises all example stacks.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        App app = new App();
        addStacks(app);
        app.synth();
    }

    static void addStacks(App app) {
        new GuestbookStack(app, "Guestbook");
        new OrdersStack(app, "Orders");
        new QuotesStack(app, "Quotes");
        new ThumbnailsStack(app, "Thumbnails");
        new DocsStack(app, "Docs");
    }
}
