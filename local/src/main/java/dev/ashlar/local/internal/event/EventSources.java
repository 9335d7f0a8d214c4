package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import dev.ashlar.local.internal.template.UnresolvedTokenException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that invokes the functions of some templates by itself. */
public final class EventSources implements AutoCloseable {
    private static final String DEFAULT_BUS = "default";

    /** The clock may be set, and the machine sleeps: no longer than this is waited at once. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final int SECONDS_AFTER_A_FAILURE = 1;

    private final Account account;
    private final Clock clock;
    private final Log log;
    private final ScheduledThreadPoolExecutor threads;
    private final AsyncInvocations functions;
    private final Targets targets;
    private final ObjectEvents objectEvents;
    private final Topics topics;
    private final List<QueueMapping> mappings = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();
    private final Set<String> bucketsWithEvents = new HashSet<>();
    private final List<String> reported = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private EventSources(
            List<Template> templates, Account account, Functions functions, URI sqs, Clock clock, Log log) {
        this.account = account;
        this.clock = clock;
        this.log = log;
        this.threads = new ScheduledThreadPoolExecutor(8, new DaemonThreads("events"));
        Queues queues = new Queues(sqs, account.id());
        this.functions = new AsyncInvocations(functions, queues, threads, clock, log);
        this.targets = new Targets(this.functions, queues, log);
        this.objectEvents = new ObjectEvents(account, clock);
        this.topics = new Topics(targets, clock);
        templates.forEach(template -> read(template, functions, queues));
    }

    /**
     * Starts what the templates have.
     *
     * @param templates those of a stack and of the stacks in it
     * @param account where they are said to be
     * @param functions invokes functions
     * @param sqs where the queues are
     * @param clock the time
     * @param log what happens
     */
    public static EventSources start(
            List<Template> templates, Account account, Functions functions, URI sqs, Clock clock, Log log) {
        EventSources sources = new EventSources(templates, account, functions, sqs, clock, log);
        sources.mappings.forEach(sources::poll);
        sources.rules.forEach(sources::runByTheClock);
        sources.schedules.forEach(sources::runByTheClock);
        return sources;
    }

    /** {@return the queues, schedules and rules, a line each} */
    public List<String> getListing() {
        List<String> lines = new ArrayList<>();
        mappings.forEach(
                mapping -> lines.add("queue     " + mapping.getPath() + " -> " + shortened(mapping.getFunction())));
        rules.forEach(rule -> lines.add("rule      " + rule.path() + " " + rule.text()));
        schedules.forEach(schedule -> lines.add(
                "schedule  " + schedule.path() + " " + schedule.text() + (schedule.enabled() ? "" : ", disabled")));
        return lines;
    }

    /** {@return what the templates have and is not run, a line each} */
    public List<String> getReported() {
        return List.copyOf(reported);
    }

    /** Takes what S3 tells of a change, as {@link ObjectEvents#of} describes it. */
    public void objectChanged(
            String bucket,
            String key,
            Optional<Long> size,
            Optional<String> etag,
            Optional<String> versionId,
            String sequencer,
            String reason) {
        if (bucketsWithEvents.contains(bucket)) {
            put(objectEvents.of(bucket, key, size, etag, versionId, sequencer, reason));
        }
    }

    /** Puts an event on the default bus. */
    public void put(JsonNode event) {
        for (Rule rule : rules) {
            if (rule.patterns().map(patterns -> patterns.match(event)).orElse(false)) {
                rule.targets()
                        .forEach(target -> targets.deliver(
                                rule.path(), target.arn(), target.input().orElse(Json.write(event))));
            }
        }
    }

    /** Takes what was published to a topic. */
    public void published(String topicArn, @Nullable String subject, String message, Map<String, String> attributes) {
        topics.published(topicArn, subject, message, attributes);
    }

    /**
     * Runs a schedule now. Where several of one function are meant, which are those of a task, the first is run.
     *
     * @param name its name, its construct path or the end of that; or a construct that it lies in
     * @throws IllegalArgumentException if there is none, or there are several of different functions
     */
    public void fire(String name) {
        List<Schedule> found =
                schedules.stream().filter(schedule -> schedule.isMeant(name)).toList();
        if (found.stream().map(Schedule::target).distinct().count() != 1) {
            List<String> others = (found.isEmpty() ? schedules : found)
                    .stream().map(Schedule::path).toList();
            throw new IllegalArgumentException("--fire must name one schedule, got %s; there %s"
                    .formatted(name, others.isEmpty() ? "is none" : "are " + String.join(", ", others)));
        }
        fire(found.get(0), clock.instant());
    }

    @Override
    public void close() {
        stopping.countDown();
        threads.shutdownNow();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Template template, Functions invoker, Queues queues) {
        each(template, "AWS::Lambda::Function", function -> functions.readFunction(template, function));
        each(template, "AWS::Lambda::EventInvokeConfig", config -> functions.readConfig(template, config));
        each(
                template,
                "AWS::SNS::Subscription",
                subscription -> topics.read(template, subscription).ifPresent(reported::add));
        each(
                template,
                "AWS::S3::Bucket",
                bucket ->
                        readNotifications(bucket, template.resolve(ref(bucket)).asText()));
        // What CDK's Bucket makes of eventBridgeEnabled and addEventNotification.
        each(
                template,
                "Custom::S3BucketNotifications",
                resource -> readNotifications(
                        resource, template.text(resource, "BucketName").orElse("")));
        each(template, "AWS::Lambda::EventSourceMapping", mapping -> readMapping(template, mapping, invoker, queues));
        each(template, "AWS::Events::Rule", rule -> readRule(template, rule));
        each(template, "AWS::Scheduler::Schedule", schedule -> readSchedule(template, schedule));
    }

