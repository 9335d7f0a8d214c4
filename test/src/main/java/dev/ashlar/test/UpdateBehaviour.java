package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What AWS publishes about the updates of resources: which properties replace or interrupt the resource. The file is
 * written by {@code bin/pack-update-behaviour.mjs}, and says its source and its form.
 */
final class UpdateBehaviour {
    private static final String FILE = "update-behaviour.txt";
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final String ANY = "*";

    /** Lines of the file by type, which are read only for the types in question. */
    private final Map<String, List<String>> rules;

    private UpdateBehaviour(Map<String, List<String>> rules) {
        this.rules = rules;
    }

    /** {@return what is known of all types, read once} */
    static UpdateBehaviour published() {
        return Published.BEHAVIOUR;
    }

    /** {@return what a difference between the properties of a resource makes CloudFormation do} */
    Update of(String type, Difference difference) {
        if (SynthesizedStack.isCustomResource(type)) {
            return difference.path().equals("ServiceToken") ? Update.REPLACEMENT : Update.BY_ITS_OWN_CODE;
        }
        List<String> ofType = rules.get(type);
        if (ofType == null) {
            return Update.UNKNOWN;
        }
        Update update = Update.IN_PLACE;
        for (String path : changedPaths(difference)) {
            for (String rule : ofType) {
                if (isAtOrBelow(path, rule)) {
                    update = update.orMore(kindOf(rule));
                }
            }
        }
        return update;
    }

    /**
     * {@return where values changed, with {@code *} for the items of lists} Of a block that was added, all that it
     * holds; but not what items of a list hold: an item that is new has nothing that could be replaced.
     */
    private static List<String> changedPaths(Difference difference) {
        String path = INDEX.matcher(difference.path()).replaceAll("." + ANY);
        if (path.endsWith(ANY) || !(difference.isAddition() || difference.isRemoval())) {
            return List.of(path);
        }
        return leaves(path, difference.isAddition() ? difference.after() : difference.before())
                .toList();
    }

    private static Stream<String> leaves(String path, JsonNode value) {
        return value.isObject()
                ? Stream.concat(
                        Stream.of(path),
                        value.properties().stream()
                                .flatMap(field -> leaves(path + "." + field.getKey(), field.getValue())))
                : Stream.of(path);
    }

    private static boolean isAtOrBelow(String path, String rule) {
        String[] segments = path.split("\\.", -1);
        String[] ruled = nameOf(rule).split("\\.", -1);
        if (segments.length < ruled.length) {
            return false;
        }
        for (int i = 0; i < ruled.length; i++) {
            if (!ruled[i].equals(ANY) && !ruled[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static Update kindOf(String rule) {
        return switch (rule.charAt(0)) {
            case '?' -> Update.MAY_REPLACE;
            case '~' -> Update.INTERRUPTION;
            default -> Update.REPLACEMENT;
        };
    }

    private static String nameOf(String rule) {
        return kindOf(rule) == Update.REPLACEMENT ? rule : rule.substring(1);
    }

    private static final class Published {
        static final UpdateBehaviour BEHAVIOUR = read();

        private static UpdateBehaviour read() {
            InputStream file = Objects.requireNonNull(UpdateBehaviour.class.getResourceAsStream(FILE), FILE);
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
                return parse(lines.lines().toList());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static UpdateBehaviour parse(List<String> lines) {
            Map<String, List<String>> rules = new HashMap<>();
            String service = "";
            for (String line : lines) {
                if (line.startsWith(" ")) {
                    List<String> words = new ArrayList<>(List.of(line.trim().split(" ")));
                    rules.put(service + "::" + words.remove(0), words);
                } else if (!line.startsWith("#")) {
                    service = line;
                }
            }
            return new UpdateBehaviour(rules);
        }
    }
}
