package dev.ashlar.local.internal.service;

import dev.ashlar.local.LocalDynamoDb;
import dev.ashlar.local.LocalS3;
import dev.ashlar.local.LocalSqs;
import dev.ashlar.local.internal.policy.Caller;
import dev.ashlar.local.internal.policy.TemplatePolicies;
import dev.ashlar.local.internal.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * DynamoDB, S3 and SQS with the tables, buckets and queues of templates. Addresses are known when this is opened, before
 * templates are read; they answer when it is started. Only what the templates have is started.
 *
 * <pre>{@code
 * try (Services services = Services.open(options)) {
 *     Addresses addresses = ... services.getQueueUrl(name) ...;
 *     services.start(templates);
 *     services.addCaller("AKIA...", Caller.of(function, roleArn, functionName));
 * }
 * }</pre>
 */
public final class Services implements AutoCloseable {
    private final Options options;
    private final Map<Service, Gate> gates = new EnumMap<>(Service.class);
    private final Map<Service, StandIn> standIns = Collections.synchronizedMap(new EnumMap<>(Service.class));
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final List<String> reported = new ArrayList<>();
    private TemplatePolicies policies = TemplatePolicies.of(List.of());

    /**
     * A server, and how its content is emptied.
     *
     * @param endpoint where it answers
     * @param server what is closed
     * @param reset empties it
     */
    private record StandIn(URI endpoint, AutoCloseable server, Runnable reset) {}

    private Services(Options options) {
        this.options = options;
        for (Service service : Service.values()) {
            gates.put(service, Gate.open(service.getName()));
        }
    }

    /** {@return services with addresses, that do not answer yet} */
    public static Services open(Options options) {
        return new Services(options);
    }

    /** {@return where functions and tests reach a service, such as {@code http://127.0.0.1:40101}} */
    public URI getEndpoint(Service service) {
        return gate(service).getEndpoint();
    }

    /** {@return the URL of a queue, which is that of its gate} */
    public String getQueueUrl(String name) {
        return getEndpoint(Service.SQS) + "/" + LocalSqs.ACCOUNT + "/" + name;
    }

    /** {@return the server behind a gate, where all is allowed and no event is told; nothing if it does not run} */
    public Optional<URI> getStandIn(Service service) {
        return Optional.ofNullable(standIns.get(service)).map(StandIn::endpoint);
    }

    /**
     * Makes a function known by an access key, which its requests are signed with.
     *
     * @param accessKeyId letters and digits only, as DynamoDB Local wants it
     * @param caller the function
     */
    public void addCaller(String accessKeyId, Caller caller) {
        callers.put(accessKeyId, caller);
    }

