package dev.ashlar.constructs.function;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The Maven modules that the app has named so far, so that what is stale among them is compiled in one call of Maven; and
 * those that such a call compiled before they were needed.
 */
final class NamedModules {
    private static final Set<MavenModule> NAMED = Collections.newSetFromMap(new WeakHashMap<>());
    private static final Map<Path, Instant> COMPILED = new HashMap<>();

    private NamedModules() {}

    static synchronized void add(MavenModule module) {
        NAMED.add(module);
    }

    static synchronized List<MavenModule> all() {
        return new ArrayList<>(NAMED);
    }

    static synchronized void addCompiled(Path directory, Instant started) {
        COMPILED.put(directory, started);
    }

    static synchronized boolean isCompiled(Path directory) {
        return COMPILED.containsKey(directory);
    }

    /** When the call began that compiled the module; null if none did since it was last asked for. */
    static synchronized @Nullable Instant takeCompiled(Path directory) {
        return COMPILED.remove(directory);
    }
}
