package dev.ashlar.local.internal.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The permissions that a request to DynamoDB needs.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_dynamodb.html">Actions,
 *     resources, and condition keys</a>
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html">Conditions
 *     on keys and attributes</a>
 */
final class DynamoDbActions {
    private static final Pattern PARTIQL_TABLE =
            Pattern.compile("(?i)\\b(?:from|into|update)\\s+\"?([\\w.-]+)\"?(?:\\.\"?([\\w.-]+)\"?)?");

    private static final List<String> EXPRESSIONS = List.of(
            "ProjectionExpression",
            "FilterExpression",
            "ConditionExpression",
            "UpdateExpression",
            "KeyConditionExpression");

    /** A name at the top of an item: not the part behind a dot, not a function, not a value. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w.:#])#?[A-Za-z_]\\w*(?!\\w|\\s*\\()");

    private static final Set<String> KEYWORDS =
            Set.of("SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN");

    private final UnaryOperator<String> tableArn;
    private final TableKeys keys;

    /**
     * Creates the mapping.
     *
     * @param tableArn the ARN of a table of a name
     * @param keys the partition keys of tables and indexes
     */
    DynamoDbActions(UnaryOperator<String> tableArn, TableKeys keys) {
        this.tableArn = tableArn;
        this.keys = keys;
    }

    /** {@return what an operation such as {@code PutItem} needs, all of it} */
    List<Access> of(String operation, JsonNode request) {
        return switch (operation) {
            case "BatchGetItem", "BatchWriteItem" -> batch(operation, request.path("RequestItems"));
            case "TransactGetItems", "TransactWriteItems" -> transaction(operation, request.path("TransactItems"));
            case "ExecuteStatement" -> List.of(partiQl(request.path("Statement").asText()));
            case "BatchExecuteStatement" -> partiQl(request.path("Statements"));
            case "ExecuteTransaction" -> partiQl(request.path("TransactStatements"));
            default -> List.of(single("dynamodb:" + operation, operation, request, Map.of()));
        };
    }

    private Access single(String action, String operation, JsonNode request, Map<String, List<String>> enclosing) {
        Optional<String> table = text(request, "TableName").map(DynamoDbActions::name);
        if (table.isEmpty()) {
            String resource = Stream.of("ResourceArn", "TableArn", "StreamArn", "BackupArn")
                    .flatMap(field -> text(request, field).stream())
                    .findFirst()
                    .orElse("*");
            return new Access(action, resource, context(operation, request, List.of(), enclosing));
        }
        Optional<String> index = text(request, "IndexName");
        String arn = tableArn.apply(table.get())
                + index.map(name -> "/index/" + name).orElse("");
        List<String> leading = leadingKeys(operation, request, keys.partitionKey(table.get(), index));
        return new Access(action, arn, context(operation, request, leading, enclosing));
    }

    private List<Access> batch(String operation, JsonNode tables) {
        List<Access> needed = new ArrayList<>();
        tables.properties().forEach(table -> {
            String name = name(table.getKey());
            Optional<String> key = keys.partitionKey(name, Optional.empty());
            Set<String> leading = new TreeSet<>();
            Set<String> attributes = new TreeSet<>(attributes(table.getValue()));
            Stream<JsonNode> items = Stream.concat(
                    table.getValue().path("Keys").valueStream(),
                    table.getValue()
                            .valueStream()
                            .flatMap(write -> Stream.of(
                                    write.path("PutRequest").path("Item"),
                                    write.path("DeleteRequest").path("Key"))));
            items.filter(JsonNode::isObject).forEach(item -> {
                item.fieldNames().forEachRemaining(attributes::add);
                key.flatMap(attribute -> value(item.path(attribute))).ifPresent(leading::add);
            });
            Map<String, List<String>> context =
                    new HashMap<>(context(operation, table.getValue(), List.copyOf(leading), Map.of()));
            context.put("dynamodb:Attributes", List.copyOf(attributes));
            needed.add(new Access("dynamodb:" + operation, tableArn.apply(name), context));
        });
        return needed;
    }

    private List<Access> transaction(String operation, JsonNode items) {
        List<Access> needed = new ArrayList<>();
        items.forEach(item -> item.properties().forEach(part -> {
            String single = switch (part.getKey()) {
                case "Get" -> "GetItem";
                case "Put" -> "PutItem";
                case "Update" -> "UpdateItem";
                case "Delete" -> "DeleteItem";
                default -> "ConditionCheckItem";
            };
            needed.add(single(
                    "dynamodb:" + single,
                    single,
                    part.getValue(),
                    Map.of("dynamodb:EnclosingOperation", List.of(operation))));
        }));
        return needed;
    }

