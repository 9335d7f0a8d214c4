package dev.ashlar.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.examples.guestbook.GuestbookHandler;
import dev.ashlar.local.LambdaEvents;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Map;

/** Calls the handler for each line, and writes its answer and how long it took. */
final class DirectCallsRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DirectCallsRun() {}

    public static void main(String[] arguments) throws Exception {
        LambdaRequestHandler handler =
                EventHandlerLoader.loadEventHandler(new HandlerInfo(GuestbookHandler.class, null));
        InvocationRequest request = new InvocationRequest();
        request.setId("8476a536-e9f4-11e8-9739-2dfe598c3fcd");
        request.setContent(LambdaEvents.httpApi("GET", "/api/notes")
                .route("ANY /api/{proxy+}")
                .toJson()
                .getBytes(UTF_8));
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        while (lines.readLine() != null) {
            long start = System.nanoTime();
            byte[] answer = handler.call(request).toByteArray();
            double millis = (System.nanoTime() - start) / 1e6;
            System.out.println(JSON.writeValueAsString(Map.of(
                    "millis", millis, "body", JSON.readTree(answer).path("body").asText())));
        }
    }
}
