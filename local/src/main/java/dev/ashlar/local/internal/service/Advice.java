package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.policy.PolicyDecision;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the developer what a function lacks, and the line of Java that grants it. */
final class Advice {
    private static final Map<String, String> GRANTS = Map.ofEntries(
            Map.entry("dynamodb:BatchGetItem", "Read"),
            Map.entry("dynamodb:GetItem", "Read"),
            Map.entry("dynamodb:Query", "Read"),
            Map.entry("dynamodb:Scan", "Scan"),
            Map.entry("dynamodb:ConditionCheckItem", "Write"),
            Map.entry("dynamodb:PutItem", "Write"),
            Map.entry("dynamodb:UpdateItem", "Write"),
            Map.entry("dynamodb:DeleteItem", "Delete"),
            Map.entry("dynamodb:BatchWriteItem", "ReadWriteDelete"),
            Map.entry("s3:GetObject", "Read"),
            Map.entry("s3:PutObject", "Write"),
            Map.entry("s3:AbortMultipartUpload", "Write"),
            Map.entry("s3:DeleteObject", "Delete"),
            Map.entry("s3:ListBucket", "List"),
            Map.entry("sqs:SendMessage", "Send"),
            Map.entry("sqs:ReceiveMessage", "Consume"),
            Map.entry("sqs:DeleteMessage", "Consume"),
            Map.entry("sqs:ChangeMessageVisibility", "Consume"),
            Map.entry("sqs:GetQueueAttributes", "Consume"));

    private static final Map<String, String> KINDS =
            Map.of("dynamodb", "TableAccess", "s3", "BucketAccess", "sqs", "QueueAccess");

    /** What Ashlar's own constructs call the resource that they are about. */
    private static final List<String> CHILDREN = List.of("Table", "Bucket", "Queue");

    private final Inventory inventory;

    Advice(Inventory inventory) {
        this.inventory = inventory;
    }

    String line(Refusal refusal) {
        Access access = refusal.access();
        PolicyDecision decision = refusal.decision();
        String resource = inventory
                .path(access.resource())
                .map(path -> access.resource() + " [" + path + "]")
                .orElse(access.resource());
        return "[%s] %s on %s was refused %s%s%s"
                .formatted(
                        refusal.caller().path(),
                        access.action(),
                        resource,
                        decision.explain(access.action()),
                        decision.isForLackOfPermission() ? "; add " + java(access) : "",
                        decision.unknownKeys().isEmpty()
                                ? ""
                                : "; not known here, and so absent: " + String.join(", ", decision.unknownKeys()));
    }

    private String java(Access access) {
        Optional<String> grant = Optional.ofNullable(GRANTS.get(access.action()));
        return inventory
                .path(access.resource())
                .flatMap(path -> grant.map(name -> owner(path, access.action(), name) + ".grant" + name + "(function)"))
                .orElseGet(() -> "role.addToPrincipalPolicy(PolicyStatement.Builder.create().actions(List.of(\""
                        + access.action() + "\")).resources(List.of(\"" + access.resource() + "\")).build())");
    }

    /** {@return the variable that may hold a construct, itself or in what grants on it} */
    private static String owner(String path, String action, String grant) {
        List<String> ids = List.of(path.split("/"));
        String last = ids.get(ids.size() - 1);
        String kind = KINDS.get(action.substring(0, action.indexOf(':')));
        if (ids.size() < 3 || !CHILDREN.contains(last)) {
            return kind + ".of(" + variable(last) + ")";
        }
        String construct = variable(ids.get(ids.size() - 2));
        // The construct itself has no such grant.
        return grant.equals("List") ? kind + ".of(" + construct + ".getBucket())" : construct;
    }

    private static String variable(String id) {
        return id.substring(0, 1).toLowerCase(Locale.ROOT) + id.substring(1).replaceAll("\\W", "");
    }
}
