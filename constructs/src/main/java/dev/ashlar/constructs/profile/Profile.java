package dev.ashlar.constructs.profile;

import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.Locale;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import software.constructs.Node;

/**
 * Decides what depends on the environment: what happens to data and logs when they are removed, and how well they are
 * protected until then. Every construct of Ashlar asks it, and nothing else, for these.
 *
 * <table>
 * <caption>What a profile decides</caption>
 * <tr><th></th><th>{@link #PRODUCTION}</th><th>{@link #DEVELOPMENT}</th></tr>
 * <tr><td>tables, buckets, queues, logs on removal</td><td>kept</td><td>deleted, buckets emptied first</td></tr>
 * <tr><td>deletion protection</td><td>on</td><td>off</td></tr>
 * <tr><td>point-in-time recovery</td><td>on</td><td>off</td></tr>
 * <tr><td>log retention</td><td>one year</td><td>one week</td></tr>
 * </table>
 *
 * <p>It is set on a scope, before that scope has any construct, and holds for all that is below:
 *
 * <pre>{@code
 * Stage dev = new Stage(app, "Dev");
 * Profile.DEVELOPMENT.applyTo(dev);
 * new ShopStack(dev, "Shop");
 * }</pre>
 *
 * <p>A whole app takes it from the context key {@value #CONTEXT_KEY}, in {@code cdk.json} or as {@code cdk deploy -c
 * ashlar:profile=development}. Without either it is {@link #PRODUCTION}. Any single setting can be set by hand on the
 * construct in question.
 */
public enum Profile {
    /** Keeps data and protects it. */
    PRODUCTION,

    /** Leaves nothing behind on {@code cdk destroy}. */
    DEVELOPMENT;

    /** The context key that holds a profile's name in lower case: {@value}. */
    public static final String CONTEXT_KEY = "ashlar:profile";

    /**
     * Sets this profile for all constructs that will be created below a scope.
     *
     * @param scope a stage, stack or other construct that has no children yet; an app has children from its birth, it
     *     takes the context key {@value #CONTEXT_KEY} instead
     * @throws IllegalStateException if the scope already has children: they would have been created under another
     *     profile
     */
    public void applyTo(Construct scope) {
        Node node = scope.getNode();
        if (!node.getChildren().isEmpty()) {
            throw new IllegalStateException("[" + node.getPath() + "] profile must be set before the first construct of"
                    + " its scope; call applyTo earlier, or for a whole app set the context key " + CONTEXT_KEY
                    + " in cdk.json");
        }
        node.setContext(CONTEXT_KEY, contextValue());
    }

    /**
     * Finds the profile that holds for a construct.
     *
     * @param scope any construct
     * @return the profile of the nearest scope that has one, else {@link #PRODUCTION}
     * @throws IllegalArgumentException if the context key {@value #CONTEXT_KEY} holds anything but the name of a
     *     profile
     */
    public static Profile of(Construct scope) {
        Object value = Inherited.context(scope, CONTEXT_KEY);
        if (value == null) {
            return PRODUCTION;
        }
        for (Profile profile : values()) {
            if (profile.contextValue().equals(value)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("[" + scope.getNode().getPath() + "] context " + CONTEXT_KEY
                + " must be production or development, got " + value);
    }

    /** {@return what happens to data and logs when they are removed from a stack, or the stack is deleted} */
    public RemovalPolicy getRemovalPolicy() {
        return this == PRODUCTION ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    }

    /** {@return how long logs are kept} */
    public RetentionDays getLogRetention() {
        return this == PRODUCTION ? RetentionDays.ONE_YEAR : RetentionDays.ONE_WEEK;
    }

    /** {@return whether data is protected: against deletion, and by point-in-time recovery} */
    public boolean isDataProtected() {
        return this == PRODUCTION;
    }

    private String contextValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
