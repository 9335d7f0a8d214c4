package dev.ashlar.local.internal.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who signed a request, and where it is meant for. That the signature is right is not checked.
 *
 * @param accessKeyId the key
 * @param region the region
 * @param presigned whether it is in the address
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signed
 *     requests</a>
 */
record Signature(String accessKeyId, String region, boolean presigned) {
    private static final Pattern CREDENTIAL = Pattern.compile("([^/=\\s]+)/\\d{8}/([^/]*)/[^/]*/aws4_request");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static Optional<Signature> of(Call call) {
        return call.header("Authorization")
                .flatMap(header -> of(header, false))
                .or(() -> call.query("X-Amz-Credential").flatMap(credential -> of(credential, true)));
    }

    /** {@return who signed, as a header, an address or a form says it} */
    static Optional<Signature> of(String text, boolean presigned) {
        Matcher credential = CREDENTIAL.matcher(text);
        return credential.find()
                ? Optional.of(new Signature(credential.group(1), credential.group(2), presigned))
                : Optional.empty();
    }

    /** {@return whether the time is over for which an address was signed} */
    static boolean isExpired(Call call, Instant now) {
        Optional<String> date = call.query("X-Amz-Date");
        Optional<String> seconds = call.query("X-Amz-Expires");
        if (date.isEmpty() || seconds.isEmpty()) {
            return false;
        }
        try {
            return DATE.parse(date.get(), Instant::from)
                    .plusSeconds(Long.parseLong(seconds.get()))
                    .isBefore(now);
        } catch (DateTimeException | NumberFormatException e) {
            return true;
        }
    }
}
