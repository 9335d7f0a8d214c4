package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Template;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of the templates in DynamoDB Local. */
final class Tables {
    private static final String API = "DynamoDB_20120810.";
    private static final List<String> INDEXES = List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes");
    private static final Map<String, String> NOT_DONE = new TreeMap<>(Map.of(
            "KinesisStreamSpecification", "its changes go to no Kinesis stream here",
            "StreamSpecification", "its stream is not run here: no function sees its changes",
            "ImportSourceSpecification", "nothing is imported into it here: it begins empty"));

    private final Admin admin;
    private final List<Named> tables;

    Tables(Admin admin, List<Template> templates) {
        this.admin = admin;
        this.tables = Named.all(templates, "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable");
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    List<Named> all() {
        return tables;
    }

    List<String> reported() {
        return tables.stream().flatMap(table -> table.report(NOT_DONE)).toList();
    }

    /** Makes the tables that are not there yet. */
    void create(URI standIn) {
        List<String> there = new ArrayList<>();
        admin.call(standIn, API + "ListTables", Map.of()).path("TableNames").forEach(name -> there.add(name.asText()));
        tables.stream().filter(table -> !there.contains(table.name())).forEach(table -> create(standIn, table));
    }

    /** Empties all: a table that is made again is the fastest. */
    void reset(URI standIn) {
        for (Named table : tables) {
            admin.call(standIn, API + "DeleteTable", Map.of("TableName", table.name()));
            create(standIn, table);
        }
    }

    TableKeys keys() {
        TableKeys keys = new TableKeys();
        for (Named table : tables) {
            partitionKey(get(table, "KeySchema"))
                    .ifPresent(attribute -> keys.add(table.name(), Optional.empty(), attribute));
            for (String indexes : INDEXES) {
                get(table, indexes)
                        .forEach(index -> partitionKey(index.path("KeySchema"))
                                .ifPresent(attribute -> keys.add(
                                        table.name(),
                                        Optional.of(index.path("IndexName").asText()),
                                        attribute)));
            }
        }
        return keys;
    }

    private void create(URI standIn, Named table) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("TableName", table.name());
        request.put("BillingMode", "PAY_PER_REQUEST");
        request.put("KeySchema", get(table, "KeySchema"));
        request.put("AttributeDefinitions", get(table, "AttributeDefinitions"));
        for (String indexes : INDEXES) {
            List<Map<String, JsonNode>> made = new ArrayList<>();
            get(table, indexes).forEach(index -> made.add(index(index)));
            if (!made.isEmpty()) {
                request.put(indexes, made);
            }
        }
        admin.call(standIn, API + "CreateTable", request);
        JsonNode timeToLive = get(table, "TimeToLiveSpecification");
        if (timeToLive.path("Enabled").asBoolean()) {
            admin.call(
                    standIn,
                    API + "UpdateTimeToLive",
                    Map.of("TableName", table.name(), "TimeToLiveSpecification", timeToLive));
        }
    }

    private static Map<String, JsonNode> index(JsonNode index) {
        return Map.of(
                "IndexName", index.path("IndexName"),
                "KeySchema", index.path("KeySchema"),
                "Projection", index.path("Projection"));
    }

    private static Optional<String> partitionKey(JsonNode schema) {
        return schema.valueStream()
                .filter(key -> key.path("KeyType").asText().equals("HASH"))
                .map(key -> key.path("AttributeName").asText())
                .findFirst();
    }

    private static JsonNode get(Named table, String property) {
        return table.template().get(table.resource(), property);
    }
}
