package dev.ashlar.examples.guestbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.APIGatewayV2HTTPEventBuilder;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuestbookHandlerTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MODERATOR = "5f0c1c6e-example-user";
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private static LocalTables dynamo;

    private final FakeContext context = new FakeContext();
    private String table;
    private GuestbookHandler handler;

    @BeforeAll
    static void startDynamo() {
        dynamo = new LocalTables();
    }

    @AfterAll
    static void stopDynamo() {
        dynamo.close();
    }

    @BeforeEach
    void createTable() {
        table = dynamo.create();
        handler = handlerAt(NEW_YEAR);
    }

    // What the routes answer

    @Test
    void writesANoteAndTellsWhereItIs() {
        var written = post("{'author':'Ada','text':'Hello'}");

        String id = json(written).get("id").textValue();
        assertThat(written.getStatusCode()).isEqualTo(201);
        assertThat(id).matches("1767225600000-[0-9a-f]{16}");
        assertThat(written.getHeaders()).containsEntry("location", "/api/notes/" + id);
        assertThat(json(written))
                .isEqualTo(
                        parse("{'id':'" + id + "','author':'Ada','text':'Hello','createdAt':'2026-01-01T00:00:00Z'}"));
    }

    @Test
    void readsWhatWasWritten() {
        var written = post("{'author':'Ada','text':'Hello'}");

        var read = send("GET", location(written));

        assertThat(read.getStatusCode()).isEqualTo(200);
        assertThat(read.getBody()).isEqualTo(written.getBody());
    }

    @Test
    void deletesOnce() {
        String kept = location(post("{'author':'Ada','text':'stays'}"));
        String gone = location(post("{'author':'Ada','text':'goes'}"));

        var deleted = delete(gone);

        assertThat(deleted.getStatusCode()).isEqualTo(204);
        assertThat(deleted.getBody()).isNull();
        assertProblem(delete(gone), 404, "There is no note " + gone.substring("/api/notes/".length()) + ".");
        assertThat(send("GET", gone).getStatusCode()).isEqualTo(404);
        assertThat(send("GET", kept).getStatusCode()).isEqualTo(200);
    }

    @Test
    void logsWhoDeletedWhich() {
        String gone = location(post("{'author':'Ada','text':'goes'}"));

        delete(gone);
        delete(gone);

        assertThat(context.logged).singleElement().asString().startsWith("INFO {");
        assertThat(parse(context.logged.get(0).substring("INFO ".length())))
                .isEqualTo(parse("{'message':'A note was deleted','note':'" + gone.substring("/api/notes/".length())
                        + "','user':'" + MODERATOR + "'}"));
    }

    @Test
    void deletesForNobodyWhoIsNotSignedIn() {
        String note = location(post("{'author':'Ada','text':'stays'}"));
        var withoutUser = Authorizer.builder()
                .withJwt(JWT.builder().withClaims(Map.of()).build())
                .build();

        assertProblem(send("DELETE", note), 401, "Sign in to delete notes.");
        assertProblem(handle(event("DELETE", note, withoutUser)), 401, "Sign in to delete notes.");
        assertThat(send("GET", note).getStatusCode()).isEqualTo(200);
    }

    @Test
    void listsNothingWhenThereIsNothing() {
        var response = send("GET", "/api/notes");

        assertThat(response.getStatusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(parse("{'notes':[]}"));
    }

    @Test
    void listsNewestFirst() {
        for (int second = 0; second < 3; second++) {
            write(handlerAt(NEW_YEAR.plusSeconds(second)), "note " + second);
        }

        assertThat(json(send("GET", "/api/notes")).findValuesAsText("text"))
                .containsExactly("note 2", "note 1", "note 0");
    }

    @Test
    void everyAnswerIsJson() {
        assertThat(List.of(
                        send("GET", "/api/notes"),
                        post("{'author':'Ada','text':'Hello'}"),
                        post("nonsense"),
                        send("GET", "/nothing"),
                        send("PATCH", "/api/notes")))
                .allSatisfy(response ->
                        assertThat(response.getHeaders()).containsEntry("content-type", "application/json"));
    }

    @Test
    void keepsEveryScript() {
        String author = "\uc138\uc885 \uD83D\uDE00";
        String text = "e\u0301 \u05e9\u05dc\u05d5\u05dd\n\t\"\\ \u0000 \u2028 \uD83D\uDC69\u200D\uD83D\uDE80";

        var written = handle(posting(Json.write(Map.of("author", author, "text", text))));
        var read = send("GET", location(written));

        assertThat(written.getStatusCode()).isEqualTo(201);
        assertThat(json(read).get("author").textValue()).isEqualTo(author);
        assertThat(json(read).get("text").textValue()).isEqualTo(text);
    }

    // Paging

    @Test
    void pagesWithoutLossOrDuplicate() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            written.add(write(handlerAt(NEW_YEAR.plusMillis(i)), "note " + i));
        }
        Collections.reverse(written);

        List<List<String>> pages = pages(10);

        assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
        assertThat(flat(pages)).isEqualTo(written);
    }

    @Test
    void aFullLastPageHasNoNext() {
        for (int i = 0; i < 4; i++) {
            write(handler, "note " + i);
        }

        assertThat(pages(2)).extracting(List::size).containsExactly(2, 2);
    }

    @Test
    void aPageStaysWhereItWasWhenNotesComeAndGo() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(write(handlerAt(NEW_YEAR.plusMillis(i)), "note " + i));
        }
        JsonNode first = json(list(Map.of("limit", "2")));

        // The note that the cursor points at goes, a newer one comes.
        delete("/api/notes/" + ids.get(2));
        write(handlerAt(NEW_YEAR.plusSeconds(1)), "newer");
        JsonNode second =
                json(list(Map.of("limit", "2", "next", first.get("next").textValue())));

        assertThat(first.findValuesAsText("id")).containsExactly(ids.get(3), ids.get(2));
        assertThat(second.findValuesAsText("id")).containsExactly(ids.get(1), ids.get(0));
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void listsTwentyUnlessAskedOtherwise() {
        for (int i = 0; i < 21; i++) {
            write(handler, "note " + i);
        }

        assertThat(json(send("GET", "/api/notes")).get("notes")).hasSize(20);
        assertThat(json(list(Map.of("limit", "1"))).get("notes")).hasSize(1);
        assertThat(json(list(Map.of("limit", "100"))).get("notes")).hasSize(21);
    }

    @Test
    void aPageOfTheLongestNotesIsWhole() {
        Notes notes = new Notes(dynamo.client(), table);
        Note longest = new Note(
                NoteId.at(NEW_YEAR),
                "\uD83D\uDE00".repeat(Draft.MAX_AUTHOR_LENGTH),
                "\uD83D\uDE00".repeat(Draft.MAX_TEXT_LENGTH));
        for (int i = 0; i < 102; i++) {
            notes.put(new Note(NoteId.at(NEW_YEAR.plusMillis(i)), longest.author(), longest.text()));
        }

        assertThat(pages(100)).extracting(List::size).containsExactly(100, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "+5", "1.5", "", " 5", "5,6", "99999999999", "many", "\u0665"})
    void rejectsALimitOutsideOfOneToHundred(String limit) {
        assertProblem(
                list(Map.of("limit", limit)),
                400,
                "The parameter 'limit' must be a whole number from 1 to 100, got '" + limit + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "bm90LWEtbm90ZQ", "MTc2NzIyNTYwMDAwMA", "1767225600000-8d3f6c1e5b7a9204"})
    void rejectsACursorThatNoPageGave(String next) {
        assertProblem(
                list(Map.of("next", next)), 400, "The parameter 'next' must be what the page before this one gave.");
    }

    @Test
    void concurrentWritesAreAllThereInTheOrderOfTheirIds() throws Exception {
        int writers = 8;
        int each = 10;
        GuestbookHandler shared = new GuestbookHandler(new Notes(dynamo.client(), table), Clock.systemUTC());
        List<Callable<List<String>>> work = Collections.nCopies(
                writers,
                () -> IntStream.range(0, each)
                        .mapToObj(i -> write(shared, "note " + i))
                        .toList());

        List<String> written = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (Future<List<String>> ids : threads.invokeAll(work)) {
                written.addAll(ids.get());
            }
        } finally {
            threads.shutdown();
        }

        written.sort(Comparator.reverseOrder());
        assertThat(new HashSet<>(written)).hasSize(writers * each);
        assertThat(flat(pages(7))).isEqualTo(written);
    }

    // What the client did wrong

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api",
                "/notes",
                "/api/notes/",
                "/api/notes/a/b",
                "/api/Notes",
                "/api//notes",
                "/api/notesx"
            })
    void otherPathsAreNotFound(String path) {
        assertProblem(send("GET", path), 404, "There is nothing at " + path + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1767225600000-8d3f6c1e5b7a9204", "1", "NOTES", "1767225600000-8D3F6C1E5B7A9204"})
    void missingNotesAreNotFound(String id) {
        assertProblem(send("GET", "/api/notes/" + id), 404, "There is no note " + id + ".");
        assertProblem(delete("/api/notes/" + id), 404, "There is no note " + id + ".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /api/notes   | GET, POST",
                "DELETE | /api/notes   | GET, POST",
                "POST   | /api/notes/1 | GET, DELETE",
                "PATCH  | /api/notes/1 | GET, DELETE"
            })
    void otherMethodsAreNotAllowed(String method, String path, String allow) {
        var response = send(method, path);

        assertProblem(response, 405, "This path takes only " + allow + ".");
        assertThat(response.getHeaders()).containsEntry("allow", allow);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON", "application/json; charset=utf-8"})
    void takesJson(String contentType) {
        var event = posting("{\"author\":\"Ada\",\"text\":\"Hello\"}").withHeaders(Map.of("content-type", contentType));

        assertThat(handle(event).getStatusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/jsonp", "text/plain; a=application/json"})
    void takesNothingButJson(String contentType) {
        var event = posting("{\"author\":\"Ada\",\"text\":\"Hello\"}").withHeaders(Map.of("content-type", contentType));

        assertProblem(handle(event), 415, "The content type must be application/json, got '" + contentType + "'.");
    }

    @Test
    void aMissingContentTypeIsNotJson() {
        var event = posting("{\"author\":\"Ada\",\"text\":\"Hello\"}").withHeaders(null);

        assertProblem(handle(event), 415, "The content type must be application/json, got ''.");
    }

    @Test
    void rejectsAMissingBody() {
        assertProblem(handle(posting(null)), 400, "The body is missing.");
        assertProblem(handle(posting("")), 400, "The body is missing.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{",
                "{'author':'Ada','text':'Hello'} {}",
                "{'author':'Ada','author':'Eve','text':'Hello'}",
                "{'author':'Ada','text':'Hello',}"
            })
    void rejectsInvalidJson(String body) {
        assertProblem(post(body), 400, "The body must be valid JSON.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "1", "'text'", " "})
    void rejectsJsonThatIsNoObject(String body) {
        assertProblem(post(body), 400, "The body must be a JSON object.");
    }

    @Test
    void rejectsUnknownFields() {
        assertProblem(
                post("{'author':'Ada','text':'Hello','id':'1'}"),
                400,
                "The field 'id' is unknown; known are 'author' and 'text'.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "author | {'text':'Hello'}",
                "author | {'author':null,'text':'Hello'}",
                "author | {'author':1,'text':'Hello'}",
                "text   | {'author':'Ada'}",
                "text   | {'author':'Ada','text':{}}"
            })
    void rejectsFieldsThatAreNoStrings(String field, String body) {
        assertProblem(post(body), 400, "The field '" + field + "' must be a string.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u2003\\n"})
    void rejectsBlankFields(String blank) {
        assertProblem(post(note(blank, "Hello")), 400, "The field 'author' must not be blank.");
        assertProblem(post(note("Ada", blank)), 400, "The field 'text' must not be blank.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\uD83D\uDE00"})
    void limitsFieldsByCharacters(String one) {
        assertThat(post(note(one, one)).getStatusCode()).isEqualTo(201);
        assertThat(post(note(one.repeat(80), one.repeat(2000))).getStatusCode()).isEqualTo(201);
        assertProblem(
                post(note(one.repeat(81), one)), 400, "The field 'author' must have at most 80 characters, got 81.");
        assertProblem(
                post(note(one, one.repeat(2001))),
                400,
                "The field 'text' must have at most 2000 characters, got 2001.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00 text", "\\ude00\\ud83d"})
    void rejectsHalfAnEmoji(String half) {
        assertProblem(
                post("{'author':'" + half + "','text':'Hello'}"), 400, "The field 'author' must be valid Unicode.");
        assertProblem(post("{'author':'Ada','text':'" + half + "'}"), 400, "The field 'text' must be valid Unicode.");
    }

    @Test
    void limitsTheBodyByBytes() {
        String note = note("Ada", "Hello").replace('\'', '"');
        String largest = note + " ".repeat(10 * 1024 - note.length());

        assertThat(handle(posting(largest)).getStatusCode()).isEqualTo(201);
        assertProblem(handle(posting(largest + " ")), 413, "The body must have at most 10240 bytes, got 10241.");
        assertProblem(
                handle(posting("\u00e9".repeat(5121))), 413, "The body must have at most 10240 bytes, got 10242.");
    }

    @Test
    void decodesBase64() {
        byte[] note = "{\"author\":\"\u00c9va\",\"text\":\"Hello\"}".getBytes(StandardCharsets.UTF_8);
        var event = posting(Base64.getEncoder().encodeToString(note)).withIsBase64Encoded(true);

        var written = handle(event);

        assertThat(written.getStatusCode()).isEqualTo(201);
        assertThat(json(written).get("author").textValue()).isEqualTo("\u00c9va");
    }

    @Test
    void limitsTheBodyAfterDecoding() {
        String largest = Base64.getEncoder().encodeToString(new byte[10 * 1024]);
        String tooLarge = Base64.getEncoder().encodeToString(new byte[10 * 1024 + 1]);

        assertProblem(handle(posting(largest).withIsBase64Encoded(true)), 400, "The body must be valid JSON.");
        assertProblem(
                handle(posting(tooLarge).withIsBase64Encoded(true)),
                413,
                "The body must have at most 10240 bytes, got 10241.");
    }

    @Test
    void rejectsInvalidBase64AndInvalidUtf8() {
        byte[] latin1 = "{\"author\":\"\u00c9va\",\"text\":\"Hello\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertProblem(handle(posting("{}").withIsBase64Encoded(true)), 400, "The body must be valid Base64.");
        assertProblem(
                handle(posting(Base64.getEncoder().encodeToString(latin1)).withIsBase64Encoded(true)),
                400,
                "The body must be valid JSON.");
    }

    @Test
    void aRejectedNoteIsNotWrittenAndNotLogged() {
        post("{'author':'Ada'}");

        assertThat(json(send("GET", "/api/notes")).get("notes")).isEmpty();
        assertThat(context.logged).isEmpty();
    }

    // What went wrong on our side

    @Test
    void anUnexpectedFailureIsLoggedAndHidden() {
        handler = new GuestbookHandler(new Notes(dynamo.client(), "no-such-table"), clockAt(NEW_YEAR));

        var response = post("{'author':'Zaphod','text':'my secret'}");

        assertProblem(response, 500, "Something went wrong on our side. Please try again later.");
        assertThat(context.logged)
                .singleElement()
                .asString()
                .startsWith("ERROR {")
                .doesNotContain("Zaphod", "my secret");
        JsonNode entry = parse(context.logged.get(0).substring("ERROR ".length()));
        assertThat(entry.get("message").textValue()).isEqualTo("The request failed");
        assertThat(entry.get("requestId").textValue()).isEqualTo(FakeContext.REQUEST_ID);
        assertThat(entry.get("method").textValue()).isEqualTo("POST");
        assertThat(entry.get("path").textValue()).isEqualTo("/api/notes");
        assertThat(entry.get("exception").textValue()).endsWith(".ResourceNotFoundException");
        assertThat(entry.get("stackTrace").textValue()).contains("GuestbookHandler.write(");
    }

    // How Lambda makes the handler

    @Test
    void findsEverythingInTheEnvironment() {
        Map<String, String> settings = Map.of(
                "aws.region",
                Clients.REGION.id(),
                "aws.accessKeyId",
                Clients.ACCESS_KEY,
                "aws.secretAccessKey",
                Clients.SECRET_KEY,
                "aws.endpointUrlDynamoDb",
                dynamo.endpoint().toString());
        settings.forEach(System::setProperty);
        try {
            handler = new GuestbookHandler(Notes.in(new Environment(Map.of("NOTES_TABLE", table))), clockAt(NEW_YEAR));

            assertThat(post("{'author':'Ada','text':'Hello'}").getStatusCode()).isEqualTo(201);
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
        assertThat(dynamo.client().scan(request -> request.tableName(table)).items())
                .hasSize(1);
    }

    @Test
    void failsAtOnceWithoutATable() {
        String message =
                "NOTES_TABLE must be the name of the notes' table, got %s; set it in the function's environment";

        assertThatIllegalStateException()
                .isThrownBy(() -> Notes.in(new Environment(Map.of())))
                .withMessage(message, "null");
        assertThatIllegalStateException()
                .isThrownBy(() -> Notes.in(new Environment(Map.of("NOTES_TABLE", " "))))
                .withMessage(message, " ");
    }

    // Helpers

    private GuestbookHandler handlerAt(Instant instant) {
        return new GuestbookHandler(new Notes(dynamo.client(), table), clockAt(instant));
    }

    private static Clock clockAt(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private APIGatewayV2HTTPResponse send(String method, String path) {
        return handle(event(method, path));
    }

    /** Deletes as a user whom API Gateway knows. */
    private APIGatewayV2HTTPResponse delete(String path) {
        var user = Authorizer.builder()
                .withJwt(JWT.builder().withClaims(Map.of("sub", MODERATOR)).build())
                .build();
        return handle(event("DELETE", path, user));
    }

    private APIGatewayV2HTTPResponse list(Map<String, String> query) {
        return handle(event("GET", "/api/notes").withQueryStringParameters(query));
    }

    /** Posts JSON that is written with single quotes. */
    private APIGatewayV2HTTPResponse post(String json) {
        return handle(posting(json.replace('\'', '"')));
    }

    private APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEventBuilder event) {
        return handler.handleRequest(event.build(), context);
    }

    private String write(GuestbookHandler handler, String text) {
        var response = handler.handleRequest(
                posting(note("Ada", text).replace('\'', '"')).build(), context);
        return json(response).get("id").textValue();
    }

    /** Lists everything and returns the ids by page. */
    private List<List<String>> pages(int limit) {
        List<List<String>> pages = new ArrayList<>();
        Map<String, String> query = new HashMap<>(Map.of("limit", String.valueOf(limit)));
        JsonNode page;
        do {
            page = json(list(query));
            pages.add(page.findValuesAsText("id"));
            query.put("next", page.path("next").textValue());
        } while (page.has("next"));
        return pages;
    }

    private static List<String> flat(List<List<String>> pages) {
        return pages.stream().flatMap(List::stream).toList();
    }

    private static APIGatewayV2HTTPEventBuilder posting(@Nullable String body) {
        return event("POST", "/api/notes")
                .withHeaders(Map.of("content-type", "application/json"))
                .withBody(body);
    }

    private static APIGatewayV2HTTPEventBuilder event(String method, String path) {
        return event(method, path, null);
    }

    private static APIGatewayV2HTTPEventBuilder event(String method, String path, @Nullable Authorizer authorizer) {
        var http =
                RequestContext.Http.builder().withMethod(method).withPath(path).build();
        return APIGatewayV2HTTPEvent.builder()
                .withVersion("2.0")
                .withRawPath(path)
                .withRequestContext(RequestContext.builder()
                        .withHttp(http)
                        .withAuthorizer(authorizer)
                        .build());
    }

    private static String note(String author, String text) {
        return "{'author':'" + author + "','text':'" + text + "'}";
    }

    private static void assertProblem(APIGatewayV2HTTPResponse response, int status, String message) {
        assertThat(response.getStatusCode()).isEqualTo(status);
        assertThat(json(response)).isEqualTo(parse(Json.write(Map.of("message", message))));
    }

    private static String location(APIGatewayV2HTTPResponse written) {
        return written.getHeaders().getOrDefault("location", "none");
    }

    private static JsonNode json(APIGatewayV2HTTPResponse response) {
        return parse(response.getBody());
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json.startsWith("{'") ? json.replace('\'', '"') : json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
