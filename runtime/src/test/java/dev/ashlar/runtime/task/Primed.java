package dev.ashlar.runtime.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.ashlar.runtime.Priming;
import java.util.ArrayList;
import java.util.List;

/** Returns what was done before the snapshot. */
public final class Primed implements RequestHandler<String, List<String>> {
    private final List<String> done = new ArrayList<>();

    public Primed() {
        Priming.beforeSnapshot(() -> done.add("registered first"));
        Priming.beforeSnapshot(() -> done.add("registered last"));
        // What is only weakly reachable goes, as it may before any snapshot.
        System.gc();
        done.add("constructed");
    }

    @Override
    public List<String> handleRequest(String event, Context context) {
        return done;
    }
}
