package dev.ashlar.runtime.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.ashlar.runtime.Priming;
import java.io.FileNotFoundException;

/** A handler whose priming fails. */
public final class NotPrimed implements RequestHandler<String, String> {
    public NotPrimed() {
        Priming.beforeSnapshot(() -> {
            throw new FileNotFoundException("No table Notes");
        });
    }

    @Override
    public String handleRequest(String event, Context context) {
        return event;
    }
}