    private List<Access> partiQl(JsonNode statements) {
        return statements
                .valueStream()
                .map(statement -> partiQl(statement.path("Statement").asText()))
                .toList();
    }

    private Access partiQl(String statement) {
        String verb = statement.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        String action = "dynamodb:PartiQL"
                + switch (verb) {
                    case "insert" -> "Insert";
                    case "update" -> "Update";
                    case "delete" -> "Delete";
                    default -> "Select";
                };
        Matcher table = PARTIQL_TABLE.matcher(statement);
        if (!table.find()) {
            return Access.of(action, "*");
        }
        String index = table.group(2) == null ? "" : "/index/" + table.group(2);
        return Access.of(action, tableArn.apply(table.group(1)) + index);
    }

    private static Map<String, List<String>> context(
            String operation, JsonNode request, List<String> leading, Map<String, List<String>> enclosing) {
        Map<String, List<String>> context = new HashMap<>();
        context.put("dynamodb:LeadingKeys", leading);
        context.put("dynamodb:Attributes", List.copyOf(attributes(request)));
        context.put("dynamodb:Select", select(operation, request).stream().toList());
        context.put(
                "dynamodb:ReturnValues", List.of(text(request, "ReturnValues").orElse("NONE")));
        context.put(
                "dynamodb:ReturnConsumedCapacity",
                List.of(text(request, "ReturnConsumedCapacity").orElse("NONE")));
        context.put("dynamodb:FullTableScan", operation.equals("Scan") ? List.of("true") : List.of());
        context.put("dynamodb:EnclosingOperation", List.of());
        context.putAll(enclosing);
        return context;
    }

    private static Optional<String> select(String operation, JsonNode request) {
        if (!Set.of("GetItem", "BatchGetItem", "Query", "Scan").contains(operation)) {
            return Optional.empty();
        }
        boolean specific = request.has("ProjectionExpression") || request.has("AttributesToGet");
        String otherwise = request.has("IndexName") ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES";
        return text(request, "Select").or(() -> Optional.of(specific ? "SPECIFIC_ATTRIBUTES" : otherwise));
    }

    private static List<String> leadingKeys(String operation, JsonNode request, Optional<String> partitionKey) {
        return partitionKey
                .flatMap(key -> operation.equals("Query")
                        ? queried(request, key)
                        : value(request.path("Key").path(key))
                                .or(() -> value(request.path("Item").path(key))))
                .stream()
                .toList();
    }

    /** {@return the partition key's value in a query: {@code pk = :id} or the older form} */
    private static Optional<String> queried(JsonNode request, String key) {
        JsonNode legacy = request.path("KeyConditions").path(key).path("AttributeValueList");
        if (!legacy.isMissingNode()) {
            return value(legacy.path(0));
        }
        Matcher equals = Pattern.compile("(#?\\w+)\\s*=\\s*(:\\w+)")
                .matcher(text(request, "KeyConditionExpression").orElse(""));
        while (equals.find()) {
            if (attribute(request, equals.group(1)).equals(key)) {
                return value(request.path("ExpressionAttributeValues").path(equals.group(2)));
            }
        }
        return Optional.empty();
    }

    /** {@return the attributes at the top of an item that a request names} */
    private static Set<String> attributes(JsonNode request) {
        Set<String> attributes = new TreeSet<>();
        for (String expression : EXPRESSIONS) {
            Matcher name = NAME.matcher(text(request, expression).orElse(""));
            while (name.find()) {
                if (!KEYWORDS.contains(name.group().toUpperCase(Locale.ROOT))) {
                    attributes.add(attribute(request, name.group()));
                }
            }
        }
        Stream.of("Key", "Item", "Expected", "AttributeUpdates", "KeyConditions", "QueryFilter", "ScanFilter")
                .forEach(field -> request.path(field).fieldNames().forEachRemaining(attributes::add));
        request.path("AttributesToGet").forEach(attribute -> attributes.add(attribute.asText()));
        return attributes;
    }

    private static String attribute(JsonNode request, String name) {
        return request.path("ExpressionAttributeNames").path(name).asText(name);
    }

    /** {@return what a key's value, such as {@code {"S": "a"}}, says} */
    private static Optional<String> value(JsonNode typed) {
        return typed.valueStream().findFirst().map(JsonNode::asText);
    }

    private static Optional<String> text(JsonNode request, String field) {
        return Optional.ofNullable(request.path(field).textValue());
    }

    /** {@return the name of a table, which may be given as an ARN} */
    private static String name(String table) {
        return table.replaceFirst("^arn:.*:table/", "");
    }
}
