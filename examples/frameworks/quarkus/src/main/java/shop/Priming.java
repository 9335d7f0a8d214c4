package shop;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import io.quarkus.amazon.lambda.http.LambdaHttpHandler;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.util.Map;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/** Asks once before the snapshot, so that what an answer needs is loaded and in it. */
@Startup
@Singleton
public class Priming implements Resource {
    private final LambdaHttpHandler handler;

    Priming(LambdaHttpHandler handler) {
        this.handler = handler;
    }

    @PostConstruct
    void register() {
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        RequestContext.Http http = RequestContext.Http.builder()
                .withMethod("GET")
                .withPath("/hello")
                .build();
        APIGatewayV2HTTPEvent event = APIGatewayV2HTTPEvent.builder()
                .withRawPath("/hello")
                .withRawQueryString("")
                .withHeaders(Map.of("accept", "application/json"))
                .withRequestContext(RequestContext.builder().withHttp(http).build())
                .build();
        handler.handleRequest(event, null);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
}
