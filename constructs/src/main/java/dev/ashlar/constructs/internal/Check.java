package dev.ashlar.constructs.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Token;
import software.constructs.IConstruct;

/**
 * Checks the props of one construct. Every message has the same form, {@code [path] prop must ..., got value; what to
 * do}, and every check lets tokens pass: their value is not known at synth.
 */
public final class Check {
    private final IConstruct construct;

    private Check(IConstruct construct) {
        this.construct = construct;
    }

    /**
     * Starts the checks of a construct.
     *
     * @param construct the construct that the messages name
     * @return its checks
     */
    public static Check of(IConstruct construct) {
        return new Check(construct);
    }

    /**
     * Requires a condition.
     *
     * @param holds whether all is well
     * @param text the message without the path
     * @throws IllegalArgumentException if it does not hold
     */
    public void that(boolean holds, String text) {
        if (!holds) {
            throw failure(text);
        }
    }

    /**
     * Requires a number to lie within limits.
     *
     * @param prop the name of the prop
     * @param value what was given; null passes
     * @param min the smallest allowed value
     * @param max the largest allowed value
     * @param unit the unit that the message names
     * @throws IllegalArgumentException if it lies outside, or is no whole number
     */
    public void between(String prop, @Nullable Number value, long min, long max, String unit) {
        if (value == null || Token.isUnresolved(value)) {
            return;
        }
        double number = value.doubleValue();
        if (number < min || number > max || number != Math.rint(number)) {
            throw failure("%s must be a whole number of %d to %d %s, got %s".formatted(prop, min, max, unit, value));
        }
    }

    /**
     * Requires a duration to lie within limits.
     *
     * @param prop the name of the prop
     * @param value what was given; null passes
     * @param minSeconds the shortest allowed duration in seconds
     * @param maxSeconds the longest allowed duration in seconds
     * @param wayOut what to do when it must be longer, or an empty text
     * @throws IllegalArgumentException if it lies outside, or is no whole number of seconds
     */
    public void between(String prop, @Nullable Duration value, long minSeconds, long maxSeconds, String wayOut) {
        if (value == null || value.isUnresolved()) {
            return;
        }
        double millis = value.toMilliseconds().doubleValue();
        if (millis < minSeconds * 1000.0 || millis > maxSeconds * 1000.0 || millis % 1000 != 0) {
            throw failure("%s must be %d to %d seconds, got %s%s"
                    .formatted(
                            prop,
                            minSeconds,
                            maxSeconds,
                            value.toHumanString(),
                            wayOut.isEmpty() ? "" : "; " + wayOut));
        }
    }

    /**
     * Requires a duration to be whole minutes within limits.
     *
     * @param prop the name of the prop
     * @param value what was given; null passes
     * @param min the shortest allowed duration in minutes
     * @param max the longest allowed duration in minutes
     * @throws IllegalArgumentException if it lies outside, or is no whole number of minutes
     */
    public void wholeMinutes(String prop, @Nullable Duration value, long min, long max) {
        if (value == null || value.isUnresolved()) {
            return;
        }
        double minutes = value.toMilliseconds().doubleValue() / 60_000;
        that(
                minutes >= min && minutes <= max && minutes == Math.rint(minutes),
                "%s must be %d to %d whole minutes, got %s".formatted(prop, min, max, value.toHumanString()));
    }

    /**
     * Requires a size to lie within limits.
     *
     * @param prop the name of the prop
     * @param value what was given; null passes
     * @param minMebibytes the smallest allowed size in MiB
     * @param maxMebibytes the largest allowed size in MiB
     * @throws IllegalArgumentException if it lies outside, or is no whole number of MiB
     */
    public void between(String prop, @Nullable Size value, long minMebibytes, long maxMebibytes) {
        if (value == null || value.isUnresolved()) {
            return;
        }
        double bytes = value.toBytes().doubleValue();
        if (bytes < minMebibytes * 1048576.0 || bytes > maxMebibytes * 1048576.0 || bytes % 1048576 != 0) {
            throw failure("%s must be a whole number of %d to %d MiB, got %s"
                    .formatted(prop, minMebibytes, maxMebibytes, mebibytes(bytes)));
        }
    }

    /**
     * Makes the exception for a failed check, for where the caller throws it.
     *
     * @param text the message without the path
     * @return an exception whose message begins with the construct's path
     */
    public IllegalArgumentException failure(String text) {
        return new IllegalArgumentException("[" + construct.getNode().getPath() + "] " + text);
    }

    private static String mebibytes(double bytes) {
        double size = bytes / 1048576;
        return size == Math.rint(size) ? "%d MiB".formatted((long) size) : String.format(Locale.ROOT, "%.3f MiB", size);
    }
}
