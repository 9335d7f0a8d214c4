package dev.ashlar.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each principal may do, in the forms that are read by people and programs. */
record PermissionTable(String title, SortedMap<Principal, List<Row>> rows) {
    private static final String NOTHING = "nothing";

    /** What is allowed, or denied, on one resource under one condition. */
    record Row(String resource, boolean denied, String by, String condition, Collection<String> actions) {

        private static final Comparator<Row> ORDER = Comparator.comparing(Row::resource)
                .thenComparing(Row::denied)
                .thenComparing(Row::by)
                .thenComparing(Row::condition);

        static Row of(Principal principal, Permission permission) {
            String by = permission.getPrincipal();
            return new Row(
                    permission.getResource(),
                    permission.isDenied(),
                    by == null || by.equals(principal.name()) ? "" : by,
                    textOf(permission.getCondition()),
                    new TreeSet<>());
        }

        private static String textOf(@Nullable String condition) {
            return condition == null ? "" : condition;
        }

        List<String> phrases() {
            String before = denied ? "deny " : "";
            String after = by.isEmpty() ? "" : " by " + by;
            return actions.stream().map(action -> before + action + after).toList();
        }

        String when() {
            return condition.isEmpty() ? "" : "when " + condition;
        }
    }

    static PermissionTable of(String title, StackPolicies policies) {
        SortedMap<Principal, SortedMap<Row, Row>> merged = new TreeMap<>();
        policies.holders().forEach(holder -> merged.put(holder, new TreeMap<>(Row.ORDER)));
        for (PolicyEntry entry : policies.entries()) {
            Row row = Row.of(entry.principal(), entry.permission());
            merged.computeIfAbsent(entry.principal(), key -> new TreeMap<>(Row.ORDER))
                    .computeIfAbsent(row, key -> row)
                    .actions()
                    .add(entry.permission().getAction());
        }
        SortedMap<Principal, List<Row>> rows = new TreeMap<>();
        merged.forEach((principal, some) -> rows.put(principal, List.copyOf(some.values())));
        return new PermissionTable(title, rows);
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(title));
        rows.forEach((principal, some) -> {
            lines.add("");
            lines.add(principal.heading());
            int resources = width(some.stream().map(Row::resource).toList());
            int actions =
                    width(some.stream().flatMap(row -> row.phrases().stream()).toList());
            for (Row row : some) {
                String resource = row.resource();
                String when = row.when();
                for (String phrase : row.phrases()) {
                    lines.add(("  " + padded(resource, resources) + padded(phrase, actions) + when).stripTrailing());
                    resource = "";
                    when = "";
                }
            }
            if (some.isEmpty()) {
                lines.add("  " + NOTHING);
            }
        });
        return String.join("\n", lines) + "\n";
    }

    String markdown() {
        List<String> lines = new ArrayList<>(List.of("# " + title));
        rows.forEach((principal, some) -> {
            lines.addAll(List.of("", "## " + principal.heading(), ""));
            if (some.isEmpty()) {
                lines.add(NOTHING);
            } else {
                lines.addAll(List.of("| on | may | when |", "|---|---|---|"));
            }
            for (Row row : some) {
                String actions = String.join(
                        "<br>",
                        row.phrases().stream().map(PermissionTable::code).toList());
                lines.add("| " + code(row.resource()) + " | " + actions + " | " + code(row.condition()) + " |");
            }
        });
        return String.join("\n", lines) + "\n";
    }

    JsonNode json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        rows.forEach((principal, some) -> {
            ObjectNode resources = report.putObject(principal.heading());
            some.forEach(row -> resources.withArrayProperty(row.resource()).add(json(row)));
        });
        return report;
    }

    private static ObjectNode json(Row row) {
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        row.actions().forEach(statement.putArray(row.denied() ? "deny" : "allow")::add);
        if (!row.by().isEmpty()) {
            statement.put("by", row.by());
        }
        if (!row.condition().isEmpty()) {
            statement.set("when", parsed(row.condition()));
        }
        return statement;
    }

    private static JsonNode parsed(String condition) {
        try {
            return Json.parse(condition);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(condition);
        }
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0) + 2;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
    }
}
