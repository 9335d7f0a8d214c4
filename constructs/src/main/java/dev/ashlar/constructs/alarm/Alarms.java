package dev.ashlar.constructs.alarm;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
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

    /** Which part of an API's requests may be answered with a status from 400 to 499, unless given: {@value}. */
    public static final double DEFAULT_CLIENT_ERRORS = 0.5;

    /** How long the slowest hundredth of an API's answers may take, unless given: {@value} seconds. */
    public static final int DEFAULT_LATENCY_P99_SECONDS = 5;

    private final ITopic topic;
    private Number errors = DEFAULT_ERRORS;
    private Number throttles = DEFAULT_THROTTLES;
    private Number durationP99 = DEFAULT_DURATION_P99;
    private Number concurrency = DEFAULT_CONCURRENCY;
    private Number clientErrors = DEFAULT_CLIENT_ERRORS;
    private @Nullable Duration latencyP99;
    private @Nullable Duration messageAge;

    private Alarms(ITopic topic) {
        this.topic = topic;
    }

    /**
     * Alarms that are sent to a topic.
     *
     * @param topic the topic
     * @return alarms with the default thresholds
     */
    public static Alarms to(ITopic topic) {
        return new Alarms(requireNonNull(topic, "topic"));
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
        return with(alarms -> alarms.errors = errors == null ? DEFAULT_ERRORS : errors);
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
        return with(alarms -> alarms.throttles = throttles == null ? DEFAULT_THROTTLES : throttles);
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
        return with(alarms -> alarms.durationP99 = part);
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
        return with(alarms -> alarms.concurrency = part);
    }

    /**
     * Sets which part of an API's requests may be answered with a status from 400 to 499, for 15 minutes; fewer than 20
     * requests in 5 minutes are ignored.
     *
     * <p>Default: {@value #DEFAULT_CLIENT_ERRORS}.
     *
     * @param clientErrors a part of the requests, above 0 and at most 1
     * @return alarms with that threshold
     */
    public Alarms clientErrors(@Nullable Number clientErrors) {
        Number part = clientErrors == null ? Double.valueOf(DEFAULT_CLIENT_ERRORS) : clientErrors;
        return with(alarms -> alarms.clientErrors = part);
    }

    /**
     * Sets how long the slowest hundredth of an API's answers may take, for 15 minutes; few samples are ignored.
     *
     * <p>Default: {@value #DEFAULT_LATENCY_P99_SECONDS} seconds.
     *
     * @param latencyP99 a duration above 0
     * @return alarms with that threshold
     */
    public Alarms latencyP99(@Nullable Duration latencyP99) {
        return with(alarms -> alarms.latencyP99 = latencyP99);
    }

    /**
     * Sets how old the oldest message of a queue may become that somebody processes.
     *
     * <p>Default: 1 hour, or as long as all receives of a message may take where that is longer: the visibility timeout
     * times the receives; at most half the time that the queue keeps messages.
     *
     * @param messageAge 60 seconds to 14 days, in whole seconds, and less than the queue keeps messages
     * @return alarms with that threshold
     */
    public Alarms messageAge(@Nullable Duration messageAge) {
        return with(alarms -> alarms.messageAge = messageAge);
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

    /** {@return which part of an API's requests may be answered with a status from 400 to 499} */
    public Number getClientErrors() {
        return clientErrors;
    }

    /** {@return how long the slowest hundredth of an API's answers may take; null for the default} */
    public @Nullable Duration getLatencyP99() {
        return latencyP99;
    }

    /** {@return how old the oldest message of a queue may become; null for the default} */
    public @Nullable Duration getMessageAge() {
        return messageAge;
    }

    /** Changes a copy, which nobody else knows yet. */
    private Alarms with(Consumer<Alarms> change) {
        Alarms copy = new Alarms(topic);
        copy.errors = errors;
        copy.throttles = throttles;
        copy.durationP99 = durationP99;
        copy.concurrency = concurrency;
        copy.clientErrors = clientErrors;
        copy.latencyP99 = latencyP99;
        copy.messageAge = messageAge;
        change.accept(copy);
        return copy;
    }
}
