package dev.ashlar.local.internal.service;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xml.sax.SAXException;

/** What stands before S3Mock. Bodies pass through it as they come, but for lists of keys and forms. */
final class S3Gate implements Gate.Handler {
    private static final String XML = "application/xml";

    /** Here S3Mock answers to anybody; the bucket's own rules are added instead. */
    private static final Set<String> CORS_HEADERS = Set.of(
            "access-control-allow-origin",
            "access-control-allow-methods",
            "access-control-allow-headers",
            "access-control-allow-credentials",
            "access-control-expose-headers",
            "access-control-max-age",
            "vary");

    private final URI standIn;
    private final Guard guard;
    private final Cors cors;
    private final ObjectEvents events;

    S3Gate(URI standIn, Guard guard, Cors cors, ObjectEvents events) {
        this.standIn = standIn;
        this.guard = guard;
        this.cors = cors;
        this.events = events;
    }

    @Override
    public void handle(Call call) throws IOException {
        S3Request request = S3Request.of(call);
        if (request.method().equals("OPTIONS")) {
            preflight(call, request);
            return;
        }
        cors.headers(request.bucket(), call).forEach(call::addToAnswer);
        if (Signature.isExpired(call, Instant.now())) {
            error(call, 403, "AccessDenied", "Request has expired");
        } else if (isForm(call, request)) {
            storeForm(call, request);
        } else if (request.method().equals("POST") && request.has("delete")) {
            deleteAll(call, request);
        } else {
            handle(call, request);
        }
    }

    private void handle(Call call, S3Request request) throws IOException {
        Sender sender = guard.sender(call);
        Map<String, List<String>> context = call.context();
        if (refuses(call, sender, S3Actions.of(request, call::header), context)) {
            return;
        }
        boolean deletes = isDeletion(request);
        boolean wasThere =
                deletes && events.find(call, request.bucket(), request.key()).isPresent();
        HttpResponse<InputStream> answer = call.send(request.at(standIn));
        if (answer.statusCode() == 404
                && (request.method().equals("HEAD") || request.method().equals("GET"))) {
            passMissing(call, request, sender, context, answer);
            return;
        }
        if (answer.statusCode() / 100 == 2) {
            tell(call, request, answer, wasThere);
        }
        call.pass(answer, CORS_HEADERS);
    }

    /** Without the permission to list, nobody is told that an object is not there. */
    private void passMissing(
            Call call,
            S3Request request,
            Sender sender,
            Map<String, List<String>> context,
            HttpResponse<InputStream> answer)
            throws IOException {
        byte[] body = answer.body().readAllBytes();
        boolean ofObject = request.hasKey()
                && (request.method().equals("HEAD")
                        || new String(body, StandardCharsets.UTF_8).contains("<Code>NoSuchKey</Code>"));
        if (!ofObject || !refuses(call, sender, List.of(S3Actions.list(request.bucket())), context)) {
            call.pass(answer, request.method().equals("HEAD") ? new byte[0] : body, CORS_HEADERS);
        }
    }

    private void tell(Call call, S3Request request, HttpResponse<InputStream> answer, boolean wasThere)
            throws IOException {
        Optional<String> reason = reason(request);
        if (reason.isPresent()) {
            events.created(call, request.bucket(), request.key(), reason.get());
        } else if (isDeletion(request)) {
            boolean marker = answer.headers()
                    .firstValue("x-amz-delete-marker")
                    .filter("true"::equals)
                    .isPresent();
            if (wasThere || marker || request.has("versionId")) {
                Optional<String> version = answer.headers()
                        .firstValue("x-amz-version-id")
                        .or(() -> Optional.ofNullable(request.query().get("versionId")));
                events.deleted(request.bucket(), request.key(), version, marker && !request.has("versionId"));
            }
        }
    }

    /** {@return what an event says of a request that stores an object} */
    private static Optional<String> reason(S3Request request) {
        boolean isOfObject = request.hasKey() && !request.has("partNumber");
        boolean isPut = request.method().equals("PUT")
                && isOfObject
                && List.of("acl", "tagging", "retention", "legal-hold").stream().noneMatch(request::has);
        if (isPut) {
            return Optional.of(request.copySource().isPresent() ? "CopyObject" : "PutObject");
        }
        return request.method().equals("POST") && isOfObject && request.has("uploadId")
                ? Optional.of("CompleteMultipartUpload")
                : Optional.empty();
    }

