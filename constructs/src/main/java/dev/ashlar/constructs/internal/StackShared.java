package dev.ashlar.constructs.internal;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * What must exist once a stack: it lies under the stack's one child {@value #ID}, whoever asks for it first. The list
 * of what may lie there is closed:
 *
 * <ul>
 *   <li>{@code BucketEmptier}: the function that empties buckets on delete, in the development profile
 *   <li>{@code CodeDeploy}, {@code CodeDeployRole}: the application and the role of rollouts in steps
 *   <li>{@code SecurityGroup-<network>}: that of the functions in a network which were given none
 *   <li>{@code SiteUploaderRole}, {@code SiteUploaderLogs}: the role and the log group of CDK's handler that uploads sites
 * </ul>
 */
public final class StackShared {
    /** The id of the stack's child that holds what its constructs share. */
    public static final String ID = "Ashlar";

    private static final Once<Stack, StackShared> OF_STACKS = new Once<>(StackShared::new);

    private final Construct scope;
    private final Map<String, Construct> constructs = new HashMap<>();

    private StackShared(Stack stack) {
        IConstruct found = Known.nodeOf(stack).tryFindChild(ID);
        this.scope = found == null ? new Construct(stack, ID) : (Construct) found;
        Inherited.share(scope, stack);
    }

    /**
     * Finds what the constructs of a stack share, or creates it.
     *
     * @param <T> the type of the shared construct
     * @param user a construct of the stack in question
     * @param id the shared construct's id below {@value #ID}
     * @param type the shared construct's class
     * @param create makes it below the given scope and with that id, which is done at most once a stack
     * @return the one shared construct of that id
     */
    public static <T extends Construct> T of(
            IConstruct user, String id, Class<T> type, BiFunction<Construct, String, T> create) {
        StackShared shared = requireNonNull(OF_STACKS.ask(Inherited.stack(user)));
        Construct existing = shared.constructs.get(id);
        if (existing == null) {
            existing = create.apply(shared.scope, id);
            shared.constructs.put(id, existing);
        }
        return type.cast(existing);
    }

    /**
     * Names a construct by its path, without that of a stack: it stays the same in whatever stage the stack lies.
     *
     * @param user a construct of the stack in question
     * @param named the construct to name; one outside that stack keeps its whole path
     * @return the path
     */
    public static String pathWithin(IConstruct user, IConstruct named) {
        String path = named.getNode().getPath();
        String stack = Known.nodeOf(Inherited.stack(user)).getPath() + "/";
        return path.startsWith(stack) ? path.substring(stack.length()) : path;
    }
}
