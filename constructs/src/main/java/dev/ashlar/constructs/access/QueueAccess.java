package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Known;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * Exact permissions on an SQS queue.
 *
 * <p>{@link #grantSend} grants {@code sqs:SendMessage}, and on a customer's key {@code kms:GenerateDataKey} and
 * {@code kms:Decrypt}. {@link #grantConsume} grants {@code sqs:ReceiveMessage}, {@code DeleteMessage},
 * {@code ChangeMessageVisibility} and {@code GetQueueAttributes}, and on a customer's key {@code kms:Decrypt}. Batches
 * need no more. {@link #grantSendToRule} lets an EventBridge rule send, by the queue's own policy. The queue's URL has to be known: {@code sqs:GetQueueUrl} is not granted.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html">Actions, resources,
 *     and condition keys for Amazon SQS</a>
 */
public final class QueueAccess {
    private final IQueue queue;

    private QueueAccess(IQueue queue) {
        this.queue = queue;
    }

    /**
     * Starts a grant on an SQS queue.
     *
     * @param queue the queue, created or imported
     * @return the grants on it
     */
    public static QueueAccess of(IQueue queue) {
        return new QueueAccess(queue);
    }

    /**
     * Grants {@code sqs:SendMessage}.
     *
     * @param grantee who may send
     * @return the grant
     */
    public Grant grantSend(IGrantable grantee) {
        Grants.addKey(grantee, Known.keyOf(queue), "kms:GenerateDataKey", "kms:Decrypt");
        return grant(grantee, "sqs:SendMessage");
    }

    /**
     * Grants {@code sqs:ReceiveMessage}, {@code DeleteMessage}, {@code ChangeMessageVisibility} and
     * {@code GetQueueAttributes}.
     *
     * @param grantee who may receive messages and delete them
     * @return the grant
     */
    public Grant grantConsume(IGrantable grantee) {
        Grants.addKey(grantee, Known.keyOf(queue), "kms:Decrypt");
        return grant(
                grantee,
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:ChangeMessageVisibility",
                "sqs:GetQueueAttributes");
    }

    /**
     * Lets an EventBridge rule {@code sqs:SendMessage}, by the queue's own policy and on condition of the rule's ARN; on a
     * customer's key EventBridge gets {@code kms:GenerateDataKey} and {@code kms:Decrypt} by the key's policy. There it is
     * without a condition: the rule names the queue, and the queue the key.
     *
     * @param ruleArn the ARN of the rule
     * @throws IllegalArgumentException if the queue or its key was imported: their policies cannot be changed here
     */
    public void grantSendToRule(String ruleArn) {
        ServicePrincipal eventBridge = Known.service("events.amazonaws.com");
        Grants.addKey(eventBridge, Known.keyOf(queue), "kms:GenerateDataKey", "kms:Decrypt");
        boolean added = Boolean.TRUE.equals(queue.addToResourcePolicy(PolicyStatement.Builder.create()
                        .principals(List.of(eventBridge))
                        .actions(List.of("sqs:SendMessage"))
                        .resources(List.of(Known.arnOf(queue)))
                        .conditions(Map.of("ArnEquals", Map.of("aws:SourceArn", ruleArn)))
                        .build())
                .getStatementAdded());
        if (!added) {
            throw new IllegalArgumentException(
                    "queue must have a policy that can take sqs:SendMessage for events.amazonaws.com, got an imported one;"
                            + " change its policy where it is made");
        }
    }

    private Grant grant(IGrantable grantee, String... actions) {
        return Grants.add(grantee, List.of(actions), Known.arnOf(queue));
    }
}
