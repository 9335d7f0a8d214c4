package dev.ashlar.runtime.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Returns what it is given, and says so. */
public class Notes implements RequestStreamHandler {

    public Notes() {
        System.out.println("Notes is there");
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        System.out.println("Notes was called");
        event.transferTo(answer);
    }
}
