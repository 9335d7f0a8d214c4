package dev.ashlar.constructs.profile.internal;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * What a construct has from its scope: the context, and the stack that it lies in. CDK lets no scope change its context once
 * it has a child: so what one child was told holds for the others, and for all that these create. Each question would be up
 * to three round trips to Node.
 */
public final class Inherited {
    private static final Map<IConstruct, Inherited> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

    private @Nullable Map<?, ?> context;
    private @Nullable Stack stack;

    private Inherited(IConstruct scope) {
        this.stack = scope instanceof Stack itself ? itself : null;
    }

    /**
     * Lets a construct of ours that is being created share what is known of its scope: it sets no such context itself.
     *
     * @param construct the construct, which is a child of the scope by now
     * @param scope its scope, which lies in the same stack
     */
    public static void share(Construct construct, Construct scope) {
        KNOWN.put(construct, KNOWN.computeIfAbsent(scope, Inherited::new));
    }

    /**
     * Finds a value of the context.
     *
     * @param construct any construct
     * @param key the key
     * @return the value that holds for it; null if there is none
     */
    public static @Nullable Object context(IConstruct construct, String key) {
        Inherited known = KNOWN.get(construct);
        return known == null ? construct.getNode().tryGetContext(key) : known.value(construct, key);
    }

    /**
     * Finds the stack of a construct.
     *
     * @param construct any construct of a stack
     * @return the stack
     */
    public static Stack stack(IConstruct construct) {
        Inherited known = KNOWN.get(construct);
        return known == null ? Stack.of(construct) : known.stackOf(construct);
    }

    private synchronized @Nullable Object value(IConstruct construct, String key) {
        if (context == null) {
            context = (Map<?, ?>) construct.getNode().getAllContext();
        }
        return context.get(key);
    }

    private synchronized Stack stackOf(IConstruct construct) {
        if (stack == null) {
            stack = Stack.of(construct);
        }
        return stack;
    }
}
