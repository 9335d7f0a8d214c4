package dev.ashlar.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The context that a project's files give to its app. */
final class ProjectContext {
    private ProjectContext() {}

    /** Reads the files nearest to the working directory. */
    static Map<String, Object> nearest() {
        return above(Path.of("").toAbsolutePath());
    }

    /** Reads {@code cdk.json} of the nearest folder upwards that has one, and {@code cdk.context.json} beside it. */
    static Map<String, Object> above(Path directory) {
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            Path settings = folder.resolve("cdk.json");
            if (Files.isRegularFile(settings)) {
                Map<String, Object> context = new HashMap<>();
                Path lookups = folder.resolve("cdk.context.json");
                if (Files.isRegularFile(lookups)) {
                    context.putAll(Json.toMap(Json.read(lookups)));
                }
                context.putAll(Json.toMap(Json.read(settings).path("context")));
                return context;
            }
        }
        return Map.of();
    }
}
