package dev.ashlar.examples.guestbook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A guestbook that anybody may read and write, and whoever is signed in may delete from: the Lambda function behind an HTTP API
 * (payload format 2.0).
 *
 * <table>
 *   <caption>Routes</caption>
 *   <tr><th>Request</th><th>Answer</th></tr>
 *   <tr><td>{@code GET /api/notes?limit=20&next=...}</td><td>200, a page of notes, newest first</td></tr>
 *   <tr><td>{@code POST /api/notes}</td><td>201 with {@code location}, the note as it was written</td></tr>
 *   <tr><td>{@code GET /api/notes/{id}}</td><td>200, one note</td></tr>
 *   <tr><td>{@code DELETE /api/notes/{id}}</td><td>204, the note is gone</td></tr>
 * </table>
 *
 * <p>API Gateway checks who is signed in and tells the function. A deletion that it tells nothing about is answered with 401: then
 * the route has lost its authorizer.
 *
 * <p>Errors are {@code {"message": "..."}}. What the client did wrong is told to the client; what went wrong here is told to the log.
 *
 * <p>Needs {@code dynamodb:GetItem}, {@code Query}, {@code PutItem} and {@code DeleteItem} on the table that the environment variable
 * {@value Notes#TABLE_VARIABLE} names.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload format</a>
 */
public final class GuestbookHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private static final String NOTES = "/api/notes";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Pattern ONE_NOTE = Pattern.compile(NOTES + "/([^/]+)");

    private final Notes notes;
    private final Clock clock;

    /**
     * Creates the handler as Lambda does: once for each environment, or once for a SnapStart snapshot.
     *
     * @throws IllegalStateException if {@value Notes#TABLE_VARIABLE} is not set
     */
    public GuestbookHandler() {
        this(Notes.in(Environment.ofThisProcess()), Clock.systemUTC());
    }

    GuestbookHandler(Notes notes, Clock clock) {
        this.notes = notes;
        this.clock = clock;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        try {
            return route(event, context);
        } catch (Problem problem) {
            return problem.toResponse();
        } catch (RuntimeException unexpected) {
            log(unexpected, event, context);
            return new Problem(500, "Something went wrong on our side. Please try again later.").toResponse();
        }
    }

    private APIGatewayV2HTTPResponse route(APIGatewayV2HTTPEvent event, Context context) {
        String method = method(event);
        String path = event.getRawPath();
        Matcher note = ONE_NOTE.matcher(path);
        if (path.equals(NOTES)) {
            return switch (method) {
                case "GET" -> list(event);
                case "POST" -> write(event);
                default -> throw Problem.methodNotAllowed("GET, POST");
            };
        }
        if (note.matches()) {
            return switch (method) {
                case "GET" -> read(note.group(1));
                case "DELETE" -> delete(note.group(1), event, context);
                default -> throw Problem.methodNotAllowed("GET, DELETE");
            };
        }
        throw new Problem(404, "There is nothing at " + path + ".");
    }

    private APIGatewayV2HTTPResponse list(APIGatewayV2HTTPEvent event) {
        Map<String, String> query = Objects.requireNonNullElse(event.getQueryStringParameters(), Map.of());
        return Json.response(200, notes.page(limit(query.get("limit")), cursor(query.get("next"))));
    }

    private APIGatewayV2HTTPResponse write(APIGatewayV2HTTPEvent event) {
        Draft draft = Draft.of(event);
        Note note = new Note(NoteId.at(clock.instant()), draft.author(), draft.text());
        notes.put(note);
        return Json.response(201, note, Map.of("location", NOTES + "/" + note.id()));
    }

    private APIGatewayV2HTTPResponse read(String id) {
        return NoteId.parse(id)
                .flatMap(notes::find)
                .map(note -> Json.response(200, note))
                .orElseThrow(() -> noSuchNote(id));
    }

    private APIGatewayV2HTTPResponse delete(String id, APIGatewayV2HTTPEvent event, Context context) {
        String user = signedIn(event).orElseThrow(() -> new Problem(401, "Sign in to delete notes."));
        if (!NoteId.parse(id).map(notes::delete).orElse(false)) {
            throw noSuchNote(id);
        }
        // Whoever wrote it may ask who took it away.
        log(context, LogLevel.INFO, Map.of("message", "A note was deleted", "note", id, "user", user));
        return APIGatewayV2HTTPResponse.builder().withStatusCode(204).build();
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        // Three digits at most, so that the number always fits.
        if (limit.matches("[0-9]{1,3}")) {
            int value = Integer.parseInt(limit);
            if (value >= 1 && value <= MAX_LIMIT) {
                return value;
            }
        }
        throw new Problem(
                400, "The parameter 'limit' must be a whole number from 1 to " + MAX_LIMIT + ", got '" + limit + "'.");
    }

    private static NoteId cursor(@Nullable String next) {
        if (next == null) {
            return NoteId.END;
        }
        return NoteId.fromCursor(next)
                .orElseThrow(
                        () -> new Problem(400, "The parameter 'next' must be what the page before this one gave."));
    }

    private static Problem noSuchNote(String id) {
        return new Problem(404, "There is no note " + id + ".");
    }

    private static String method(APIGatewayV2HTTPEvent event) {
        return event.getRequestContext().getHttp().getMethod();
    }

    /** Who is signed in, as API Gateway found in the token. */
    private static Optional<String> signedIn(APIGatewayV2HTTPEvent event) {
        return Optional.ofNullable(event.getRequestContext().getAuthorizer())
                .map(Authorizer::getJwt)
                .map(JWT::getClaims)
                .map(claims -> claims.get("sub"));
    }

    /** Logs what whoever is on call needs, and nothing that a visitor wrote. */
    private static void log(RuntimeException unexpected, APIGatewayV2HTTPEvent event, Context context) {
        StringWriter stackTrace = new StringWriter();
        unexpected.printStackTrace(new PrintWriter(stackTrace));
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("message", "The request failed");
        entry.put("requestId", context.getAwsRequestId());
        entry.put("method", method(event));
        entry.put("path", event.getRawPath());
        entry.put("exception", unexpected.getClass().getName());
        entry.put("stackTrace", stackTrace.toString());
        log(context, LogLevel.ERROR, entry);
    }

    private static void log(Context context, LogLevel level, Map<String, Object> entry) {
        context.getLogger().log(Json.write(entry), level);
    }
}
