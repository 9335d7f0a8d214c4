package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.local.internal.lambda.Functions;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
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
import org.jspecify.annotations.Nullable;

/** All that invokes the functions of some templates by itself. */
public final class EventSources implements AutoCloseable {
    private static final String DEFAULT_BUS = "default";

    /** The clock of the machine may be set, and sleeps: no longer than this is waited at once. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

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
     * Runs a schedule now.
     *
     * @param name its name, its construct path or the end of that
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public void fire(String name) {
        List<Schedule> found = schedules.stream()
                .filter(schedule -> schedule.name().equals(name)
                        || schedule.path().equals(name)
                        || schedule.path().endsWith("/" + name)
                        || schedule.path().contains("/" + name + "/"))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("--fire must name one schedule, got %s; there are %s"
                    .formatted(
                            name,
                            String.join(
                                    ", ", schedules.stream().map(Schedule::path).toList())));
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
        functions.read(template);
        topics.read(template).forEach(reported::add);
        template.getResources("AWS::S3::Bucket").stream()
                .filter(bucket -> bucket.raw("NotificationConfiguration").has("EventBridgeConfiguration"))
                .forEach(bucket ->
                        bucketsWithEvents.add(template.resolve(ref(bucket)).asText()));
        template.getResources("AWS::Lambda::EventSourceMapping").forEach(mapping -> {
            String source = template.text(mapping, "EventSourceArn").orElse("");
            if (!source.contains(":sqs:")) {
                reported.add("[%s] the event source %s is not run here: its function is not invoked"
                        .formatted(mapping.path(), source));
            } else if (template.get(mapping, "Enabled").asBoolean(true)) {
                mappings.add(new QueueMapping(template, mapping, account, queues, invoker, log));
            }
        });
        template.getResources("AWS::Events::Rule").forEach(rule -> readRule(template, rule));
        template.getResources("AWS::Scheduler::Schedule").forEach(schedule -> readSchedule(template, schedule));
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
