package dev.ashlar.constructs.internal;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Size;
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
     * Takes over what a method with any number of arguments was called with.
     *
     * @param <T> the type of the arguments
     * @param name the parameter that the message names
     * @param elements what was given
     * @return an unmodifiable copy
     * @throws NullPointerException naming the parameter, if it is null or one of its elements is
     */
    public static <T> List<T> elements(String name, T[] elements) {
        return elements(name, Arrays.asList(requireNonNull(elements, name)));
    }

    /**
     * Takes over a list.
     *
     * @param <T> the type of the elements
     * @param name the parameter that the message names
     * @param elements what was given
     * @return an unmodifiable copy
     * @throws NullPointerException naming the parameter, if it is null or one of its elements is
     */
    public static <T> List<T> elements(String name, List<? extends T> elements) {
        requireNonNull(elements, name).forEach(element -> requireNonNull(element, name));
        return List.copyOf(elements);
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
        if (value == null || Tokens.isUnresolved(value)) {
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
        Number known = Known.millisOf(value);
        if (value == null || known == null) {
            unit(prop, value, Duration::toSeconds, "Duration.seconds");
            return;
        }
        double millis = known.doubleValue();
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
        Number known = Known.millisOf(value);
        if (value == null || known == null) {
            unit(prop, value, Duration::toMinutes, "Duration.minutes");
            return;
        }
        double minutes = known.doubleValue() / 60_000;
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
            unit(prop, value, Size::toMebibytes, "Size.mebibytes");
            return;
        }
        double bytes = value.toBytes().doubleValue();
        if (bytes < minMebibytes * 1048576.0 || bytes > maxMebibytes * 1048576.0 || bytes % 1048576 != 0) {
            throw failure("%s must be a whole number of %d to %d MiB, got %s"
                    .formatted(prop, minMebibytes, maxMebibytes, mebibytes(bytes)));
        }
    }

    /**
     * Requires a token to be in the unit that AWS takes: what it stands for cannot be converted.
     *
     * @param <T> a duration or a size
     * @param prop the name of the prop
     * @param value a token; null passes
     * @param conversion what converts it to that unit, which CDK refuses for others
     * @param maker the method that makes one of that unit, for the message
     * @throws IllegalArgumentException if it is in another unit
     */
    public <T> void unit(String prop, @Nullable T value, Function<T, Number> conversion, String maker) {
        if (value == null) {
            return;
        }
        boolean converts;
        try {
            converts = conversion.apply(value) != null;
        } catch (RuntimeException e) {
            converts = false;
        }
        that(
                converts,
                prop + " must be made by " + maker + " where it is a token, got another unit; what the token stands for"
                        + " cannot be converted");
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
