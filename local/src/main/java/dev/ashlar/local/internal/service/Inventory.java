package dev.ashlar.local.internal.service;

import dev.ashlar.local.internal.template.Account;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the templates have: ARNs by name, and the paths of the constructs. */
final class Inventory {
    private final Account account;
    private final Map<String, String> arns = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    Inventory(Account account) {
        this.account = account;
    }

    void add(Service service, List<Named> resources) {
        for (Named named : resources) {
            arns.put(service + named.name(), named.arn());
            paths.put(named.arn(), named.resource().path());
        }
    }

    /** {@return the ARN of a table, bucket or queue, of this account if no template has it} */
    String arn(Service service, String name) {
        return arns.getOrDefault(
                service + name,
                switch (service) {
                    case DYNAMODB -> regional("dynamodb", "table/" + name);
                    case S3 -> "arn:aws:s3:::" + name;
                    case SQS -> regional("sqs", name);
                });
    }

    /** {@return the path of the construct that a resource, or what it is in, belongs to} */
    Optional<String> path(String arn) {
        String owner = arn.startsWith("arn:aws:s3:::")
                ? arn.replaceFirst("/.*", "")
                : arn.replaceFirst("(:table/[^/]+)/.*", "$1");
        return Optional.ofNullable(paths.get(owner));
    }

    private String regional(String service, String rest) {
        return "arn:aws:" + service + ":" + account.region() + ":" + account.id() + ":" + rest;
    }
}