    /** What only AWS knows keeps one resource from running, not all. */
    private void each(Template template, String type, Consumer<Resource> read) {
        for (Resource resource : template.getResources(type)) {
            try {
                read.accept(resource);
            } catch (UnresolvedTokenException e) {
                reported.add("[%s] is not run here: %s".formatted(resource.path(), e.getMessage()));
            }
        }
    }

    private void readMapping(Template template, Resource mapping, Functions invoker, Queues queues) {
        String source = template.text(mapping, "EventSourceArn").orElse("");
        if (!source.contains(":sqs:")) {
            reported.add("[%s] the event source %s is not run here: its function is not invoked"
                    .formatted(mapping.path(), source));
        } else if (template.get(mapping, "Enabled").asBoolean(true)) {
            mappings.add(new QueueMapping(template, mapping, account, queues, invoker, log));
        }
    }

    private void readNotifications(Resource resource, String bucket) {
        JsonNode notifications = resource.raw("NotificationConfiguration");
        if (notifications.has("EventBridgeConfiguration")) {
            bucketsWithEvents.add(bucket);
        }
        if (notifications.properties().stream().anyMatch(kind -> !kind.getKey().equals("EventBridgeConfiguration"))) {
            reported.add(
                    "[%s] the bucket tells of its objects by EventBridge alone here: functions, queues and topics that"
                                    .formatted(resource.path())
                            + " it is to notify itself get nothing");
        }
    }

    private void readRule(Template template, Resource rule) {
        String bus = template.text(rule, "EventBusName").orElse(DEFAULT_BUS);
        if (!bus.equals(DEFAULT_BUS)) {
            reported.add("[%s] the event bus %s is not run here: the rule gets no events".formatted(rule.path(), bus));
            return;
        }
        template.get(rule, "Targets")
                .forEach(target ->
                        Rule.unsupported(target).ifPresent(reason -> reported.add("[" + rule.path() + "] " + reason)));
        rules.add(Rule.of(template, rule));
    }

    private void readSchedule(Template template, Resource resource) {
        Schedule schedule = Schedule.of(
                template,
                resource,
                template.resolve(ref(resource)).asText(),
                template.resolve(getAtt(resource, "Arn")).asText(),
                clock.instant());
        if (Targets.areKnown(schedule.target())) {
            schedules.add(schedule);
        } else {
            reported.add("[%s] target %s is not run here: the schedule does nothing"
                    .formatted(schedule.path(), schedule.target()));
        }
    }

    private void poll(QueueMapping mapping) {
        for (int i = 1; i <= mapping.getPollers(); i++) {
            Thread poller = new DaemonThreads("poller").newThread(() -> pollUntilStopped(mapping));
            poller.setName("poller-" + mapping.getPath() + "-" + i);
            poller.start();
        }
    }

    private void pollUntilStopped(QueueMapping mapping) {
        while (stopping.getCount() > 0) {
            try {
                mapping.poll();
            } catch (RuntimeException e) {
                if (isStopping()) {
                    return;
                }
                log.say(mapping.getPath(), "Polling failed: " + e.getMessage());
            }
        }
    }

    private boolean isStopping() {
        try {
            return stopping.await(SECONDS_AFTER_A_FAILURE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void runByTheClock(Schedule schedule) {
        schedule.next(clock.instant())
                .ifPresent(run -> waitFor(run, () -> {
                    fire(schedule, run);
                    runByTheClock(schedule);
                }));
    }

    private void runByTheClock(Rule rule) {
        if (rule.expression().isEmpty()) {
            return;
        }
        Expression expression = Expression.of(rule.expression(), ZoneOffset.UTC, clock.instant());
        runByTheClock(rule, expression);
    }

    private void runByTheClock(Rule rule, Expression expression) {
        expression
                .after(clock.instant())
                .ifPresent(run -> waitFor(run, () -> {
                    rule.targets()
                            .forEach(target -> targets.deliver(
                                    rule.path(),
                                    target.arn(),
                                    target.input().orElseGet(() -> scheduledEvent(rule, run))));
                    runByTheClock(rule, expression);
                }));
    }

    private void waitFor(Instant run, Runnable action) {
        Duration left = Duration.between(clock.instant(), run);
        if (left.isNegative() || left.isZero()) {
            action.run();
            return;
        }
        Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
        if (!threads.isShutdown()) {
            Future<?> unused = threads.schedule(() -> waitFor(run, action), wait.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void fire(Schedule schedule, Instant scheduledTime) {
        log.say(schedule.path(), "Runs");
        targets.deliver(schedule.path(), schedule.target(), schedule.event(scheduledTime));
    }

    private String scheduledEvent(Rule rule, Instant run) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.events");
        event.put("account", account.id());
        event.put("time", run.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", account.region());
        event.putArray("resources")
                .add("arn:aws:events:%s:%s:rule/%s".formatted(account.region(), account.id(), rule.path()));
        event.putObject("detail");
        return Json.write(event);
    }

    private static String shortened(String arn) {
        return arn.replaceFirst("^arn:aws:lambda:[^:]*:[^:]*:function:", "");
    }

    private static JsonNode ref(Resource resource) {
        return JsonNodeFactory.instance.objectNode().put("Ref", resource.id());
    }

    private static JsonNode getAtt(Resource resource, String attribute) {
        ObjectNode token = JsonNodeFactory.instance.objectNode();
        token.putArray("Fn::GetAtt").add(resource.id()).add(attribute);
        return token;
    }
}
