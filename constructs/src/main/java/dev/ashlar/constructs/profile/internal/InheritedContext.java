package dev.ashlar.constructs.profile.internal;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Context that a construct has from its scope. CDK lets no scope change its context once it has a child: so what one child
 * was told holds for the others, and for all that these create. Each question would be three round trips to Node.
 */
public final class InheritedContext {
    private static final Map<IConstruct, InheritedContext> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

    private @Nullable Map<?, ?> values;

    private InheritedContext() {}

    /**
     * Lets a construct of ours that is being created share what is known of its scope: it sets no such context itself.
     *
     * @param construct the construct, which is a child of the scope by now
     * @param scope its scope
     */
    public static void share(Construct construct, Construct scope) {
        KNOWN.put(construct, KNOWN.computeIfAbsent(scope, unknown -> new InheritedContext()));
    }

    /**
     * Finds a value of the context.
     *
     * @param construct any construct
     * @param key the key
     * @return the value that holds for it; null if there is none
     */
    public static @Nullable Object of(IConstruct construct, String key) {
        InheritedContext known = KNOWN.get(construct);
        return known == null ? construct.getNode().tryGetContext(key) : known.value(construct, key);
    }

    private synchronized @Nullable Object value(IConstruct construct, String key) {
        if (values == null) {
            values = (Map<?, ?>) construct.getNode().getAllContext();
        }
        return values.get(key);
    }
}
