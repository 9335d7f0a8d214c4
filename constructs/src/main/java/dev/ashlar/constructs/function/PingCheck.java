package dev.ashlar.constructs.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks whether code seems to answer pings: code that does not takes them for events. */
final class PingCheck {
    private static final String WARM_UP = "dev/ashlar/runtime/WarmUp";
    private static final Pattern SCRIPT = Pattern.compile(".+\\.(py|js|mjs|cjs)");

    private PingCheck() {}

    /** Tells what may be wrong. */
    static Optional<String> check(CodeTarget target, CodeFiles files) throws IOException {
        if (!target.isPinged() || target.hasLayers() || answers(target, files)) {
            return Optional.empty();
        }
        return Optional.of("handler must answer pings, got " + target.handler()
                + (target.java().isPresent()
                        ? ", whose code has no dev.ashlar.runtime.WarmUp; wrap it, or acknowledge this if it knows them"
                        : ", beside which nothing says \"ashlar\"; see the page on functions for the lines it takes, or"
                                + " acknowledge this if it knows them"));
    }

    private static boolean answers(CodeTarget target, CodeFiles files) throws IOException {
        if (target.java().isPresent()) {
            try (ClassPath classPath = new ClassPath(files)) {
                return classPath.find(WARM_UP) != null;
            }
        }
        if (!target.isPython() && !target.isNode()) {
            return true;
        }
        // Of notes.handler the file is notes.py, of web.notes.handler web/notes.py.
        String module = target.handler().replaceFirst("\\.[^./]+$", "");
        String folder = folderOf(target.isPython() ? module.replace('.', '/') : module);
        for (String name : files.sizes().keySet()) {
            if (SCRIPT.matcher(name).matches()
                    && folderOf(name).equals(folder)
                    && new String(files.read(name), UTF_8).contains("ashlar")) {
                return true;
            }
        }
        return false;
    }

    private static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
