package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;

/**
 * What is done against cold starts. It always concerns the alias {@code live}, which is what everything invokes.
 *
 * <pre>{@code
 * WarmFunction.Builder.create(this, "Quotes").warm(WarmStrategy.provisioned(2))
 * }</pre>
 *
 * <p>None promises that no request ever waits for an instance to start.
 */
public abstract sealed class WarmStrategy {
    private WarmStrategy() {}

    /**
     * Does nothing: a new instance loads and initialises the code when a request needs it.
     *
     * @return the strategy
     */
    public static WarmStrategy none() {
        return None.INSTANCE;
    }

    /**
     * Lambda SnapStart: the code is initialised once, when a version is published, and instances start from a snapshot
     * of its memory. The default for Java code, where it costs nothing more; Python code pays for the snapshots while
     * idle. It goes neither with Node.js nor with container images, nor with a file system, nor with more than 512 MiB of
     * {@code /tmp}. A version that nobody has invoked for 14 days must be made ready again.
     *
     * @return the strategy
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Improving startup performance with
     *     Lambda SnapStart</a>
     */
    public static WarmStrategy snapStart() {
        return Snapshots.INSTANCE;
    }

    /**
     * Keeps a fixed number of instances initialised. They cost as long as the version exists, whether they are invoked or
     * not. Requests beyond them start others. There is no SnapStart with it.
     *
     * @param instances at least 1
     * @return the strategy
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html">Configuring provisioned
     *     concurrency for a function</a>
     */
    public static WarmStrategy provisioned(Number instances) {
        return new Fixed(requireNonNull(instances, "instances"));
    }

    /**
     * Keeps as many instances initialised as the load asks for, within limits, by Application Auto Scaling. It follows the
     * load by minutes. There is no SnapStart with it.
     *
     * @param min the fewest instances, at least 1
     * @param max the most instances
     * @return the strategy
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html#managing-provisioned-concurency">Using
     *     Application Auto Scaling to automate provisioned concurrency</a>
     */
    public static Scaling provisioned(Number min, Number max) {
        return new Scaling(requireNonNull(min, "min"), requireNonNull(max, "max"), null, List.of());
    }

    /**
     * Invokes the alias at intervals, so that Lambda keeps an instance. The code must answer the ping: for Java wrap it in
     * {@code WarmUp} of {@code ashlar-runtime}. SnapStart stays on where it is the default.
     *
     * <p>It promises less than {@link #provisioned(Number)}: Lambda may end any instance at any time, and more requests at
     * once than there are instances start others.
     *
     * @param interval 1 to 60 whole minutes; 5 is usual
     * @return the strategy, for one instance
     */
    public static Ping ping(Duration interval) {
        return new Ping(requireNonNull(interval, "interval"), 1);
    }

    /** Asks for nothing. */
    static final class None extends WarmStrategy {
        private static final None INSTANCE = new None();
    }

    /** Asks for SnapStart. */
    static final class Snapshots extends WarmStrategy {
        private static final Snapshots INSTANCE = new Snapshots();
    }

    /** Provisioned concurrency that stays as it is. */
    static final class Fixed extends WarmStrategy {
        private final Number instances;

        private Fixed(Number instances) {
            this.instances = instances;
        }

        Number instances() {
            return instances;
        }
    }

    /** Provisioned concurrency that follows the load, made by {@link WarmStrategy#provisioned(Number, Number)}. */
    public static final class Scaling extends WarmStrategy {
        /** Which part of the instances may be busy before there are more, unless given: {@value}. */
        public static final double DEFAULT_UTILIZATION = 0.7;

        private final Number min;
        private final Number max;
        private final Number utilization;
        private final List<Schedule> schedules;

        private Scaling(Number min, Number max, @Nullable Number utilization, List<Schedule> schedules) {
            this.min = min;
            this.max = max;
            this.utilization = utilization == null ? Double.valueOf(DEFAULT_UTILIZATION) : utilization;
            this.schedules = schedules;
        }

        /**
         * Sets which part of the instances may be busy before there are more.
         *
         * <p>Default: {@value #DEFAULT_UTILIZATION}.
         *
         * @param utilization 0.1 to 0.9
         * @return the strategy with it
         */
        public Scaling utilization(@Nullable Number utilization) {
            return new Scaling(min, max, utilization, schedules);
        }

        /**
         * Changes the fewest instances from a time on, until the next such time: add one for the end too.
         *
         * @param instances the fewest instances from then on: at least 1, because at 0 a deployment fails, and at most the
         *     most
         * @param schedule when: a cron expression, with its time zone, a rate, or once
         * @return the strategy with one more such time
         */
        public Scaling atLeast(Number instances, ScheduleExpression schedule) {
            List<Schedule> more = new ArrayList<>(schedules);
            more.add(new Schedule(requireNonNull(instances, "instances"), requireNonNull(schedule, "schedule")));
            return new Scaling(min, max, utilization, List.copyOf(more));
        }

        Number min() {
            return min;
        }

        Number max() {
            return max;
        }

        Number utilization() {
            return utilization;
        }

        List<Schedule> schedules() {
            return schedules;
        }

        /** From when on there are at least so many instances. */
        record Schedule(Number instances, ScheduleExpression expression) {}
    }

    /** Pings at intervals, made by {@link WarmStrategy#ping}. */
    public static final class Ping extends WarmStrategy {
        private final Duration interval;
        private final Number instances;

        private Ping(Duration interval, Number instances) {
            this.interval = interval;
            this.instances = instances;
        }

        /**
         * Sets how many instances are pinged at once. The code holds each ping for a moment, so that they meet different
         * instances. Five pings come from one EventBridge rule and so together; for more there are more rules, which start
         * in the same minute but perhaps seconds apart.
         *
         * <p>Default: 1.
         *
         * @param instances 1 to 100
         * @return the strategy with it
         */
        public Ping instances(Number instances) {
            return new Ping(interval, requireNonNull(instances, "instances"));
        }

        Duration interval() {
            return interval;
        }

        Number instances() {
            return instances;
        }
    }
}
