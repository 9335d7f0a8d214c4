package dev.ashlar.local.internal.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One action on one resource.
 *
 * @param caller who asks; nobody for an unsigned request
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN, or {@code *} for an action that has none
 * @param context condition keys, in any case, with their values; no value for a key that the request does not have. Other
 *     keys are not known here.
 */
public record AccessRequest(
        Optional<Caller> caller, String action, String resource, SortedMap<String, List<String>> context) {
    /** Copies the context, and adds what is known of the caller. */
    public AccessRequest {
        SortedMap<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(context);
        all.put("aws:PrincipalArn", caller.map(Caller::roleArn).stream().toList());
        all.put("aws:PrincipalAccount", caller.map(Caller::account).stream().toList());
        all.put("aws:PrincipalType", List.of(caller.isPresent() ? "AssumedRole" : "Anonymous"));
        all.put("aws:PrincipalIsAWSService", List.of("false"));
        all.put("aws:ViaAWSService", List.of("false"));
        // IAM gives these to users, and roles have none.
        all.put("aws:username", List.of());
        all.put("aws:MultiFactorAuthPresent", List.of());
        all.put("aws:MultiFactorAuthAge", List.of());
        all.put("aws:SourceArn", List.of());
        all.put("aws:SourceAccount", List.of());
        all.put("aws:CalledVia", List.of());
        context = all;
    }

    /** Creates a request from a map of any kind. */
    public static AccessRequest of(
            Optional<Caller> caller, String action, String resource, Map<String, List<String>> context) {
        SortedMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sorted.putAll(context);
        return new AccessRequest(caller, action, resource, sorted);
    }

    /** {@return the values of a condition key, or nothing if the key is not known here} */
    Optional<List<String>> values(String key) {
        return Optional.ofNullable(context.get(key));
    }
}
