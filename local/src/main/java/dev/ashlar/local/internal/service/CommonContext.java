package dev.ashlar.local.internal.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The condition keys that all services have.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global keys</a>
 */
final class CommonContext {
    private CommonContext() {}

    static Map<String, List<String>> of(Call call) {
        Map<String, List<String>> context = new HashMap<>();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        context.put("aws:CurrentTime", List.of(now.toString()));
        context.put("aws:EpochTime", List.of(String.valueOf(now.getEpochSecond())));
        // AWS is asked over TLS, by the same code.
        context.put("aws:SecureTransport", List.of("true"));
        context.put("aws:SourceIp", List.of(call.clientAddress()));
        context.put("aws:SourceVpc", List.of());
        context.put("aws:SourceVpce", List.of());
        context.put("aws:VpcSourceIp", List.of());
        context.put("aws:UserAgent", call.header("User-Agent").stream().toList());
        context.put("aws:Referer", call.header("Referer").stream().toList());
        context.put(
                "aws:RequestedRegion",
                Signature.of(call).map(Signature::region).stream().toList());
        return context;
    }
}
