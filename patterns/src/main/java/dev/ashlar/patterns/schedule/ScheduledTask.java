package dev.ashlar.patterns.schedule;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.access.FunctionAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.Watched;
import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.function.WarmStrategy;
import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Schedule;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.queue.DeadLetterQueue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.constructs.Construct;

/**
 * A function that runs by the clock, by EventBridge Scheduler. A run that cannot be delivered, or fails, is tried twice more
 * within an hour, and then lies in a queue.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Function}: a {@link WarmFunction}, unless one was given
 *   <li>{@code Failed}: a {@link DeadLetterQueue} for runs that were not delivered, and for those that failed
 *   <li>{@code Role}: by which EventBridge Scheduler invokes the alias {@code live} and writes to that queue
 *   <li>{@code Schedule} and {@code Group}, and for each schedule with a name {@code Schedule-<name>} and
 *       {@code Group-<name>}
 *   <li>with alarms those of the function and the queue, and {@code MissedAlarm} for each schedule that runs at least daily
 * </ul>
 *
 * <pre>{@code
 * ScheduledTask.Builder.create(this, "Nightly")
 *         .schedule(ScheduleExpression.expression("cron(0 3 * * ? *)", TimeZone.ASIA_SEOUL))
 *         .code(FunctionCode.maven("handlers"))
 *         .handler("shop.NightlyHandler")
 *         .timeout(Duration.minutes(10))
 *         .build();
 * }</pre>
 *
 * <p>Granted: to the schedules' role {@code lambda:InvokeFunction} on the alias and {@code sqs:SendMessage} on the queue.
 *
 * <p>Idle it costs nothing. A run may happen twice, as EventBridge Scheduler and Lambda both deliver at least once.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html">What is Amazon EventBridge
 *     Scheduler?</a>
 */
public final class ScheduledTask extends Construct implements Watched {
    /** How often a run is tried again that was not delivered, or that failed: {@value} times. */
    public static final int RETRIES = 2;

    /** For how long it is tried again: {@value} minutes. */
    public static final int MAX_AGE_MINUTES = 60;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final int LONGEST_WINDOW_MINUTES = 1440;

    private final WarmFunction function;
    private final DeadLetterQueue failed;
    private final Map<String, CfnSchedule> schedules = new LinkedHashMap<>();
    private final Map<String, CfnScheduleGroup> groups = new LinkedHashMap<>();
    private final List<Alarm> alarms = new ArrayList<>();

    /**
     * Creates the task.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
     * @throws NullPointerException if code or handler is missing
     */
    public ScheduledTask(Construct scope, String id, ScheduledTaskProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        Known.isNamed(this, id);
        Map<String, Schedule> wanted = all(props);
        validate(props, wanted.values());
        this.failed = DeadLetterQueue.Builder.create(this, "Failed")
                // A function of the task's own has that alarm itself.
                .alarms(props.getFunction() == null ? null : props.getAlarms())
                .build();
        this.function = createFunction(props);
        // One group a schedule, because metrics are by group.
        Map<String, CfnScheduleGroup> created = new LinkedHashMap<>();
        wanted.keySet().forEach(name -> created.put(name, new CfnScheduleGroup(this, "Group" + name)));
        Role role = createRole(created.values());
        wanted.forEach(
                (name, schedule) -> createSchedule(name, schedule, requireNonNull(created.get(name)), role, props));
    }

    /** {@return the function that runs} */
    public WarmFunction getFunction() {
        return function;
    }

    /** {@return the queue with runs that were not delivered, or failed for good} */
    public DeadLetterQueue getFailed() {
        return failed;
    }

    /** {@return the schedules by name; that without a name of its own by the task's id} */
    public Map<String, CfnSchedule> getSchedules() {
        return Collections.unmodifiableMap(schedules);
    }

    /** {@return the alarms on runs that did not happen; those of the function and the queue are theirs} */
    public List<Alarm> getAlarms() {
        return List.copyOf(alarms);
    }

    /** {@return a graph of the runs that were started} */
    @Override
    public List<IWidget> getWidgets() {
        return List.of(GraphWidget.Builder.create()
                .title("Runs started")
                .left(groups.entrySet().stream()
                        .map(group -> started(group.getValue())
                                .with(MetricOptions.builder()
                                        .label(group.getKey())
                                        .build()))
                        .toList())
                .width(12)
                .build());
    }

    private void validate(ScheduledTaskProps props, Collection<Schedule> wanted) {
        Check check = Check.of(this);
        check.that(
                props.getRepeated().isEmpty(),
                "schedule must have names of its own, got %s twice; one of them would never run"
                        .formatted(String.join(", ", props.getRepeated())));
        props.getSchedules()
                .keySet()
                .forEach(name -> check.that(
                        NAME.matcher(name).matches(),
                        "schedule must have a name of 1 to 40 letters, digits and hyphens, got \"" + name + "\""));
        wanted.forEach(schedule -> check(schedule, check));
        check.wholeMinutes("flexibleTimeWindow", props.getFlexibleTimeWindow(), 1, LONGEST_WINDOW_MINUTES);
        for (String ours : List.of("schedule", "scheduledTime")) {
            check.that(
                    !props.getInput().containsKey(ours),
                    "input must leave %s to Ashlar, got a value for it; choose another name".formatted(ours));
        }
        checkDates(props, check);
        WarmFunction given = props.getFunction();
        check.that(
                given == null || given.getOnFailure() != null,
                "function must have onFailure, got %s without it; a run that fails would be lost"
                        .formatted(given == null ? "" : given.getNode().getPath()));
    }

