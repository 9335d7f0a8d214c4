package dev.ashlar.constructs.function;

import dev.ashlar.constructs.internal.Check;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.RuntimeFamily;

/** Where Lambda SnapStart works, and where it is used without being asked for. */
final class SnapStart {
    private static final int MAX_TMP_MIB = 512;

    private SnapStart() {}

    /** Asked for, or the default, with pings too: for Java, where it costs nothing more, if nothing else speaks against it. */
    static boolean isUsedBy(FunctionOptions props) {
        WarmStrategy warm = props.getWarm();
        if (warm != null && !(warm instanceof WarmStrategy.Ping)) {
            return warm instanceof WarmStrategy.Snapshots;
        }
        return props.getAccessPoint() == null
                && !props.isImage()
                && fits(props.getEphemeralStorageSize())
                && isSupportedJava(props.getRuntime());
    }

    /** Checks that nothing speaks against it where it was asked for. */
    static void check(FunctionOptions props, Check check) {
        WarmStrategy warm = props.getWarm();
        if (warm instanceof WarmStrategy.Snapshots) {
            check.that(
                    props.getAccessPoint() == null,
                    "warm must be WarmStrategy.none() with filesystem, got snapStart(); Lambda takes no snapshots of what"
                            + " mounts one");
            check.that(
                    !props.isImage(),
                    "warm must be WarmStrategy.none() with a container image, got snapStart(); Lambda takes no snapshots of"
                            + " images");
            check.that(
                    props.getRuntime() == null || isSupported(props.getRuntime()),
                    "warm must be WarmStrategy.none() on this runtime, got snapStart(); SnapStart is for Java 11 and"
                            + " later, Python 3.12 and later");
            check.that(
                    fits(props.getEphemeralStorageSize()),
                    "warm must be WarmStrategy.none() with more than 512 MiB of ephemeralStorageSize, got snapStart();"
                            + " Lambda takes snapshots with at most 512 MiB of /tmp");
        }
    }

    private static boolean isSupportedJava(@Nullable Runtime runtime) {
        return runtime == null || (runtime.getFamily() == RuntimeFamily.JAVA && isSupported(runtime));
    }

    private static boolean isSupported(Runtime runtime) {
        return Boolean.TRUE.equals(runtime.getSupportsSnapStart());
    }

    private static boolean fits(@Nullable Size tmp) {
        return tmp == null || (!tmp.isUnresolved() && tmp.toMebibytes().doubleValue() <= MAX_TMP_MIB);
    }
}
