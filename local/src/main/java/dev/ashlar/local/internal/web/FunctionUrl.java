package dev.ashlar.local.internal.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.local.internal.web.FunctionCaller.Failure;
import dev.ashlar.local.internal.web.FunctionCaller.FailureException;
import dev.ashlar.local.internal.web.HttpEvents.Call;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * A function URL. Where it asks for signatures only a distribution gets in, as nobody else can sign here.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html">Invoking function URLs</a>
 */
final class FunctionUrl implements Handler {
    private static final int LARGEST_BODY_BYTES = 6 * 1024 * 1024;
    private static final long TIMEOUT_MILLIS = 900_000;

    private final Declared url;
    private final String arn;
    private final String domainName;
    private final FunctionCaller functions;
    private final Cors cors;

    FunctionUrl(Declared url, String domainName, FunctionCaller functions) {
        this.url = url;
        this.arn = url.textOr("TargetFunctionArn", "")
                + url.text("Qualifier").map(qualifier -> ":" + qualifier).orElse("");
        this.domainName = domainName;
        this.functions = functions;
        this.cors = new Cors(url.get("Cors"));
    }

    boolean isSigned() {
        return url.textOr("AuthType", "").equals("AWS_IAM");
    }

    String name() {
        return FunctionCaller.name(arn);
    }

    @Override
    public Response handle(Request request) {
        return cors.preflight(request).orElseGet(() -> cors.addTo(isSigned() ? forbidden() : invoke(request), request));
    }

    /**
     * Answers a request that a distribution has signed. It signs with the hash of the body that the viewer sends along.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html">Restricting
     *     access to a function URL</a>
     */
    Response handleSigned(Request request) {
        boolean isHashed = request.body().length == 0
                || request.headers()
                        .get("X-Amz-Content-Sha256")
                        .filter(hash -> hash.equals(sha256(request.body())))
                        .isPresent();
        return isHashed
                ? invoke(request)
                : Response.message(
                        403,
                        "The request signature we calculated does not match the signature you provided: "
                                + "the viewer must send the body's SHA-256 as x-amz-content-sha256");
    }

    private Response invoke(Request request) {
        if (request.body().length > LARGEST_BODY_BYTES) {
            return Response.message(413, "Request Entity Too Large");
        }
        Call call = new Call(
                isSigned() ? url.account() : "anonymous",
                url.resource().id(),
                domainName,
                RouteKey.DEFAULT,
                JsonNodeFactory.instance.objectNode(),
                RouteKey.DEFAULT,
                request.path(),
                Map.of(),
                JsonNodeFactory.instance.objectNode(),
                UUID.randomUUID().toString(),
                HttpApi.forwarded(request, domainName));
        try {
            return functions.answer(url.path(), arn, call, "2.0", TIMEOUT_MILLIS);
        } catch (FailureException e) {
            return e.getFailure() == Failure.THROTTLED
                    ? Response.message(429, "Rate Exceeded.")
                    : Response.of(502, "text/plain", "Internal Server Error");
        }
    }

    private static Response forbidden() {
        return Response.of(403, "application/json", "{\"Message\":\"Forbidden\"}");
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
