package dev.ashlar.examples;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** A guestbook: an HTTP API, one Java function behind it, and the table that keeps the notes. */
public final class GuestbookStack extends Stack {
    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     */
    public GuestbookStack(Construct scope, String id) {
        super(scope, id);

        SingleTable notes = SingleTable.Builder.create(this, "Notes").build();

        ServerlessWebApp.Builder.create(this, "Web")
                .code(FunctionCode.maven("examples/handlers/guestbook"))
                .handler("dev.ashlar.examples.guestbook.GuestbookHandler")
                .table("NOTES_TABLE", notes.getTable())
                .throttle(50, 100)
                .build();
    }
}