    private static boolean isDeletion(S3Request request) {
        return request.method().equals("DELETE")
                && request.hasKey()
                && !request.has("uploadId")
                && !request.has("tagging");
    }

    private void deleteAll(Call call, S3Request request) throws IOException {
        Deletions deletions;
        try {
            deletions = Deletions.read(request.bucket(), call.body());
        } catch (SAXException e) {
            error(call, 400, "MalformedXML", "The XML you provided was not well-formed");
            return;
        }
        Sender sender = guard.sender(call);
        deletions.refuse(guard, sender, call.context());
        deletions.look(events, call);
        if (deletions.isNothingLeft()) {
            call.answer(200, XML, deletions.refused());
            return;
        }
        HttpResponse<InputStream> answer = call.send(request.at(standIn), deletions.body(), deletions.headersToDrop());
        byte[] body = answer.body().readAllBytes();
        if (answer.statusCode() == 200) {
            body = deletions.addRefusedTo(body);
            deletions.tell(events, body);
        }
        call.pass(answer, body, CORS_HEADERS);
    }

    private static boolean isForm(Call call, S3Request request) {
        return request.method().equals("POST")
                && !request.hasKey()
                && call.header("Content-Type")
                        .filter(type -> type.startsWith("multipart/form-data"))
                        .isPresent();
    }

    private void storeForm(Call call, S3Request request) throws IOException {
        PostedForm form = PostedForm.of(call.header("Content-Type").orElse(""), call.body());
        Optional<String> key = form.key();
        if (key.isEmpty()) {
            error(call, 400, "InvalidArgument", "Bucket POST must contain a field named 'key'");
            return;
        }
        Sender sender =
                guard.sender(form.field("x-amz-credential").flatMap(credential -> Signature.of(credential, true)));
        if (refuses(call, sender, List.of(S3Actions.put(request.bucket(), key.get())), call.context())) {
            return;
        }
        HttpResponse<InputStream> answer = call.send(request.at(standIn), form.body(), Set.of());
        if (answer.statusCode() / 100 == 2) {
            events.created(call, request.bucket(), key.get(), "POST Object");
        }
        call.pass(answer, CORS_HEADERS);
    }

    private void preflight(Call call, S3Request request) throws IOException {
        Optional<Map<String, String>> headers = cors.preflight(request.bucket(), call);
        if (headers.isEmpty()) {
            error(
                    call,
                    403,
                    "AccessForbidden",
                    "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin,"
                            + " request method / Access-Control-Request-Method or Access-Control-Request-Headers are"
                            + " not whitelisted by the resource's CORS spec.");
            return;
        }
        headers.get().forEach(call::addToAnswer);
        call.answer(200, XML, "");
    }

    /** Refuses what is not allowed; {@return whether it did} */
    private boolean refuses(Call call, Sender sender, List<Access> needed, Map<String, List<String>> context)
            throws IOException {
        if (sender.equals(Sender.ANONYMOUS)) {
            boolean allowed = needed.stream().allMatch(access -> guard.allows(sender, access, context));
            if (!allowed) {
                error(call, 403, "AccessDenied", "Access Denied");
            }
            return !allowed;
        }
        Optional<Refusal> refusal = guard.refuse(sender, needed, context);
        if (refusal.isPresent()) {
            error(call, 403, "AccessDenied", message(refusal.get()));
        }
        return refusal.isPresent();
    }

    /** {@return AWS's words; S3 writes resources in quotes} */
    static String message(Refusal refusal) {
        Access access = refusal.access();
        return refusal.message(access.action(), '"' + access.resource() + '"');
    }

    private static void error(Call call, int status, String code, String message) throws IOException {
        call.answer(
                status,
                XML,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>"
                        .formatted(code, Xml.escape(message), UUID.randomUUID()));
    }
}
