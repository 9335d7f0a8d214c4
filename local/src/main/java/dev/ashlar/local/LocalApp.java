package dev.ashlar.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.event.EventSources;
import dev.ashlar.local.internal.lambda.LocalFunctions;
import dev.ashlar.local.internal.policy.Caller;
import dev.ashlar.local.internal.service.ObjectEvent;
import dev.ashlar.local.internal.service.Options;
import dev.ashlar.local.internal.service.Service;
import dev.ashlar.local.internal.service.Services;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Addresses;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.CloudAssembly;
import dev.ashlar.local.internal.template.PhysicalNames;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.web.Listing;
import dev.ashlar.local.internal.web.WebOptions;
import dev.ashlar.local.internal.web.WebServers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Stacks of a synthesised app that run on this machine, without containers and without an account.
 *
 * <pre>{@code
 * try (LocalApp shop = LocalApp.of("cdk.out").stack("Shop").start()) {
 *     HttpRequest request = HttpRequest.newBuilder(shop.getUrl().resolve("/api/orders")).build();
 * }
 * }</pre>
 *
 * <p>It reads what {@code cdk synth} wrote, so it runs any CDK app. Functions run in processes of their own, HTTP APIs,
 * distributions and sites answer on the loopback interface, tables, buckets and queues are those of DynamoDB Local, S3Mock
 * and ElasticMQ, each behind a gate that refuses what a function's role does not allow. {@link #getReported()} says what the
 * stacks have that is not run, and what happens instead.
 */
public final class LocalApp implements AutoCloseable {
    private static final String KEY = "local";
    private static final String NOWHERE = "http://127.0.0.1:1";

    private final Account account;
    private final List<Template> templates = new ArrayList<>();
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Services services;
    private final WebServers web;
    private final LocalSns sns;
    private final LocalFunctions functions;
    private final EventSources events;