    /** All schedules by what stands behind the ids of their resources. */
    private Map<String, Schedule> all(ScheduledTaskProps props) {
        Map<String, Schedule> all = new LinkedHashMap<>();
        if (props.getSchedule() != null) {
            all.put("", Schedule.of(this, props.getSchedule()));
        }
        props.getSchedules().forEach((name, expression) -> all.put("-" + name, Schedule.of(this, expression)));
        return all;
    }

    private void check(Schedule schedule, Check check) {
        ScheduleCheck reading = new ScheduleCheck(schedule, check);
        reading.expression();
        if (reading.isPast(Clock.systemUTC())) {
            warnOfPast("schedule " + schedule.expression());
        }
    }

    private void checkDates(ScheduledTaskProps props, Check check) {
        Instant start = props.getStart();
        Instant end = props.getEnd();
        check.that(
                start == null || end == null || start.isBefore(end),
                "end must be after start, got %s and %s".formatted(end, start));
        Instant now = Clock.systemUTC().instant();
        // A date passes while the stack lives, so it can be no error.
        if (start != null && start.isBefore(now)) {
            warnOfPast("start " + start);
        }
        if (end != null && end.isBefore(now)) {
            warnOfPast("end " + end);
        }
    }

    private void warnOfPast(String what) {
        Annotations.of(this)
                .addWarningV2(
                        "ashlar:pastDate",
                        what + " has gone; AWS refuses a new schedule with it, and leaves one that exists as it is");
    }

    private WarmFunction createFunction(ScheduledTaskProps props) {
        return props.toFunction(this, "Function", props.getFunction(), builder -> {
            if (props.getWarm() == null) {
                // Nobody waits for it.
                builder.warm(WarmStrategy.none());
            }
            // What EventBridge Scheduler delivers is accepted at once; whether it succeeds is Lambda's to see.
            builder.retryAttempts(RETRIES)
                    .maxEventAge(Known.seconds(MAX_AGE_MINUTES * 60))
                    .onFailure(Destination.queue(failed.getQueue()));
        });
    }

    private Role createRole(Collection<CfnScheduleGroup> groups) {
        Role role = Role.Builder.create(this, "Role")
                .assumedBy(ServicePrincipal.Builder.create("scheduler.amazonaws.com")
                        .conditions(Map.of(
                                "StringEquals",
                                // In the same order at each synth: that of Map.of differs from run to run.
                                new TreeMap<>(Map.of(
                                        "aws:SourceAccount",
                                        Aws.ACCOUNT_ID,
                                        "aws:SourceArn",
                                        groups.stream()
                                                .map(CfnScheduleGroup::getAttrArn)
                                                .toList()))))
                        .build())
                .build();
        FunctionAccess.of(function.getAlias()).grantInvoke(role);
        failed.grantSend(role);
        Acknowledged.in(this).ownPolicies(role);
        return role;
    }

    private void createSchedule(
            String suffix, Schedule schedule, CfnScheduleGroup group, Role role, ScheduledTaskProps props) {
        String name = suffix.isEmpty() ? Known.idOf(this) : suffix.substring(1);
        Duration window = props.getFlexibleTimeWindow();
        CfnSchedule.Builder builder = CfnSchedule.Builder.create(this, "Schedule" + suffix)
                .description(name)
                .groupName(group.getRef())
                .scheduleExpression(schedule.expression())
                .scheduleExpressionTimezone(schedule.timeZone() == null ? "Etc/UTC" : schedule.timeZone())
                .state(props.isEnabled() ? "ENABLED" : "DISABLED")
                .startDate(props.getStart() == null ? null : props.getStart().toString())
                .endDate(props.getEnd() == null ? null : props.getEnd().toString())
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode(window == null ? "OFF" : "FLEXIBLE")
                        .maximumWindowInMinutes(window == null ? null : window.toMinutes())
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(Known.arnOf(function.getAlias()))
                        .roleArn(role.getRoleArn())
                        .input(input(name, props.getInput()))
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(RETRIES)
                                .maximumEventAgeInSeconds(MAX_AGE_MINUTES * 60)
                                .build())
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(Known.arnOf(failed.getQueue()))
                                .build())
                        .build());
        if (props.getCustomizeSchedule() != null) {
            props.getCustomizeSchedule().accept(builder);
        }
        CfnSchedule created = builder.build();
        // The role's policy, without which the first run would be refused.
        created.getNode().addDependency(role);
        schedules.put(name, created);
        groups.put(name, group);
        Alarms wanted = props.getAlarms();
        if (wanted != null && props.isEnabled()) {
            MissedRuns.alarm(this, "MissedAlarm" + suffix, started(group), gap(schedule), window, wanted)
                    .ifPresent(alarms::add);
        }
    }

    private OptionalInt gap(Schedule schedule) {
        return new ScheduleCheck(schedule, Check.of(this)).longestGapMinutes();
    }

    private String input(String name, Map<String, Object> more) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("schedule", name);
        input.put("scheduledTime", "<aws.scheduler.scheduled-time>");
        input.putAll(new TreeMap<>(more));
        return requireNonNull(Inherited.stack(this).toJsonString(input));
    }

    private static Metric started(CfnScheduleGroup group) {
        return Metric.Builder.create()
                .namespace("AWS/Scheduler")
                .metricName("InvocationAttemptCount")
                .dimensionsMap(Map.of("ScheduleGroup", group.getRef()))
                .statistic("Sum")
                .build();
    }

    /** Creates a {@link ScheduledTask}. */
    public static final class Builder extends ScheduledTaskProps.Setters<Builder>
            implements software.amazon.jsii.Builder<ScheduledTask> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a task.
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
         * Creates the task.
         *
         * @return the task
         * @throws NullPointerException if there is no schedule, or code or handler is missing
         * @throws IllegalArgumentException if a property is out of its limits, or two do not go together
         */
        @Override
        public ScheduledTask build() {
            return new ScheduledTask(scope, id, toProps());
        }
    }
}
