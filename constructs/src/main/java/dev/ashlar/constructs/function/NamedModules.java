package dev.ashlar.constructs.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** The Maven modules that the app has named so far: what is stale among them is compiled in one call of Maven. */
final class NamedModules {
    private static final Set<MavenModule> NAMED = Collections.newSetFromMap(new WeakHashMap<>());

    private NamedModules() {}

    static synchronized void add(MavenModule module) {
        NAMED.add(module);
    }

    static synchronized List<MavenModule> all() {
        return new ArrayList<>(NAMED);
    }
}