    private LocalApp(Builder builder, List<AssemblyStack> stacks) {
        try {
            account = Account.of(stacks.get(0));
            web = opened(WebServers.open(stacks, builder.port));
            web.getPassedOver().ifPresent(builder.log);
            services = opened(Services.open(new Options(
                    account, builder.data, builder.permissions, builder.log, event -> objectChanged(event))));
            sns = opened(LocalSns.start());
            Addresses addresses = new Servers();
            for (AssemblyStack stack : stacks) {
                templates.add(new Template(
                        stack, account, self -> new PhysicalNames(self, account, addresses), this::exported));
            }
            functions = opened(new LocalFunctions(
                    templates, this::variables, line -> line.render().ifPresent(builder.log)));
            addCallers();
            services.start(templates);
            web.start(templates, functions, endpointBehind(Service.S3), new WebOptions(builder.claims, builder.log));
            events = opened(EventSources.start(
                    allTemplates().toList(),
                    account,
                    functions,
                    endpointBehind(Service.SQS),
                    builder.clock,
                    (path, text) -> builder.log.accept("[" + path + "] " + text)));
            sns.onPublish(message ->
                    events.published(message.topicArn(), message.subject(), message.message(), message.attributes()));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins with an assembly.
     *
     * @param assembly what {@code cdk synth} wrote, such as {@code cdk.out}; a relative path is one from the working
     *     directory
     * @return a builder, to be ended with {@link Builder#start()}
     */
    public static Builder of(String assembly) {
        return new Builder(assembly);
    }

    /**
     * Returns where the app is to be opened: the first distribution, else the first API or function URL.
     *
     * @return such as {@code http://localhost:8080/}
     * @throws IllegalStateException if nothing answers HTTP
     */
    public URI getUrl() {
        return web.getListing().stream()
                .findFirst()
                .map(listing -> URI.create(listing.address() + "/"))
                .orElseThrow(() -> new IllegalStateException("The stacks have nothing that answers HTTP"));
    }

    /**
     * Returns where a distribution, an API or a function URL answers.
     *
     * @param path its construct path such as {@code Shop/Web/Api}, or the end of it
     * @return such as {@code http://127.0.0.1:40101/}
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public URI getUrl(String path) {
        Map<String, String> addresses = new HashMap<>();
        web.getListing().forEach(listing -> addresses.put(listing.path(), listing.address()));
        return URI.create(find(path, addresses) + "/");
    }

    /**
     * Returns what a table, bucket, queue or any other resource is called here.
     *
     * @param path its construct path such as {@code Shop/Orders/Table}, or the end of it
     * @return the name
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public String getName(String path) {
        Map<String, String> names = new HashMap<>();
        allTemplates().forEach(template -> {
            PhysicalNames known = new PhysicalNames(template, account, new Servers());
            template.getResources().forEach(resource -> names.put(resource.path(), known.name(resource)));
        });
        return find(path, names);
    }

    /**
     * Returns an output of a stack.
     *
     * @param name its name in the template
     * @return the value, as it is here
     * @throws IllegalArgumentException if no stack has such an output
     */
    public String getOutput(String name) {
        List<String> others = new ArrayList<>();
        for (Template template : templates) {
            JsonNode output = template.getOutputs().get(name);
            if (output != null) {
                return template.resolve(output).asText();
            }
            others.addAll(template.getOutputs().keySet());
        }
        throw new IllegalArgumentException(
                "output must be one of a stack, got " + name + "; there are " + String.join(", ", others));
    }

    /**
     * Returns where a service answers.
     *
     * @param service {@code dynamodb}, {@code s3}, {@code sqs} or {@code sns}
     * @return such as {@code http://127.0.0.1:40102}
     * @throws IllegalArgumentException if it is another one
     */
    public URI getEndpoint(String service) {
        if (service.equals("sns")) {
            return sns.getEndpoint();
        }
        return Stream.of(Service.values())
                .filter(known -> known.getName().equals(service))
                .findFirst()
                .map(services::getEndpoint)
                .orElseThrow(
                        () -> new IllegalArgumentException("service must be dynamodb, s3, sqs or sns, got " + service));
    }

    /**
     * Builds an AWS client that may do anything in what runs here.
     *
     * @param service {@code dynamodb}, {@code s3}, {@code sqs} or {@code sns}
     * @param builder the client's builder, such as {@code DynamoDbClient.builder()}
     * @param <B> the builder's type
     * @param <C> the client's type
     * @return the client, to be closed
     */
    public <B extends AwsClientBuilder<B, C>, C> C client(String service, B builder) {
        return builder.endpointOverride(getEndpoint(service))
                .region(Region.of(account.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .build();
    }

    /**
     * Invokes a function, and waits for it.
     *
     * @param path the function's construct path such as {@code Shop/Orders/Function}, or the end of it
     * @param event the event
     * @return how it ended
     * @throws IllegalArgumentException if there is no such function, or more than one
     */
    public LambdaResult invoke(String path, LambdaEvent event) {
        Map<String, String> arns = new HashMap<>();
        allTemplates()
                .forEach(template -> template.getResources("AWS::Lambda::Function")
                        .forEach(function -> arns.put(function.path(), arn(template, function))));
        return new LambdaResult(
                functions.execute(find(path, arns), event.toJson().getBytes(UTF_8)));
    }

    /**
     * Runs a schedule now. Of a task that has several, the first is run, unless one is named.
     *
     * @param schedule its name, its construct path or the end of that; or a construct that it lies in, such as a task
     * @throws IllegalArgumentException if there is none, or there are several that invoke different functions
     */
    public void fire(String schedule) {
        events.fire(schedule);
    }

    /** {@return what was published to topics since the start, or since {@link #reset()}} */
    public List<SnsMessage> getPublished() {
        return sns.getPublished();
    }

    /** Empties all tables, buckets and queues, sites too, and forgets what was published. Tests call it between each other. */
    public void reset() {
        services.reset();
        sns.reset();
    }

    /** {@return all addresses, routes, queues, rules and schedules, a line each} */
    public List<String> getListing() {
        List<String> lines = new ArrayList<>();
        for (Listing listing : web.getListing()) {
            lines.add("%-32s %s".formatted(listing.address(), listing.path()));
            listing.entries().forEach(entry -> lines.add("    %-28s %s".formatted(entry.match(), entry.target())));
        }
        lines.addAll(events.getListing());
        return lines;
    }

    /** {@return what the stacks have that is not run here, and what happens instead, a line each} */
    public List<String> getReported() {
        return Stream.of(functions.getUnsupported(), services.getReported(), web.getReported(), events.getReported())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** Stops everything. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                failure = new IllegalStateException("What runs here does not stop", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        running.push(resource);
        return resource;
    }

    private Stream<Template> allTemplates() {
        return templates.stream().flatMap(template -> Stream.concat(Stream.of(template), template.getNested()));
    }

    private Optional<String> exported(String name) {
        return templates.stream()
                .flatMap(template -> template.getExport(name).stream())
                .findFirst();
    }

    private URI endpointBehind(Service service) {
        return services.getStandIn(service).orElseGet(() -> services.getEndpoint(service));
    }

    private void objectChanged(ObjectEvent event) {
        Optional<Long> size =
                event.size().isPresent() ? Optional.of(event.size().getAsLong()) : Optional.empty();
        events.objectChanged(
                event.bucket(), event.key(), size, event.etag(), event.version(), event.sequencer(), event.reason());
    }

    private void addCallers() {
        allTemplates()
                .forEach(template -> template.getResources("AWS::Lambda::Function")
                        .forEach(function -> services.addCaller(
                                accessKey(arn(template, function)),
                                Caller.of(
                                        function,
                                        template.text(function, "Role").orElse(""),
                                        new PhysicalNames(template, account, new Servers()).name(function)))));
    }

    /** {@return where services answer a function, and who it is} */
    private Map<String, String> variables(String arn) {
        Map<String, String> variables = new HashMap<>();
        // Whatever else a function calls: nothing answers there, and nothing leaves this machine.
        variables.put("AWS_ENDPOINT_URL", NOWHERE);
        for (Service service : Service.values()) {
            variables.put(
                    "AWS_ENDPOINT_URL_" + service.getName().toUpperCase(Locale.ROOT),
                    services.getEndpoint(service).toString());
        }
        variables.put("AWS_ENDPOINT_URL_SNS", sns.getEndpoint().toString());
        variables.put("AWS_ACCESS_KEY_ID", accessKey(arn));
        variables.put("AWS_SECRET_ACCESS_KEY", KEY);
        variables.put("AWS_SESSION_TOKEN", KEY);
        return variables;
    }

    /** {@return letters and digits, as DynamoDB Local wants them, which are a function's own} */
    private static String accessKey(String arn) {
        String digits = UUID.nameUUIDFromBytes(arn.getBytes(UTF_8)).toString().replace("-", "");
        return "ASIA" + digits.substring(0, 16).toUpperCase(Locale.ROOT);
    }

    private static String arn(Template template, Resource resource) {
        ObjectNode token = JsonNodeFactory.instance.objectNode();
        token.putArray("Fn::GetAtt").add(resource.id()).add("Arn");
        JsonNode arn = template.resolve(token);
        return arn.asText();
    }

    private static String find(String path, Map<String, String> byPath) {
        String exact = byPath.get(path);
        List<String> found = byPath.keySet().stream()
                .filter(each -> each.endsWith("/" + path))
                .sorted()
                .toList();
        if (exact != null) {
            return exact;
        }
        if (found.size() == 1) {
            return Objects.requireNonNull(byPath.get(found.get(0)));
        }
        throw new IllegalArgumentException("path must be the end of one construct's path, got %s; there are %s"
                .formatted(
                        path,
                        String.join(
                                ", ",
                                found.isEmpty()
                                        ? byPath.keySet().stream().sorted().toList()
                                        : found)));
    }

    /** Addresses of what runs. */
    private final class Servers implements Addresses {
        @Override
        public String queue(String name) {
            return services.getQueueUrl(name);
        }

        @Override
        public String api(Resource api) {
            return web.api(api);
        }

        @Override
        public String distribution(Resource distribution) {
            return web.distribution(distribution);
        }
    }

    /** What is run, and how. */
    public static final class Builder {
        private static final int MAX_PORT = 65_535;

        private final String assembly;
        private final List<String> stacks = new ArrayList<>();
        private final Map<String, String> claims = new HashMap<>();
        private int port;
        private Optional<Path> data = Optional.empty();
        private boolean permissions = true;
        private Clock clock = Clock.systemUTC();
        private Consumer<String> log = line -> {};

        private Builder(String assembly) {
            this.assembly = assembly;
        }

        /**
         * Adds a stack.
         *
         * <p>Default: the assembly's only one.
         *
         * @param stack its name in CloudFormation, or its path such as {@code Production/Shop}
         * @return this builder
         */
        public Builder stack(String stack) {
            stacks.add(stack);
            return this;
        }

        /**
         * Sets where the first distribution answers, or without one the first API. If the port is taken, the next free one
         * is; the rest gets those after it.
         *
         * <p>Default: any free ones.
         *
         * @param port 1 to {@value #MAX_PORT}, or 0 for any
         * @return this builder
         * @throws IllegalArgumentException if it is another number
         */
        public Builder port(int port) {
            if (port < 0 || port > MAX_PORT) {
                throw new IllegalArgumentException("--port must be 0 to " + MAX_PORT + ", got " + port);
            }
            this.port = port;
            return this;
        }

        /**
         * Sets where tables and buckets are kept from run to run. Queues are always in memory.
         *
         * <p>Default: nothing is kept.
         *
         * @param directory is created if it is not there; null for nothing
         * @return this builder
         */
        public Builder data(@Nullable String directory) {
            this.data = Optional.ofNullable(directory).map(Path::of);
            return this;
        }

        /**
         * Sets whether a call to DynamoDB, S3 or SQS that a function's role does not allow is refused.
         *
         * <p>Default: true.
         *
         * @param permissions false to let everything through
         * @return this builder
         */
        public Builder permissions(boolean permissions) {
            this.permissions = permissions;
            return this;
        }

        /**
         * Adds a claim of whoever sends a token. Tokens are not checked here: with a claim, any bearer token gets in.
         *
         * <p>Default: routes that want a token answer 401.
         *
         * @param name such as {@code sub}
         * @param value such as {@code ada}
         * @return this builder
         */
        public Builder claim(String name, String value) {
            claims.put(name, value);
            return this;
        }

        /**
         * Sets what schedules and rules go by, which see within a second that it was set. Functions have this machine's
         * time.
         *
         * <p>Default: this machine's time.
         *
         * @param clock one that a test sets, for example
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sets what is told each line: the functions' logs, what is refused, retried or lost.
         *
         * <p>Default: nothing.
         *
         * @param log such as {@code System.out::println}
         * @return this builder
         */
        public Builder log(Consumer<String> log) {
            this.log = log;
            return this;
        }

        /**
         * Starts the stacks.
         *
         * @return the running app, to be closed
         * @throws IllegalArgumentException if there is no such assembly or stack, or the assembly has several and none is
         *     named
         * @throws IllegalStateException if something does not start
         */
        public LocalApp start() {
            CloudAssembly read = CloudAssembly.read(assembly);
            if (stacks.isEmpty() && read.getStacks().size() != 1) {
                throw new IllegalArgumentException("--stack must be given, as the assembly has %d: %s"
                        .formatted(
                                read.getStacks().size(),
                                String.join(
                                        ", ",
                                        read.getStacks().stream()
                                                .map(AssemblyStack::path)
                                                .toList())));
            }
            return new LocalApp(
                    this,
                    stacks.isEmpty()
                            ? read.getStacks()
                            : stacks.stream().map(read::getStack).toList());
        }
    }
}
