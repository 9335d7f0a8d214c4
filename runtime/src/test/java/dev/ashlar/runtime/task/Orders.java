package dev.ashlar.runtime.task;

import com.amazonaws.services.lambda.runtime.Context;
import dev.ashlar.runtime.QueueHandler;
import dev.ashlar.runtime.QueueMessage;

/** Takes all orders but those for granite. */
public final class Orders extends QueueHandler {

    @Override
    protected void process(QueueMessage message, Context context) {
        if (message.getBody().contains("granite")) {
            throw new IllegalStateException("Out of stone");
        }
        System.out.println("Confirmed " + message.getBody());
    }
}
