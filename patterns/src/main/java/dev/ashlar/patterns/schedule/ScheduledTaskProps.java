package dev.ashlar.patterns.schedule;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.function.FunctionOptions;
import dev.ashlar.constructs.function.WarmFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;

/** The properties of a {@link ScheduledTask}. Null always means the default. */
public final class ScheduledTaskProps extends FunctionOptions {
    private final @Nullable WarmFunction function;
    private final @Nullable ScheduleExpression schedule;
    private final Map<String, ScheduleExpression> schedules;
    private final List<String> repeated;
    private final Map<String, Object> input;
    private final @Nullable Instant start;
    private final @Nullable Instant end;
    private final @Nullable Duration flexibleTimeWindow;
    private final boolean enabled;
    private final @Nullable Consumer<CfnSchedule.Builder> customizeSchedule;

    private ScheduledTaskProps(Setters<?> from) {
        super(from);
        this.function = from.function;
        this.schedule = from.schedule;
        this.schedules = Collections.unmodifiableMap(new LinkedHashMap<>(from.schedules));
        this.repeated = List.copyOf(from.repeated);
        this.input = Collections.unmodifiableMap(new LinkedHashMap<>(from.input));
        this.start = from.start;
        this.end = from.end;
        this.flexibleTimeWindow = from.flexibleTimeWindow;
        this.enabled = from.enabled;
        this.customizeSchedule = from.customizeSchedule;
        if (schedule == null && schedules.isEmpty()) {
            throw new NullPointerException("schedule must be given");
        }
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the function that runs, if it was given} */
    public @Nullable WarmFunction getFunction() {
        return function;
    }

    /** {@return the schedule that has no name of its own} */
    public @Nullable ScheduleExpression getSchedule() {
        return schedule;
    }

    /** {@return the schedules with names, by name} */
    public Map<String, ScheduleExpression> getSchedules() {
        return schedules;
    }

    /** Names that were given more than once. */
    List<String> getRepeated() {
        return repeated;
    }

    /** {@return what the function gets besides the schedule's name and time} */
    public Map<String, Object> getInput() {
        return input;
    }

    /** {@return from when on it runs} */
    public @Nullable Instant getStart() {
        return start;
    }

    /** {@return until when it runs} */
    public @Nullable Instant getEnd() {
        return end;
    }

    /** {@return how much later it may run} */
    public @Nullable Duration getFlexibleTimeWindow() {
        return flexibleTimeWindow;
    }

    /** {@return whether it runs at all} */
    public boolean isEnabled() {
        return enabled;
    }

    /** {@return the last word on each schedule} */
    public @Nullable Consumer<CfnSchedule.Builder> getCustomizeSchedule() {
        return customizeSchedule;
    }

    /** Builds {@link ScheduledTaskProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<ScheduledTaskProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Builds the properties.
         *
         * @return the properties
         * @throws NullPointerException if there is no schedule
         */
        @Override
        public ScheduledTaskProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> extends FunctionOptions.Setters<B> {
        private @Nullable WarmFunction function;
        private @Nullable ScheduleExpression schedule;
        private final Map<String, ScheduleExpression> schedules = new LinkedHashMap<>();
        private final List<String> repeated = new ArrayList<>();
        private final Map<String, Object> input = new LinkedHashMap<>();
        private @Nullable Instant start;
        private @Nullable Instant end;
        private @Nullable Duration flexibleTimeWindow;
        private boolean enabled = true;
        private @Nullable Consumer<CfnSchedule.Builder> customizeSchedule;

        /**
         * Sets the function that runs, instead of one that is made of {@code code}, {@code handler} and the other options of
         * a function.
         *
         * @param function a function that exists already, with {@code onFailure}
         * @return this builder
         */
        public B function(@Nullable WarmFunction function) {
            this.function = function;
            return self();
        }

        /**
         * Sets when the task runs. Required, unless there are schedules with names.
         *
         * @param schedule a cron expression with AWS's six fields, a rate, or one time; without a time zone it is UTC
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types in
         *     EventBridge Scheduler</a>
         */
        public B schedule(@Nullable ScheduleExpression schedule) {
            this.schedule = schedule;
            return self();
        }

        /**
         * Adds a schedule with a name, by which the function can tell several apart.
         *
         * @param name 1 to 40 letters, digits and hyphens, such as {@code weekly}
         * @param schedule as for {@link #schedule(ScheduleExpression)}
         * @return this builder
         */
        public B schedule(String name, ScheduleExpression schedule) {
            if (schedules.put(requireNonNull(name, "name"), requireNonNull(schedule, "schedule")) != null) {
                repeated.add(name);
            }
            return self();
        }

        /**
         * Adds to what the function gets: by default {@code {"schedule": "Nightly", "scheduledTime":
         * "2030-01-31T03:00:00Z"}}, the schedule's name or the task's id, and the time for which the run was planned.
         *
         * <p>Default: those two alone.
         *
         * @param fields values by name, that JSON can hold; not {@code schedule} and {@code scheduledTime}
         * @return this builder
         */
        public B input(Map<String, ?> fields) {
            this.input.putAll(requireNonNull(fields, "fields"));
            return self();
        }

        /**
         * Sets from when on the task runs.
         *
         * <p>Default: at once.
         *
         * @param start a time; when it has gone, AWS refuses a new schedule with it
         * @return this builder
         */
        public B start(@Nullable Instant start) {
            this.start = start;
            return self();
        }

        /**
         * Sets until when the task runs.
         *
         * <p>Default: for ever.
         *
         * @param end a time after {@code start}
         * @return this builder
         */
        public B end(@Nullable Instant end) {
            this.end = end;
            return self();
        }

        /**
         * Sets how much later than planned a run may start: AWS chooses when, so that many tasks of the same hour do not all
         * start at once.
         *
         * <p>Default: within the planned minute.
         *
         * @param flexibleTimeWindow 1 to 1440 whole minutes
         * @return this builder
         */
        public B flexibleTimeWindow(@Nullable Duration flexibleTimeWindow) {
            this.flexibleTimeWindow = flexibleTimeWindow;
            return self();
        }

        /**
         * Sets whether the task runs at all.
         *
         * <p>Default: true.
         *
         * @param enabled false to pause it
         * @return this builder
         */
        public B enabled(@Nullable Boolean enabled) {
            this.enabled = !Boolean.FALSE.equals(enabled);
            return self();
        }

        /**
         * Sets the last word on each schedule: called with CDK's builder after Ashlar has set all that it sets.
         *
         * @param customizeSchedule changes CDK's builder
         * @return this builder
         */
        public B customizeSchedule(@Nullable Consumer<CfnSchedule.Builder> customizeSchedule) {
            this.customizeSchedule = customizeSchedule;
            return self();
        }

        final ScheduledTaskProps toProps() {
            return new ScheduledTaskProps(this);
        }
    }
}
