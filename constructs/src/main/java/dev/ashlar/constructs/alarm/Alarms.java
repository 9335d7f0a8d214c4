package dev.ashlar.constructs.alarm;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.ITopic;

/**
 * Which alarms a construct has, and whom they tell. There is none without a topic: an alarm that tells nobody is not worth
 * its price.
 *
 * <pre>{@code
 * WarmFunction.Builder.create(this, "Quotes")
 *         .alarms(Alarms.to(topic).errors(5).durationP99(0.9))
 * }</pre>
 *
 * <p>A topic that has a policy of its own, or a customer's key, must let {@code cloudwatch.amazonaws.com} publish to it.
 */
public final class Alarms {
    /** How many errors in 5 minutes raise an alarm, unless given: {@value}. */
    public static final int DEFAULT_ERRORS = 1;

    /** How many throttled invocations in 5 minutes raise an alarm, unless given: {@value}. */
    public static final int DEFAULT_THROTTLES = 1;

    /** Which part of the timeout the 99th percentile of the duration may take, unless given: {@value}. */
    public static final double DEFAULT_DURATION_P99 = 0.8;

    /** Which part of the reserved concurrency may be in use, unless given: {@value}. */
    public static final double DEFAULT_CONCURRENCY = 0.8;

    private final ITopic topic;
    private final Number errors;
    private final Number throttles;
    private final Number durationP99;
    private final Number concurrency;

    private Alarms(ITopic topic, Number errors, Number throttles, Number durationP99, Number concurrency) {
        this.topic = topic;
        this.errors = errors;
        this.throttles = throttles;
        this.durationP99 = durationP99;
        this.concurrency = concurrency;
    }

    /**
     * Alarms that are sent to a topic.
     *
     * @param topic the topic
     * @return alarms with the default thresholds
     */
    public static Alarms to(ITopic topic) {
        return new Alarms(
                requireNonNull(topic, "topic"),
                DEFAULT_ERRORS,
                DEFAULT_THROTTLES,
                DEFAULT_DURATION_P99,
                DEFAULT_CONCURRENCY);
    }

    /**
     * Sets how many errors raise an alarm.
     *
     * <p>Default: {@value #DEFAULT_ERRORS}.
     *
     * @param errors errors in 5 minutes, at least 1
     * @return alarms with that threshold
     */
    public Alarms errors(@Nullable Number errors) {
        return new Alarms(topic, errors == null ? DEFAULT_ERRORS : errors, throttles, durationP99, concurrency);
    }

    /**
     * Sets how many throttled invocations raise an alarm.
     *
     * <p>Default: {@value #DEFAULT_THROTTLES}.
     *
     * @param throttles throttled invocations in 5 minutes, at least 1
     * @return alarms with that threshold
     */
    public Alarms throttles(@Nullable Number throttles) {
        return new Alarms(topic, errors, throttles == null ? DEFAULT_THROTTLES : throttles, durationP99, concurrency);
    }

    /**
     * Sets which part of the timeout the slowest hundredth of invocations may take, for 15 minutes; few samples are
     * ignored.
     *
     * <p>Default: {@value #DEFAULT_DURATION_P99}.
     *
     * @param durationP99 a part of the timeout, above 0 and at most 1
     * @return alarms with that threshold
     */
    public Alarms durationP99(@Nullable Number durationP99) {
        Number part = durationP99 == null ? Double.valueOf(DEFAULT_DURATION_P99) : durationP99;
        return new Alarms(topic, errors, throttles, part, concurrency);
    }

    /**
     * Sets which part of the reserved concurrency may be in use.
     *
     * <p>Default: {@value #DEFAULT_CONCURRENCY}.
     *
     * @param concurrency a part of {@code reservedConcurrentExecutions}, above 0 and at most 1
     * @return alarms with that threshold
     */
    public Alarms concurrency(@Nullable Number concurrency) {
        Number part = concurrency == null ? Double.valueOf(DEFAULT_CONCURRENCY) : concurrency;
        return new Alarms(topic, errors, throttles, durationP99, part);
    }

    /**
     * Sends what an alarm finds to the topic.
     *
     * @param alarm any alarm of CDK's
     * @return the same alarm
     */
    public Alarm add(Alarm alarm) {
        alarm.addAlarmAction(new SnsAction(topic));
        return alarm;
    }

    /** {@return whom the alarms tell} */
    public ITopic getTopic() {
        return topic;
    }

    /** {@return how many errors in 5 minutes raise an alarm} */
    public Number getErrors() {
        return errors;
    }

    /** {@return how many throttled invocations in 5 minutes raise an alarm} */
    public Number getThrottles() {
        return throttles;
    }

    /** {@return which part of the timeout the 99th percentile of the duration may take} */
    public Number getDurationP99() {
        return durationP99;
    }

    /** {@return which part of the reserved concurrency may be in use} */
    public Number getConcurrency() {
        return concurrency;
    }
}
