package dev.ashlar.constructs.function;

/**
 * What is done against cold starts. It always concerns the alias {@code live}, which is what everything invokes.
 *
 * <pre>{@code
 * WarmFunction.Builder.create(this, "Quotes").warm(WarmStrategy.none())
 * }</pre>
 */
public final class WarmStrategy {
    private static final WarmStrategy NONE = new WarmStrategy(false);
    private static final WarmStrategy SNAP_START = new WarmStrategy(true);

    private final boolean snapStart;

    private WarmStrategy(boolean snapStart) {
        this.snapStart = snapStart;
    }

    /**
     * Does nothing: a new instance loads and initialises the code when a request needs it.
     *
     * @return the strategy
     */
    public static WarmStrategy none() {
        return NONE;
    }

    /**
     * Lambda SnapStart: the code is initialised once, when a version is published, and instances start from a snapshot
     * of its memory. The default for Java code, where it costs nothing more; Python code pays for the snapshots while
     * idle. It goes neither with Node.js nor with container images, nor with more than 512 MiB of {@code /tmp}.
     *
     * @return the strategy
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Improving startup performance with
     *     Lambda SnapStart</a>
     */
    public static WarmStrategy snapStart() {
        return SNAP_START;
    }

    boolean isSnapStart() {
        return snapStart;
    }
}
