package dev.ashlar.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.patterns.webapp.ApiFront;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;

/** How many routes there can be before the stack has more resources than CloudFormation takes. */
final class Routes implements Row {
    private static final int RESOURCES_OF_A_STACK = 500;
    private static final int CHARACTERS_OF_A_TEMPLATE = 1_000_000;

    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
    // 300 resources an API, of which the root and what the paths have in common are two.
    private static final int ROUTES_OF_A_REST_API = 298;

    private static final double AIM = 3;
    private static final int TRIED_ONLY = 8;

    private final Inputs inputs;

    Routes(Inputs inputs) {
        this.inputs = inputs;
    }

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public String title() {
        return "routes one stack can hold";
    }

    @Override
    public int rounds() {
        return 2;
    }

    @Override
    public Section measure(int rounds) {
        List<BiConsumer<Stack, Integer>> forms = List.of(this::ashlar, this::asDocumented, this::sharingIntegration);
        for (BiConsumer<Stack, Integer> form : forms) {
            requireRoutes(form, TRIED_ONLY);
        }
        int mostOfRest = rounds == 1 ? TRIED_ONLY : 2 * ROUTES_OF_A_REST_API;
        requireDefinition(mostOfRest);
        int limit = rounds == 1 ? TRIED_ONLY : RESOURCES_OF_A_STACK;
        List<Integer> most = forms.stream()
                .map(form -> largest(limit, count -> resources(form, count) <= RESOURCES_OF_A_STACK))
                .toList();
        return new Section(
                "A function and its routes, by CDK's `HttpApi` with `HttpLambdaIntegration`, as synthesised. Checked: the"
                        + " templates have as many routes as were asked for.",
                List.of(
                        line(
                                "one integration object for each `addRoutes`, as CDK's documentation has it",
                                most.get(0),
                                most.get(1)),
                        line("one integration object for all routes", most.get(0), most.get(2)),
                        line("the first, beside `ApiFront.rest()`", mostOfRest, most.get(1))),
                List.of(
                        "Ashlar has one permission and one integration a function, and then one resource a route: two"
                                + " `ServerlessWebApp` share the function and halve the routes, since an API takes 300 of them.",
                        "CDK has a permission for each route, and an integration for each object that was made.",
                        "Three resources a route leave room for 165 of them: of the 500 that a stack holds, that is a third"
                                + " only if the function and the APIs are nothing.",
                        "Behind `ApiFront.rest()` all routes are one definition, and no resources: what ends first is the 300"
                                + " paths of a REST API. Checked: the definitions of two APIs have them all, and the template is"
                                + " below its limits."));
    }

    private void requireDefinition(int routes) {
        Stack stack = Pair.emptyStack();
        ashlar(stack, routes, ApiFront.rest());
        JsonNode template =
                new ObjectMapper().valueToTree(Template.fromStack(stack).toJSON());
        int found = 0;
        for (JsonNode resource : template.path("Resources")) {
            found += resource.at("/Properties/Body/paths").size();
        }
        int resources = template.path("Resources").size();
        int characters = template.toString().length();
        if (found != routes || resources > RESOURCES_OF_A_STACK || characters > CHARACTERS_OF_A_TEMPLATE) {
            throw new IllegalStateException(
                    "definitions must have %d routes in a template below its limits, got %d in %d resources and %d characters"
                            .formatted(routes, found, resources, characters));
        }
    }

    private static Line line(String what, int ours, int against) {
        double ratio = (double) ours / against;
        return new Line(
                what,
                String.valueOf(ours),
                String.valueOf(against),
                String.format(Locale.ROOT, "%.2f", ratio),
                0,
                "at least " + AIM,
                ratio >= AIM);
    }

    private void ashlar(Stack stack, int routes) {
        ashlar(stack, routes, ApiFront.http());
    }

    private void ashlar(Stack stack, int routes, ApiFront front) {
        WarmFunction function = WarmFunction.Builder.create(stack, "Function")
                .code(FunctionCode.of(Code.fromAsset(inputs.jar().toString())))
                .handler("shop.NotesHandler")
                .build();
        int half = (routes + 1) / 2;
        addWebApp(stack, "Web", front, function, 0, half);
        if (routes > half) {
            addWebApp(stack, "More", front, function, half, routes);
        }
    }

    private static void addWebApp(Stack stack, String id, ApiFront front, WarmFunction function, int from, int to) {
        ServerlessWebApp.Builder builder =
                ServerlessWebApp.Builder.create(stack, id).front(front);
        IntStream.range(from, to).forEach(route -> builder.route("GET " + path(route), function));
        builder.build();
    }

    private void asDocumented(Stack stack, int routes) {
        Function function = function(stack);
        HttpApi api = new HttpApi(stack, "Api");
        for (int i = 0; i < routes; i++) {
            addRoute(api, i, new HttpLambdaIntegration("Integration" + i, function));
        }
    }

    private void sharingIntegration(Stack stack, int routes) {
        HttpLambdaIntegration integration = new HttpLambdaIntegration("Integration", function(stack));
        HttpApi api = new HttpApi(stack, "Api");
        for (int i = 0; i < routes; i++) {
            addRoute(api, i, integration);
        }
    }

    private static void addRoute(HttpApi api, int route, HttpLambdaIntegration integration) {
        api.addRoutes(AddRoutesOptions.builder()
                .path(path(route))
                .methods(List.of(HttpMethod.GET))
                .integration(integration)
                .build());
    }

    private Function function(Stack stack) {
        return Function.Builder.create(stack, "Function")
                .code(Code.fromAsset(inputs.jar().toString()))
                .handler("shop.NotesHandler")
                .runtime(Runtime.JAVA_25)
                .build();
    }

    private static String path(int route) {
        return "/things/r" + route;
    }

    private static void requireRoutes(BiConsumer<Stack, Integer> form, int count) {
        long found = factsOf(form, count).types().getOrDefault("AWS::ApiGatewayV2::Route", 0L);
        if (found != count) {
            throw new IllegalStateException("routes must be " + count + " in the template, got " + found);
        }
    }

    private static int resources(BiConsumer<Stack, Integer> form, int routes) {
        return factsOf(form, routes).resources();
    }

    private static TemplateFacts factsOf(BiConsumer<Stack, Integer> form, int routes) {
        Stack stack = Pair.emptyStack();
        // CDK would refuse what is too large, and that is what is looked for.
        stack.getNode().setContext("@aws-cdk/core:stackResourceLimit", 0);
        form.accept(stack, routes);
        return TemplateFacts.of(stack);
    }

    /** The largest number up to a limit for which something holds that holds for all that are smaller. */
    static int largest(int limit, IntPredicate fits) {
        int fitting = 0;
        int tooMany = limit + 1;
        while (tooMany - fitting > 1) {
            int middle = (fitting + tooMany) / 2;
            if (fits.test(middle)) {
                fitting = middle;
            } else {
                tooMany = middle;
            }
        }
        return fitting;
    }
}
