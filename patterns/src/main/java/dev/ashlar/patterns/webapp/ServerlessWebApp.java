package dev.ashlar.patterns.webapp;

import dev.ashlar.constructs.access.ApiAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.storage.PrivateBucket;
import dev.ashlar.constructs.web.ApiOrigin;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.constructs.web.internal.ApiDomain;
import dev.ashlar.constructs.web.internal.SiteDelivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.apigateway.SpecRestApi;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * A web application: an API in front of one function that answers everything, of functions with routes of their own, or of
 * both; with a site in front of it, or alone.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Function}: a {@link WarmFunction} behind all paths, unless one was given or there are only routes
 *   <li>{@code Api}: the HTTP or REST API, reached over IPv4 and IPv6, with CORS if asked for
 *   <li>{@code AccessLogs} and {@code Stage}: the stage, whose requests are logged as JSON
 *   <li>for each function one permission; of an HTTP API also one integration a function, and one
 *       {@code AWS::ApiGatewayV2::Route} a route; authorizers if asked for
 *   <li>with a site what a {@code StaticSiteWithCdn} creates: {@code Bucket}, {@code Distribution} and the others
 *   <li>{@code Domain/...}: with a domain a certificate and records, without a site also domain names of the API
 *   <li>the output {@code Url}, unless {@code customizeApi} closed that address
 * </ul>
 *
 * <pre>{@code
 * ServerlessWebApp.Builder.create(this, "Web")
 *         .code(FunctionCode.maven("handlers"))
 *         .handler("shop.NotesHandler")
 *         .table("NOTES_TABLE", notes.getTable())
 *         .site(Site.directory("site"))
 *         .build();
 * }</pre>
 *
 * <p>Granted: to this API alone, {@code lambda:InvokeFunction} on the alias of each function. Without {@code authorization}
 * the API is public; the synth output says so.
 *
 * <p>Idle it costs nothing, with a site what S3 takes for storing its files. An HTTP API waits for at most 30 seconds and takes
 * bodies of at most 10 MB, of which a function gets 6 MB.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html">API Gateway HTTP APIs</a>
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html">API Gateway REST
 *     APIs</a>
 */
public final class ServerlessWebApp extends Construct implements Watched {
    private static final String SECRET_HEADER = "X-Origin-Secret";

    private static final String SYNCHRONOUS =
            "Whoever calls the API waits for the answer and sees a failure, and a ping that"
                    + " failed is of no use later.";

    private final @Nullable WarmFunction function;
    private final Front front;
    private final SiteDelivery.@Nullable Delivered delivered;
    private final ApiWatch watch;
    private final List<Alarm> alarms;
    private final @Nullable String ownUrl;

    /**
     * Creates the web application.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
     * @throws NullPointerException if options of a function were given, but not code and handler
     */
    public ServerlessWebApp(Construct scope, String id, ServerlessWebAppProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        Known.isNamed(this, id);
        WebAppChecks checks = new WebAppChecks(this, props);
        checks.props();
        Site site = props.getSite();
        ApiDomain domain = site != null || props.getDomain() == null ? null : ApiDomain.of(this, props.getDomain());
        this.function = createFunction(props);
        List<Route> routes = Route.of(function, props);
        checks.routes(routes);
        this.front = createFront(props, routes, domain != null);
        this.delivered = site == null ? null : createSite(site, props);
        this.ownUrl = domain == null ? null : domain.create(front.apiId(), front.stageName());
        this.watch = new ApiWatch(front);
        Alarms wanted = props.getAlarms();
        this.alarms = wanted == null ? List.of() : watch.createAlarms(this, wanted);
        createOutput();
    }

    /** {@return the function that answers whatever no route answers, or null if there are only routes} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the HTTP API; null behind {@code ApiFront.rest()}} */
    public @Nullable HttpApi getHttpApi() {
        return front.httpApi();
    }

    /** {@return the REST API; null behind {@code ApiFront.http()}} */
    public @Nullable SpecRestApi getRestApi() {
        return front.restApi();
    }

    /** {@return the log group that has a line for each request; null behind a REST API without logs} */
    public @Nullable LogGroup getAccessLogs() {
        return front.accessLogs();
    }

