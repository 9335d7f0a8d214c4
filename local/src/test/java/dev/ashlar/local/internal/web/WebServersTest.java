package dev.ashlar.local.internal.web;

import static dev.ashlar.local.internal.web.LocalWeb.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebServersTest {
    private static final String ALL = """
            {'Resources':{
              'Url':{'Type':'AWS::Lambda::Url','Properties':{'TargetFunctionArn':'arn:f','AuthType':'NONE'}},
              'Api':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'HTTP'}},
              'Web':{'Type':'AWS::CloudFront::Distribution','Properties':{'DistributionConfig':{
                'DefaultCacheBehavior':{'TargetOriginId':'none'}}}}}}
            """;

    @Test
    void distributionsGetTheFirstPortThenApisThenFunctionUrls() throws Exception {
        int port = freePort();
        AssemblyStack stack = stack(ALL);

        try (WebServers servers = WebServers.open(List.of(stack), port)) {
            int web = port(servers.distribution(resource(stack, "Web")));
            int api = port(servers.api(resource(stack, "Api")));
            int url = port(servers.api(resource(stack, "Url")));

            assertThat(web).isGreaterThanOrEqualTo(port);
            assertThat(api).isGreaterThan(web);
            assertThat(url).isGreaterThan(api);
        }
    }

    @Test
    void aPortThatIsTakenIsPassedOver() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AssemblyStack stack = stack(ALL);

            try (WebServers servers = WebServers.open(List.of(stack), taken.getLocalPort())) {
                int port = port(servers.distribution(resource(stack, "Web")));
                assertThat(port).isGreaterThan(taken.getLocalPort());
                assertThat(servers.getPassedOver())
                        .hasValue("Port " + taken.getLocalPort() + " is taken; the next free one is " + port);
            }
        }
    }

    @Test
    void tellsIfNoPortIsFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(65535, 1, InetAddress.getLoopbackAddress())) {
            AssemblyStack stack = stack(ALL);

            assertThat(taken.isBound()).isTrue();
            assertThatIllegalStateException()
                    .isThrownBy(() -> WebServers.open(List.of(stack), 65535))
                    .withMessage("--port must be a port that is free, or has a free one after it, got 65535");
        }
    }

    @Test
    void answersBeforeItIsStartedAndNotAfterItIsClosed() throws Exception {
        AssemblyStack stack = stack(ALL);
        WebServers servers = WebServers.open(List.of(stack), 0);
        URI address = URI.create("http://" + servers.distribution(resource(stack, "Web")));

        assertThat(get(address).statusCode()).isEqualTo(503);

        servers.close();
        assertThat(isOpen(address)).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("ashlar-web") && !thread.isDaemon());
    }

    @Test
    void whatIsMoreThanItHasThreadsForWaits() throws Exception {
        AssemblyStack stack = stack(ALL);
        CountDownLatch end = new CountDownLatch(1);
        FakeFunctions functions = new FakeFunctions();
        functions.handler = (arn, event) -> {
            awaitEnd(end);
            return FakeFunctions.returns("'ok'");
        };
        try (WebServers servers = WebServers.open(List.of(stack), 0)) {
            start(servers, functions, stack);
            HttpRequest request = HttpRequest.newBuilder(URI.create(servers.api(resource(stack, "Url")) + "/"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();

            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                            () -> client.sendAsync(request, BodyHandlers.ofString()))
                    .limit(3 * LocalServer.THREADS)
                    .toList();
            await().atMost(Duration.ofSeconds(30)).until(() -> functions.events.size() == LocalServer.THREADS);
            Thread.sleep(100);
            assertThat(functions.events).hasSize(LocalServer.THREADS);

            end.countDown();
            assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
        }
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void tellsWhatIsNotRun() throws Exception {
        AssemblyStack stack = stack("""
                {'Resources':{
                  'Sockets':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'WEBSOCKET'}},
                  'Rest':{'Type':'AWS::ApiGateway::RestApi'},
                  'Name':{'Type':'AWS::ApiGatewayV2::DomainName'},
                  'Api':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'HTTP'}},
                  'Route':{'Type':'AWS::ApiGatewayV2::Route','Properties':{
                    'ApiId':{'Ref':'Api'},'RouteKey':'POST /orders','Target':'integrations/Shop-Send'}},
                  'Send':{'Type':'AWS::ApiGatewayV2::Integration','Properties':{
                    'ApiId':{'Ref':'Api'},'IntegrationType':'AWS_PROXY','IntegrationSubtype':'SQS-SendMessage'}},
                  'Stage':{'Type':'AWS::ApiGatewayV2::Stage','Properties':{
                    'ApiId':{'Ref':'Api'},'StageName':'$default','DefaultRouteSettings':{'ThrottlingRateLimit':5}}}}}
                """);
        try (WebServers servers = WebServers.open(List.of(stack), 0)) {
            start(servers, new FakeFunctions(), stack);

            assertThat(servers.getReported())
                    .containsExactlyInAnyOrder(
                            "[Sockets] WebSocket APIs are not run here: its address answers 503",
                            "[Route] SQS-SendMessage is not run here: POST /orders answers 501",
                            "[Stage] is not throttled here: no request is answered 429",
                            "[Rest] REST APIs are not run here: nothing answers",
                            "[Name] custom domains are not run here: the API answers at its own address");
            assertThat(get(URI.create(servers.api(resource(stack, "Sockets")))).statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void whatOnlyAwsKnowsKeepsNothingElseFromRunning() throws Exception {
        AssemblyStack stack = stack("""
                {'Resources':{
                  'Url':{'Type':'AWS::Lambda::Url','Properties':{'AuthType':'NONE',
                    'TargetFunctionArn':{'Fn::GetAtt':['Other','Arn']}}},
                  'Api':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'HTTP'}},
                  'Stage':{'Type':'AWS::ApiGatewayV2::Stage','Properties':{'ApiId':{'Ref':'Api'},'StageName':'$default'}},
                  'Lost':{'Type':'AWS::ApiGatewayV2::Route','Properties':{
                    'ApiId':{'Fn::GetAtt':['Other','Id']},'RouteKey':'GET /lost'}},
                  'Route':{'Type':'AWS::ApiGatewayV2::Route','Properties':{
                    'ApiId':{'Ref':'Api'},'RouteKey':'GET /','Target':{'Fn::Sub':'integrations/${Call}'}}},
                  'Call':{'Type':'AWS::ApiGatewayV2::Integration','Properties':{'ApiId':{'Ref':'Api'},
                    'IntegrationType':'AWS_PROXY','IntegrationUri':{'Fn::GetAtt':['Other','Arn']}}},
                  'Other':{'Type':'AWS::New::Thing'}}}
                """);
        try (WebServers servers = WebServers.open(List.of(stack), 0)) {
            start(servers, new FakeFunctions(), stack);

            String why =
                    "[Shop] Fn::GetAtt Other.Arn cannot be resolved here: only AWS knows this of a AWS::New::Thing";
            assertThat(servers.getReported())
                    .containsExactly(
                            "[Route] its integration is not known here: " + why + ": GET / answers 501",
                            "[Url] is not run here, its address answers 503: " + why,
                            "[Lost] is of an API that is not here: nothing answers");
            assertThat(get(URI.create(servers.api(resource(stack, "Api")) + "/"))
                            .statusCode())
                    .isEqualTo(501);
            assertThat(get(URI.create(servers.api(resource(stack, "Url")) + "/"))
                            .statusCode())
                    .isEqualTo(503);
        }
    }

    @Test
    void distributionsTellWhatTheyDoNotDo() throws Exception {
        AssemblyStack stack = stack("""
                {'Resources':{'Web':{'Type':'AWS::CloudFront::Distribution','Properties':{'DistributionConfig':{
                  'WebACLId':'acl','Restrictions':{'GeoRestriction':{'RestrictionType':'blacklist','Locations':['XX']}},
                  'Origins':[{'Id':'token','DomainName':{'Fn::GetAtt':['Other','Address']}}],
                  'DefaultCacheBehavior':{'TargetOriginId':'token','CachePolicyId':'none','TrustedKeyGroups':['k'],
                    'LambdaFunctionAssociations':[{'EventType':'viewer-request'}]}}}},
                 'Other':{'Type':'AWS::New::Thing'}}}
                """);
        try (WebServers servers = WebServers.open(List.of(stack), 0)) {
            start(servers, new FakeFunctions(), stack);

            assertThat(servers.getReported())
                    .containsExactly(
                            "[Web] the origin is not run here: [Shop] Fn::GetAtt Other.Address cannot be resolved here:"
                                    + " only AWS knows this of a AWS::New::Thing; its behaviors answer 502",
                            "[Web] CachePolicyId none is not known here, and does nothing",
                            "[Web] keeps nothing in a cache here, and speaks http: ViewerProtocolPolicy does nothing",
                            "[Web] Lambda@Edge functions are not run here",
                            "[Web] signed URLs and cookies are not checked here",
                            "[Web] the web ACL is not applied here",
                            "[Web] countries are not known here, none is refused");
            assertThat(get(URI.create("http://" + servers.distribution(resource(stack, "Web"))))
                            .statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void theSecondOriginOfAGroupAnswersWhereTheFirstFails() throws Exception {
        AssemblyStack stack = stack("""
                {'Resources':{
                  'Web':{'Type':'AWS::CloudFront::Distribution','Properties':{'DistributionConfig':{
                    'Origins':[{'Id':'gone','DomainName':'gone.invalid','CustomOriginConfig':{}},
                      {'Id':'api','DomainName':{'Fn::Sub':'${Api}.execute-api.${AWS::Region}.amazonaws.com'},
                       'CustomOriginConfig':{}}],
                    'OriginGroups':{'Items':[{'Id':'both','FailoverCriteria':{'StatusCodes':{'Items':[502]}},
                      'Members':{'Items':[{'OriginId':'gone'},{'OriginId':'api'}]}}]},
                    'DefaultCacheBehavior':{'TargetOriginId':'both','AllowedMethods':['GET','POST'],
                      'ForwardedValues':{'QueryString':true,'Headers':['X-A'],
                        'Cookies':{'Forward':'whitelist','WhitelistedNames':['a']}}}}}},
                  'Api':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'HTTP'}},
                  'Stage':{'Type':'AWS::ApiGatewayV2::Stage','Properties':{'ApiId':{'Ref':'Api'},'StageName':'$default'}},
                  'Route':{'Type':'AWS::ApiGatewayV2::Route','Properties':{
                    'ApiId':{'Ref':'Api'},'RouteKey':'$default','Target':{'Fn::Sub':'integrations/${Call}'}}},
                  'Call':{'Type':'AWS::ApiGatewayV2::Integration','Properties':{'ApiId':{'Ref':'Api'},
                    'IntegrationType':'AWS_PROXY','PayloadFormatVersion':'2.0','IntegrationUri':'arn:f'}}}}
                """);
        FakeFunctions functions = new FakeFunctions();
        try (WebServers servers = WebServers.open(List.of(stack), 0)) {
            start(servers, functions, stack);
            URI address = URI.create("http://" + servers.distribution(resource(stack, "Web")) + "/x?b=1");

            HttpResponse<String> read = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .headers("X-A", "1", "X-B", "2", "Cookie", "a=1; b=2")
                                    .build(),
                            BodyHandlers.ofString());
            HttpResponse<String> written = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .POST(HttpRequest.BodyPublishers.ofString("x"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(read.body()).isEqualTo("ok");
            assertThat(written.statusCode()).isEqualTo(502);
            assertThat(functions.last().path("rawQueryString").asText()).isEqualTo("b=1");
            assertThat(functions.last().path("cookies")).hasSize(1);
            assertThat(functions.last().path("headers").has("x-a")).isTrue();
            assertThat(functions.last().path("headers").has("x-b")).isFalse();
        }
    }

    @Test
    void routesMayBeDeclaredInAnotherStack() throws Exception {
        AssemblyStack apis = stack("""
                {'Resources':{'Api':{'Type':'AWS::ApiGatewayV2::Api','Properties':{'ProtocolType':'HTTP'}},
                  'Stage':{'Type':'AWS::ApiGatewayV2::Stage','Properties':{'ApiId':{'Ref':'Api'},'StageName':'$default'}}},
                 'Outputs':{'Id':{'Value':{'Ref':'Api'},'Export':{'Name':'api'}}}}
                """);
        AssemblyStack routes = stack("""
                {'Resources':{
                  'Route':{'Type':'AWS::ApiGatewayV2::Route','Properties':{
                    'ApiId':{'Fn::ImportValue':'api'},'RouteKey':'GET /','Target':{'Fn::Sub':'integrations/${Call}'}}},
                  'Call':{'Type':'AWS::ApiGatewayV2::Integration','Properties':{
                    'ApiId':{'Fn::ImportValue':'api'},'IntegrationType':'AWS_PROXY','PayloadFormatVersion':'2.0',
                    'IntegrationUri':'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:f:live/invocations'}}}}
                """);
        FakeFunctions functions = new FakeFunctions();
        functions.handler =
                (arn, event) -> FakeFunctions.returns("{'statusCode':200,'headers':{'x-arn':'" + arn + "'},'body':''}");
        try (WebServers servers = WebServers.open(List.of(apis, routes), 0)) {
            start(servers, functions, apis, routes);

            HttpResponse<String> response = get(URI.create(servers.api(resource(apis, "Api")) + "/"));

            assertThat(header(response, "x-arn")).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:f:live");
            assertThat(servers.getListing())
                    .containsExactly(new Listing(
                            "Api", servers.api(resource(apis, "Api")), List.of(new Listing.Entry("GET /", "f:live"))));
        }
    }

    private static AssemblyStack stack(String template) throws IOException {
        return new AssemblyStack(
                "Shop",
                "Shop",
                "aws://unknown-account/unknown-region",
                Path.of("."),
                Json.parse(template.replace('\'', '"')),
                Map.of(),
                Map.of());
    }

    private static void start(WebServers servers, FakeFunctions functions, AssemblyStack... stacks) {
        servers.start(
                Stream.of(stacks).map(stack -> template(stack, servers)).toList(),
                functions,
                URI.create("http://127.0.0.1:9"),
                new WebOptions(Map.of(), line -> {}));
    }

    private static Template template(AssemblyStack stack, WebServers servers) {
        return LocalWeb.template(
                stack, servers, name -> name.equals("api") ? Optional.of("Shop-Api") : Optional.empty());
    }

    private static Resource resource(AssemblyStack stack, String id) {
        return new Resource(id, "", id, stack.template().path("Resources").path(id));
    }

    private static int port(String address) {
        return Integer.parseInt(address.replaceFirst(".*:", ""));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOpen(URI address) {
        try {
            get(address);
            return true;
        } catch (IOException e) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
