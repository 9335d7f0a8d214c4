package dev.ashlar.constructs.internal;

import java.util.function.Function;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * What must exist once a stack: it lies under the stack's one child {@value #ID}, whoever asks for it first. The list
 * of what may lie there is closed:
 *
 * <ul>
 *   <li>{@code BucketEmptier}: the function that empties buckets on delete, in the development profile
 * </ul>
 */
public final class StackShared {
    /** The id of the stack's child that holds what its constructs share. */
    public static final String ID = "Ashlar";

    private StackShared() {}

    /**
     * Finds what the constructs of a stack share, or creates it.
     *
     * @param <T> the type of the shared construct
     * @param user a construct of the stack in question
     * @param id the shared construct's id below {@value #ID}
     * @param type the shared construct's class
     * @param create makes it below the given scope, which is called at most once a stack
     * @return the one shared construct of that id
     */
    public static <T extends Construct> T of(IConstruct user, String id, Class<T> type, Function<Construct, T> create) {
        Stack stack = Stack.of(user);
        IConstruct shared = stack.getNode().tryFindChild(ID);
        Construct scope = shared == null ? new Construct(stack, ID) : (Construct) shared;
        IConstruct existing = scope.getNode().tryFindChild(id);
        return existing == null ? create.apply(scope) : type.cast(existing);
    }
}
