package shop;

import com.amazonaws.serverless.exceptions.ContainerInitializationException;
import com.amazonaws.serverless.proxy.model.AwsProxyResponse;
import com.amazonaws.serverless.proxy.model.HttpApiV2ProxyRequest;
import com.amazonaws.serverless.proxy.spring.SpringBootLambdaContainerHandler;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.crac.Core;
import org.crac.Resource;

/** Hands what an HTTP API sends to Spring. The application starts when this class is created. */
public final class StreamLambdaHandler implements RequestStreamHandler, Resource {
    // The least that the container takes for an event of payload format 2.0.
    private static final String PRIMING_EVENT = """
            {
              "version": "2.0",
              "rawPath": "/hello",
              "rawQueryString": "",
              "headers": {"accept": "application/json"},
              "requestContext": {"stage": "$default", "http": {"method": "GET", "path": "/hello"}}
            }
            """;

    private final SpringBootLambdaContainerHandler<HttpApiV2ProxyRequest, AwsProxyResponse> spring;

    public StreamLambdaHandler() throws ContainerInitializationException {
        spring = SpringBootLambdaContainerHandler.getHttpApiV2ProxyHandler(Application.class);
        Core.getGlobalContext().register(this);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        spring.proxyStream(event, answer, context);
    }

    /** Asks once before the snapshot, so that what an answer needs is loaded and in it. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) throws IOException {
        InputStream event = new ByteArrayInputStream(PRIMING_EVENT.getBytes(StandardCharsets.UTF_8));
        handleRequest(event, OutputStream.nullOutputStream(), null);
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {}
}
