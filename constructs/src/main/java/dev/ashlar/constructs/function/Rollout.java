package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;

/**
 * How the alias {@code live} goes over to a new version: at once, or by CodeDeploy in steps that an alarm rolls back.
 *
 * <pre>{@code
 * WarmFunction.Builder.create(this, "Quotes").rollout(Rollout.canary(10, Duration.minutes(5)))
 * }</pre>
 *
 * <p>With steps or hooks there are a deployment group, an alarm on the alias' errors, and once a stack a CodeDeploy
 * application and its role. A rollback fails the stack's update, which CloudFormation then takes back.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html">CodeDeploy quotas</a>
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-lambda.html">Deployments on an AWS
 *     Lambda compute platform</a>
 */
public final class Rollout {
    /** How many errors of the alias in a minute roll back, unless given: {@value}. */
    public static final int DEFAULT_ERRORS = 1;

    private final Steps steps;
    private final @Nullable Number percent;
    private final @Nullable Duration interval;
    private final Number errors;
    private final @Nullable WarmFunction preHook;
    private final @Nullable WarmFunction postHook;

    private Rollout(
            Steps steps,
            @Nullable Number percent,
            @Nullable Duration interval,
            Number errors,
            @Nullable WarmFunction preHook,
            @Nullable WarmFunction postHook) {
        this.steps = steps;
        this.percent = percent;
        this.interval = interval;
        this.errors = errors;
        this.preHook = preHook;
        this.postHook = postHook;
    }

    /**
     * All invocations reach the new version as soon as it is ready. The default; without hooks CloudFormation moves the
     * alias itself.
     *
     * @return the rollout
     */
    public static Rollout allAtOnce() {
        return new Rollout(Steps.ALL_AT_ONCE, null, null, DEFAULT_ERRORS, null, null);
    }

    /**
     * A part of the invocations reaches the new version, and after the interval all do.
     *
     * @param percent the part: 1 to 99 percent
     * @param interval 1 to 2880 whole minutes
     * @return the rollout
     */
    public static Rollout canary(Number percent, Duration interval) {
        return new Rollout(
                Steps.CANARY,
                requireNonNull(percent, "percent"),
                requireNonNull(interval, "interval"),
                DEFAULT_ERRORS,
                null,
                null);
    }

    /**
     * A part of the invocations reaches the new version, and after each interval as many again.
     *
     * @param percent the part: 1 to 99 percent
     * @param interval 1 to 2880 whole minutes; from the first step to the last there may be 2880 too
     * @return the rollout
     */
    public static Rollout linear(Number percent, Duration interval) {
        return new Rollout(
                Steps.LINEAR,
                requireNonNull(percent, "percent"),
                requireNonNull(interval, "interval"),
                DEFAULT_ERRORS,
                null,
                null);
    }

    /**
     * Sets how many errors of the alias roll back.
     *
     * <p>Default: {@value #DEFAULT_ERRORS}.
     *
     * @param errors errors in a minute, at least 1
     * @return the rollout with it
     */
    public Rollout errors(@Nullable Number errors) {
        return new Rollout(steps, percent, interval, errors == null ? DEFAULT_ERRORS : errors, preHook, postHook);
    }

    /**
     * Sets what CodeDeploy invokes before any invocation reaches the new version. It must report to CodeDeploy by
     * {@code PutLifecycleEventHookExecutionStatus}, which its role may for this function alone.
     *
     * <p>Default: nothing is invoked.
     *
     * @param preHook a function of the same stack, which goes over at once itself
     * @return the rollout with it
     */
    public Rollout preHook(WarmFunction preHook) {
        return new Rollout(steps, percent, interval, errors, requireNonNull(preHook, "preHook"), postHook);
    }

    /**
     * Sets what CodeDeploy invokes when all invocations reach the new version. It must report to CodeDeploy as {@link
     * #preHook} does.
     *
     * <p>Default: nothing is invoked.
     *
     * @param postHook a function of the same stack, which goes over at once itself
     * @return the rollout with it
     */
    public Rollout postHook(WarmFunction postHook) {
        return new Rollout(steps, percent, interval, errors, preHook, requireNonNull(postHook, "postHook"));
    }

    /** Whether CloudFormation cannot do it alone. */
    boolean needsCodeDeploy() {
        return shiftsInSteps() || preHook != null || postHook != null;
    }

    /** Whether two versions are in use for a while. */
    boolean shiftsInSteps() {
        return steps != Steps.ALL_AT_ONCE;
    }

    Steps steps() {
        return steps;
    }

    @Nullable
    Number percent() {
        return percent;
    }

    @Nullable
    Duration interval() {
        return interval;
    }

    Number errors() {
        return errors;
    }

    @Nullable
    WarmFunction preHook() {
        return preHook;
    }

    @Nullable
    WarmFunction postHook() {
        return postHook;
    }

    /** In which steps invocations move to the new version. */
    enum Steps {
        ALL_AT_ONCE,
        CANARY,
        LINEAR
    }
}