    /** {@return the API's stage: {@code $default} of an HTTP API, {@code live} of a REST API} */
    public CfnResource getStage() {
        return front.stage();
    }

    /** {@return the distribution; null without a site} */
    public @Nullable Distribution getDistribution() {
        return delivered == null ? null : delivered.distribution();
    }

    /** {@return the bucket with the site's files; null without a site} */
    public @Nullable PrivateBucket getBucket() {
        return delivered == null ? null : delivered.bucket();
    }

    /** {@return the API's alarms, none without {@code alarms}; those of functions are theirs} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /** {@return graphs of requests and errors, and of how long answers took} */
    @Override
    public List<IWidget> getWidgets() {
        return watch.widgets();
    }

    /**
     * Returns the address of the web application: the site's if there is one, the API's otherwise.
     *
     * @return the address, which ends with a slash
     * @throws RuntimeException if {@code customizeApi} closed that address
     */
    public String getUrl() {
        if (delivered != null) {
            return delivered.url();
        }
        return ownUrl == null ? front.url() : ownUrl;
    }

    /**
     * Grants {@code execute-api:Invoke} on all routes, for those behind {@link Authorization#iam}.
     *
     * @param grantee who may call the API
     * @return the grant
     */
    public Grant grantInvoke(IGrantable grantee) {
        return ApiAccess.of(this, front.apiId(), front.stageName()).grantInvoke(grantee);
    }

    /** {@return how many requests came to the API: sample count over 5 minutes} */
    public Metric metricCount() {
        return watch.count();
    }

    /** {@return how many requests were answered with a status from 400 to 499: sum over 5 minutes} */
    public Metric metricClientError() {
        return watch.clientErrors();
    }

    /** {@return how many requests were answered with a status from 500 to 599: sum over 5 minutes} */
    public Metric metricServerError() {
        return watch.serverErrors();
    }

    /** {@return how long answers took, in milliseconds: average over 5 minutes} */
    public Metric metricLatency() {
        return watch.latency("Average");
    }

    private @Nullable WarmFunction createFunction(ServerlessWebAppProps props) {
        if (props.getFunction() == null && !props.describesFunction()) {
            return null;
        }
        WarmFunction created = props.toFunction(this, "Function", props.getFunction());
        if (props.getFunction() == null) {
            Acknowledged.in(this).finding(created.getFunction(), "Serverless-LambdaDLQ", SYNCHRONOUS);
        }
        return created;
    }

    private Front createFront(ServerlessWebAppProps props, List<Route> routes, boolean isClosed) {
        WarmFunction own = props.getFunction() == null ? function : null;
        if (props.getFront() instanceof ApiFront.Rest rest) {
            return new RestFront(this, props, rest, own, routes, isClosed);
        }
        HttpFront http = new HttpFront(this, props, (ApiFront.Http) props.getFront(), own, isClosed);
        http.create(routes);
        return http;
    }

    private SiteDelivery.Delivered createSite(Site site, ServerlessWebAppProps props) {
        ApiOrigin api = front.origin();
        if (props.getOriginSecret() != null) {
            // CloudFormation puts the value in at deployment: the template has a reference to it.
            api = api.header(
                    SECRET_HEADER, props.getOriginSecret().getSecretValue().unsafeUnwrap());
        }
        Map<String, ApiOrigin> origins = new LinkedHashMap<>(Map.of("/api/*", api));
        origins.putAll(props.getOrigins());
        return SiteDelivery.of(this, site, origins, props.getDomain())
                .create(props.getCustomizeBucket(), props.getCustomizeDistribution());
    }

    private void createOutput() {
        if (delivered == null && ownUrl == null && !front.isOpen()) {
            return;
        }
        CfnOutput.Builder.create(this, "Url")
                .description("The address of the web application")
                .value(getUrl())
                .build();
    }

    /** Creates a {@link ServerlessWebApp}. */
    public static final class Builder extends ServerlessWebAppProps.Setters<Builder>
            implements software.amazon.jsii.Builder<ServerlessWebApp> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a web application.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the web application.
         *
         * @return the web application
         * @throws NullPointerException if there is nothing to run
         * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
         */
        @Override
        public ServerlessWebApp build() {
            return new ServerlessWebApp(scope, id, toProps());
        }
    }
}
