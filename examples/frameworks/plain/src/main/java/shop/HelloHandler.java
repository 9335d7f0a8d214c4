package shop;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;

/** Answers {@code GET /hello} and {@code POST /echo}. */
public final class HelloHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>, Resource {
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public HelloHandler() {
        Core.getGlobalContext().register(this);
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        String method = event.getRequestContext().getHttp().getMethod();
        return switch (method + " " + event.getRawPath()) {
            case "GET /hello" -> hello(event);
            case "POST /echo" -> echo(event);
            default -> answer(404, Map.of("message", "Not Found"));
        };
    }

    private APIGatewayV2HTTPResponse hello(APIGatewayV2HTTPEvent event) {
        // Without a query string the map is null.
        Map<String, String> query =
                event.getQueryStringParameters() == null ? Map.of() : event.getQueryStringParameters();
        return answer(200, new Greeting("Hello, " + query.getOrDefault("name", "world")));
    }

    private APIGatewayV2HTTPResponse echo(APIGatewayV2HTTPEvent event) {
        Note note = read(event);
        if (note == null || note.text() == null) {
            return answer(400, Map.of("message", "The body must be a note in JSON"));
        }
        return answer(200, new Echo(note.text(), note.text().length()));
    }

    private Note read(APIGatewayV2HTTPEvent event) {
        try {
            return event.getBody() == null ? null : json.readValue(bodyOf(event), Note.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String bodyOf(APIGatewayV2HTTPEvent event) {
        return event.getIsBase64Encoded()
                ? new String(Base64.getDecoder().decode(event.getBody()), StandardCharsets.UTF_8)
                : event.getBody();
    }

    private APIGatewayV2HTTPResponse answer(int status, Object body) {
        try {
            return APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(status)
                    .withHeaders(Map.of("content-type", "application/json"))
                    .withBody(json.writeValueAsString(body))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks once before the snapshot, so that what an answer needs is loaded and in it. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
        APIGatewayV2HTTPEvent event = APIGatewayV2HTTPEvent.builder()
                .withRawPath("/echo")
                .withBody("{\"text\":\"\"}")
                .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                .withMethod("POST")
                                .build())
                        .build())
                .build();
        handleRequest(event, null);
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {}

    /** What {@code GET /hello} answers. */
    record Greeting(String message) {}

    /** What {@code POST /echo} takes. */
    record Note(String text) {}

    /** What {@code POST /echo} answers. */
    record Echo(String text, int length) {}
}