    /**
     * Starts what templates have, and lets callers in. What fails leaves nothing running.
     *
     * @param topmost the templates; those nested in them are added
     * @throws IllegalStateException if a server does not start, or does not take what a template has
     */
    public void start(List<Template> topmost) {
        List<Template> templates = topmost.stream()
                .flatMap(template -> Stream.concat(Stream.of(template), template.getNested()))
                .toList();
        Admin admin = new Admin();
        Tables tables = new Tables(admin, templates);
        Buckets buckets = new Buckets(admin, templates);
        Queues queues = new Queues(admin, templates, this::getQueueUrl);
        policies = TemplatePolicies.of(templates);
        Inventory inventory = new Inventory(options.account());
        inventory.add(Service.DYNAMODB, tables.all());
        inventory.add(Service.S3, buckets.all());
        inventory.add(Service.SQS, queues.all());
        Guard guard = new Guard(options.permissions(), options.log(), policies, inventory, callers);

        List<Runnable> starts = new ArrayList<>();
        if (!tables.isEmpty()) {
            starts.add(() -> startDynamoDb(tables, guard, inventory));
        }
        if (!buckets.isEmpty()) {
            starts.add(() -> startS3(buckets, guard));
        }
        if (!queues.isEmpty()) {
            starts.add(() -> startSqs(queues, guard, inventory));
        }
        Stream.of(tables.reported(), buckets.reported(), queues.reported()).forEach(reported::addAll);
        if (options.permissions()) {
            reported.addAll(policies.getReported());
        }
        try {
            runTogether(starts);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        gates.forEach((service, gate) -> {
            if (!standIns.containsKey(service)) {
                gate.serve(call -> call.answer(400, "text/plain", "No template has a resource of this service"));
            }
        });
    }

    /** {@return what is not done here or not done as at AWS, a line each} */
    public List<String> getReported() {
        List<String> all = new ArrayList<>(reported);
        if (options.permissions()) {
            callers.values().stream()
                    .distinct()
                    .filter(caller -> !policies.hasRole(caller.roleArn()))
                    .map(caller -> "[" + caller.path() + "] its role " + caller.roleArn()
                            + " is not in the templates: all is allowed to it here")
                    .sorted()
                    .forEach(all::add);
        }
        return all;
    }

    /** Empties all tables, buckets and queues. Nobody is told. */
    public void reset() {
        standIns.values().forEach(standIn -> standIn.reset().run());
    }

    /** Stops all. What is not kept in a directory is gone. */
    @Override
    public void close() {
        gates.values().forEach(Gate::close);
        List<Runnable> stops = new ArrayList<>();
        standIns.values().forEach(standIn -> stops.add(() -> close(standIn.server())));
        runTogether(stops);
        standIns.clear();
    }

    private void startDynamoDb(Tables tables, Guard guard, Inventory inventory) {
        LocalDynamoDb server =
                directory(Service.DYNAMODB).map(LocalDynamoDb::start).orElseGet(LocalDynamoDb::start);
        URI endpoint = server.getEndpoint();
        standIns.put(Service.DYNAMODB, new StandIn(endpoint, server, () -> tables.reset(endpoint)));
        tables.create(endpoint);
        DynamoDbActions actions = new DynamoDbActions(name -> inventory.arn(Service.DYNAMODB, name), tables.keys());
        gate(Service.DYNAMODB).serve(new DynamoDbGate(endpoint, guard, actions));
    }

    private void startS3(Buckets buckets, Guard guard) {
        LocalS3 server = directory(Service.S3).map(LocalS3::start).orElseGet(LocalS3::start);
        URI endpoint = server.getEndpoint();
        standIns.put(Service.S3, new StandIn(endpoint, server, () -> buckets.reset(endpoint)));
        buckets.create(endpoint);
        gate(Service.S3)
                .serve(new S3Gate(endpoint, guard, buckets.cors(), new ObjectEvents(endpoint, options.events())));
    }

    private void startSqs(Queues queues, Guard guard, Inventory inventory) {
        LocalSqs server = LocalSqs.start(options.account().region(), getEndpoint(Service.SQS));
        URI endpoint = server.getEndpoint();
        standIns.put(Service.SQS, new StandIn(endpoint, server, () -> queues.reset(endpoint)));
        queues.create(endpoint);
        SqsActions actions = new SqsActions(name -> inventory.arn(Service.SQS, name), queues::sourcesOf);
        gate(Service.SQS).serve(new SqsGate(endpoint, guard, actions));
    }

    /** {@return where a service keeps what it has, if it does} */
    private Optional<Path> directory(Service service) {
        return options.data().map(data -> {
            try {
                return Files.createDirectories(data.resolve(service.getName()).toAbsolutePath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Gate gate(Service service) {
        return Optional.ofNullable(gates.get(service)).orElseThrow();
    }

    /** Each takes a second or two, and most of it is waiting. */
    private static void runTogether(List<Runnable> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, tasks.size()));
        Function<Runnable, CompletableFuture<Void>> run = task -> CompletableFuture.runAsync(task, threads);
        try {
            CompletableFuture.allOf(tasks.stream().map(run).toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
