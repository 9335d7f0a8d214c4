package dev.ashlar.local.internal.lambda;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Whether this machine has processor time to spare. */
final class MachineLoad {
    /** The processors' load, of 1, from which on one more process takes its time from the others. */
    private static final double FULL = 0.85;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** What was an hour ago says nothing. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private long looked = System.nanoTime() - LONGEST_LOOK.toNanos();
    private boolean room;

    /**
     * {@return whether there was time to spare in the last tenth of a second} It has to be asked twice: the first answer
     * after a while is no.
     */
    synchronized boolean hasRoom() {
        long now = System.nanoTime();
        Duration since = Duration.ofNanos(now - looked);
        if (since.compareTo(BETWEEN_LOOKS) >= 0) {
            // Since it was asked last; less than 0, or no number, where the system does not tell.
            double load = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getCpuLoad();
            room = !(load >= FULL) && since.compareTo(LONGEST_LOOK) < 0;
            looked = now;
        }
        return room;
    }
}
