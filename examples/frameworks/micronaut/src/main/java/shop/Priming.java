package shop;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import io.micronaut.context.ApplicationContext;
import io.micronaut.crac.OrderedResource;
import io.micronaut.function.aws.proxy.payload2.APIGatewayV2HTTPEventFunction;
import jakarta.inject.Singleton;
import java.util.Map;
import org.crac.Context;
import org.crac.Resource;

/** Asks once before the snapshot, so that what an answer needs is loaded and in it. */
@Singleton
class Priming implements OrderedResource {
    private final ApplicationContext application;

    Priming(ApplicationContext application) {
        this.application = application;
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
        new APIGatewayV2HTTPEventFunction(application).handleRequest(event, null);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
}
