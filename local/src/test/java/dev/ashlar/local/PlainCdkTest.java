package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.ScheduleTargetInput;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** An app of CDK's own constructs alone. Some of its functions have a role in which one action is missing. */
class PlainCdkTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> LOG = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path directory;

    private static LocalApp app;
    private static DynamoDbClient dynamo;

    @BeforeAll
    static void start() {
        App cdk = App.Builder.create()
                .outdir(directory.resolve("cdk.out").toString())
                .analyticsReporting(false)
                .build();
        new Shop(cdk, TestCode.callers(directory.resolve("classes")));
        cdk.synth();
        app = LocalApp.of(directory.resolve("cdk.out").toString()).log(LOG::add).start();
        dynamo = app.client("dynamodb", DynamoDbClient.builder());
        try (S3Client s3 = app.client("s3", S3Client.builder())) {
            s3.putObject(put -> put.bucket(app.getName("Shop/Files")).key("old.txt"), RequestBody.fromString("old"));
        }
    }

    @AfterAll
    static void stop() {
        if (dynamo != null) {
            dynamo.close();
        }
        if (app != null) {
            app.close();
        }
    }

    @Test
    void runs() throws Exception {
        for (String call : List.of("PutItem", "GetItem", "PutObject", "GetObject", "SendMessage")) {
            assertThat(call("Complete", call).statusCode()).as(call).isEqualTo(200);
        }
        app.fire("Nightly");

        awaitItem("requested");
        awaitItem("sent");
        awaitItem("aws.s3");
        awaitItem("the schedule");
        assertThat(app.getReported()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb:GetItem, arn:aws:dynamodb:us-east-1:000000000000:table/NAME, Orders, TableAccess.of(orders).grantRead(function)",
        "s3:GetObject, arn:aws:s3:::NAME/old.txt, Files, BucketAccess.of(files).grantRead(function)",
        "sqs:SendMessage, arn:aws:sqs:us-east-1:000000000000:NAME, Work, QueueAccess.of(work).grantSend(function)"
    })
    void anActionThatARoleLacksIsRefusedAndNoOther(String action, String arn, String resource, String line)
            throws Exception {
        String missing = action.substring(action.indexOf(':') + 1);
        String function = "Without" + missing;

        Map<String, String> refused = new HashMap<>();
        for (String call : List.of("GetItem", "GetObject", "SendMessage")) {
            HttpResponse<String> answer = call(function, call);
            if (answer.statusCode() != 200) {
                refused.put(call, answer.body());
            }
        }

        assertThat(refused).containsOnlyKeys(missing);
        assertThat(refused.get(missing))
                .containsIgnoringCase("is not authorized to perform: " + action + " on resource: ");
        assertThat(LOG.stream().filter(text -> text.startsWith("[Shop/" + function + "]")))
                .containsExactly(
                        "[Shop/%s] %s on %s [Shop/%s] was refused because no identity-based policy allows the %s action; add %s"
                                .formatted(
                                        function,
                                        action,
                                        arn.replace("NAME", app.getName("Shop/" + resource)),
                                        resource,
                                        action,
                                        line));
    }

    private static HttpResponse<String> call(String function, String call) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(app.getUrl().resolve("/" + function + "/" + call))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void awaitItem(String id) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!dynamo.getItem(
                        get -> get.tableName(app.getName("Shop/Orders")).key(Map.of("id", AttributeValue.fromS(id))))
                .hasItem()) {
            assertThat(System.nanoTime())
                    .as(id + " is not there: " + String.join("\n", LOG))
                    .isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** An API, a table, a bucket, a queue, a rule and a schedule. */
    private static final class Shop extends Stack {
        Shop(App app, Path code) {
            super(app, "Shop");
            Table orders = Table.Builder.create(this, "Orders")
                    .partitionKey(Attribute.builder()
                            .name("id")
                            .type(AttributeType.STRING)
                            .build())
                    .build();
            Bucket files = Bucket.Builder.create(this, "Files")
                    .eventBridgeEnabled(true)
                    .build();
            Queue work = new Queue(this, "Work");
            Map<String, String> environment = Map.of(
                    "TABLE", orders.getTableName(), "BUCKET", files.getBucketName(), "QUEUE", work.getQueueUrl());

            HttpApi api = new HttpApi(this, "Api");
            for (String missing : List.of("", "dynamodb:GetItem", "s3:GetObject", "sqs:SendMessage")) {
                String id = missing.isEmpty() ? "Complete" : "Without" + missing.substring(missing.indexOf(':') + 1);
                Function function = function(id, code, "request", environment);
                allow(function, missing, orders.getTableArn(), "dynamodb:GetItem", "dynamodb:PutItem");
                allow(function, missing, files.arnForObjects("*"), "s3:GetObject", "s3:PutObject");
                allow(function, missing, work.getQueueArn(), "sqs:SendMessage");
                api.addRoutes(AddRoutesOptions.builder()
                        .path("/" + id + "/{call}")
                        .integration(new HttpLambdaIntegration(id, function))
                        .build());
            }

            Function worker = function("Worker", code, "messages", environment);
            worker.addEventSource(new SqsEventSource(work));
            orders.grantWriteData(worker);
            Function listener = function("Listener", code, "event", environment);
            orders.grantWriteData(listener);
            Rule.Builder.create(this, "NewFiles")
                    .eventPattern(EventPattern.builder()
                            .source(List.of("aws.s3"))
                            .detailType(List.of("Object Created"))
                            .detail(Map.of("object", Map.of("key", List.of("new.txt"))))
                            .build())
                    .targets(List.of(new LambdaFunction(listener)))
                    .build();
            Schedule.Builder.create(this, "Nightly")
                    .schedule(ScheduleExpression.expression("cron(0 3 * * ? *)"))
                    .target(LambdaInvoke.Builder.create(listener)
                            .input(ScheduleTargetInput.fromObject(Map.of("source", "the schedule")))
                            .build())
                    .build();
        }

        private Function function(String id, Path code, String method, Map<String, String> environment) {
            return Function.Builder.create(this, id)
                    .runtime(Runtime.JAVA_17)
                    .code(Code.fromAsset(code.toString()))
                    .handler("shop.Callers::" + method)
                    .memorySize(512)
                    .timeout(software.amazon.awscdk.Duration.seconds(29))
                    .environment(environment)
                    .build();
        }

        private static void allow(Function function, String missing, String resource, String... actions) {
            List<String> allowed =
                    Stream.of(actions).filter(action -> !action.equals(missing)).toList();
            if (!allowed.isEmpty()) {
                function.addToRolePolicy(PolicyStatement.Builder.create()
                        .actions(allowed)
                        .resources(List.of(resource))
                        .build());
            }
        }
    }
}
