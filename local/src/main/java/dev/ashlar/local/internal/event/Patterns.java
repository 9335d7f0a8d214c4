package dev.ashlar.local.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Json;
import java.io.IOException;
import java.util.List;
import software.amazon.event.ruler.Machine;

/** Event patterns, matched by what EventBridge itself matches with. */
final class Patterns {
    private final Machine machine = Machine.builder().build();
    private final boolean all;

    private Patterns(boolean all) {
        this.all = all;
    }

    /**
     * Reads patterns.
     *
     * @param patterns each as JSON; without any everything matches
     * @throws IllegalArgumentException if one is none
     */
    static Patterns of(List<String> patterns) {
        Patterns compiled = new Patterns(patterns.isEmpty());
        for (String pattern : patterns) {
            try {
                compiled.machine.addRule("pattern", pattern);
            } catch (IOException e) {
                throw new IllegalArgumentException("The pattern cannot be read: " + pattern, e);
            }
        }
        return compiled;
    }

    boolean match(JsonNode event) {
        if (all) {
            return true;
        }
        try {
            return !machine.rulesForJSONEvent(Json.write(event)).isEmpty();
        } catch (Exception e) {
            throw new IllegalArgumentException("The event cannot be matched: " + Json.write(event), e);
        }
    }
}
