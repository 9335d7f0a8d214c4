package dev.ashlar.examples.guestbook;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The notes in their table: one partition, sorted by name and so by time.
 *
 * <p>One partition takes 1000 small writes a second, more than a guestbook sees. Where that is not enough, put the month into the partition
 * key and page from month to month.
 */
final class Notes {

    static final String TABLE_VARIABLE = "NOTES_TABLE";

    private static final String PARTITION = "NOTES";

    private final DynamoDbClient dynamo;
    private final String table;

    Notes(DynamoDbClient dynamo, String table) {
        this.dynamo = dynamo;
        this.table = table;
    }

    static Notes in(Environment environment) {
        String table = environment.get(TABLE_VARIABLE, "the name of the notes' table");
        return new Notes(connect(), table);
    }

    /** Makes a client that finds region, credentials and endpoint in the environment; it connects with the first request. */
    private static DynamoDbClient connect() {
        // A connection that died while the function was frozen should be retried within the function's timeout.
        return DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(3)))
                .build();
    }

    /** Writes a note. There is no condition, so that the SDK may try again when an answer was lost on its way. */
    void put(Note note) {
        Map<String, AttributeValue> item = new HashMap<>(key(note.id()));
        item.put("author", fromS(note.author()));
        item.put("text", fromS(note.text()));
        dynamo.putItem(request -> request.tableName(table).item(item));
    }

    Optional<Note> find(NoteId id) {
        // Consistent, so that whoever has just written a note finds it.
        Map<String, AttributeValue> item = dynamo.getItem(
                        request -> request.tableName(table).key(key(id)).consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(note(item));
    }

    /** Reads the newest of the notes that are older than the given one, whether or not that one still exists. */
    Page page(int limit, NoteId before) {
        // One more than asked for tells whether a page follows. The longest 101 stay below 1 MB, a query's limit.
        QueryResponse response = dynamo.query(request -> request.tableName(table)
                .keyConditionExpression("pk = :pk and sk < :before")
                .expressionAttributeValues(Map.of(":pk", fromS(PARTITION), ":before", fromS(before.value())))
                .consistentRead(true)
                .scanIndexForward(false)
                .limit(limit + 1));
        List<Note> found = response.items().stream().map(Notes::note).toList();
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        List<Note> notes = found.subList(0, limit);
        return new Page(notes, notes.get(limit - 1).id().toCursor());
    }

    /** Reads what was written from one instant on and before another, newest first, page by page as it is asked for. */
    Iterable<Note> between(Instant from, Instant until) {
        Map<String, AttributeValue> span = Map.of(
                ":pk", fromS(PARTITION),
                ":from", fromS(NoteId.startOf(from)),
                ":until", fromS(NoteId.startOf(until)));
        SdkIterable<Map<String, AttributeValue>> items = dynamo.queryPaginator(request -> request.tableName(table)
                        .keyConditionExpression("pk = :pk and sk between :from and :until")
                        .expressionAttributeValues(span)
                        .scanIndexForward(false))
                .items();
        return () -> items.stream().map(Notes::note).iterator();
    }

    /** Deletes a note and tells whether it was there. */
    boolean delete(NoteId id) {
        try {
            dynamo.deleteItem(
                    request -> request.tableName(table).key(key(id)).conditionExpression("attribute_exists(pk)"));
            return true;
        } catch (ConditionalCheckFailedException missing) {
            return false;
        }
    }

    private static Map<String, AttributeValue> key(NoteId id) {
        return Map.of("pk", fromS(PARTITION), "sk", fromS(id.value()));
    }

    private static Note note(Map<String, AttributeValue> item) {
        return new Note(new NoteId(string(item, "sk")), string(item, "author"), string(item, "text"));
    }

    private static String string(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute).s();
    }
}
