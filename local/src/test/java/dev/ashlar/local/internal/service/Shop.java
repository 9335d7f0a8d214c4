package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.policy.Caller;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Addresses;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.PhysicalNames;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A stack called Shop whose services run, and functions in roles of their own. */
final class Shop implements AutoCloseable {
    /** Stands for a role, and is the key that no function has. */
    static final String DEVELOPER = "local";

    static final Account ACCOUNT = new Account("000000000000", "eu-west-1");

    /** What was refused, and what became of objects, in order. */
    final List<String> log = Collections.synchronizedList(new ArrayList<>());

    final List<ObjectEvent> events = Collections.synchronizedList(new ArrayList<>());
    final Services services;
    private final Map<String, Object> clients = new ConcurrentHashMap<>();

    private Shop(UnaryOperator<Options> change) {
        this.services = Services.open(
                change.apply(Options.inMemory(ACCOUNT).log(log::add).events(events::add)));
    }

    /** {@return the stack with its services started} */
    static Shop start(String resources) {
        return start(resources, options -> options);
    }

    static Shop start(String resources, UnaryOperator<Options> change) {
        Shop shop = new Shop(change);
        shop.services.start(List.of(template(shop.services, resources)));
        return shop;
    }

    /** {@return a policy of a role, for which statements are given as action, space, resource} */
    static String role(String name, String... statements) {
        List<Map<String, String>> all = new ArrayList<>();
        for (String statement : statements) {
            String[] parts = statement.split(" ", 2);
            all.add(Map.of("Effect", "Allow", "Action", parts[0], "Resource", parts[1]));
        }
        return "'%s':{'Type':'AWS::IAM::Role','Properties':{'Policies':[{'PolicyDocument':{'Statement':%s}}]}}"
                .formatted(name, Json.write(all));
    }

    static Template template(Services services, String resources) {
        AssemblyStack stack = new AssemblyStack(
                "Shop",
                "Shop",
                "aws://unknown-account/eu-west-1",
                Path.of("."),
                json("{'Resources':{" + resources + "}}"),
                Map.of(),
                Map.of());
        return new Template(
                stack,
                ACCOUNT,
                self -> new PhysicalNames(self, ACCOUNT, new Queues(services)),
                name -> Optional.empty());
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the access key of a function in a role of the stack} */
    String accessKey(String role) {
        if (role.equals(DEVELOPER)) {
            return DEVELOPER;
        }
        String key = "AKIA" + role.toUpperCase(Locale.ROOT);
        services.addCaller(key, new Caller("Shop/" + role, "arn:aws:iam::000000000000:role/Shop-" + role, "Shop-Web"));
        return key;
    }

    DynamoDbClient dynamoDb(String role) {
        return (DynamoDbClient) clients.computeIfAbsent(
                "DynamoDB " + role, key -> client(Service.DYNAMODB, role, DynamoDbClient.builder()));
    }

    S3Client s3(String role) {
        return (S3Client) clients.computeIfAbsent("S3 " + role, key -> client(Service.S3, role, S3Client.builder()));
    }

    SqsClient sqs(String role) {
        return (SqsClient)
                clients.computeIfAbsent("SQS " + role, key -> client(Service.SQS, role, SqsClient.builder()));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            Service service, String role, B builder) {
        URI endpoint = services.getEndpoint(service);
        return builder.endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials(role))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    StaticCredentialsProvider credentials(String role) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey(role), "secret"));
    }

    @Override
    public void close() {
        services.close();
    }

    private record Queues(Services services) implements Addresses {
        @Override
        public String queue(String name) {
            return services.getQueueUrl(name);
        }

        @Override
        public String api(Resource api) {
            return "";
        }

        @Override
        public String distribution(Resource distribution) {
            return "";
        }
    }
}
