package dev.ashlar.local.internal.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The permissions that a request to SQS needs.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_sqs.html">Actions, resources, and
 *     condition keys</a>
 */
final class SqsActions {
    private static final List<String> MOVES = List.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes");

    private final UnaryOperator<String> queueArn;
    private final Function<String, List<String>> sourcesOf;

    /**
     * Creates the mapping.
     *
     * @param queueArn the ARN of a queue of a name
     * @param sourcesOf the ARNs of the queues whose dead letters go to a queue
     */
    SqsActions(UnaryOperator<String> queueArn, Function<String, List<String>> sourcesOf) {
        this.queueArn = queueArn;
        this.sourcesOf = sourcesOf;
    }

    /** {@return what an operation such as {@code SendMessage} needs, all of it} */
    List<Access> of(String operation, Map<String, String> parameters) {
        Optional<String> source = Optional.ofNullable(parameters.get("SourceArn"));
        return switch (operation) {
            case "ListQueues" -> List.of(Access.of("sqs:ListQueues", "*"));
            case "StartMessageMoveTask" -> move(source.orElse("*"), parameters);
            case "ListMessageMoveTasks" ->
                each(source.orElse("*"), List.of("ListMessageMoveTasks", "GetQueueAttributes"));
            // Here a task's handle does not say which queue it is of.
            case "CancelMessageMoveTask" -> List.of();
            default -> List.of(Access.of("sqs:" + operation.replaceFirst("Batch$", ""), queue(parameters)));
        };
    }

    private List<Access> move(String source, Map<String, String> parameters) {
        List<Access> needed = new ArrayList<>(each(source, List.of("StartMessageMoveTask")));
        needed.addAll(each(source, MOVES));
        Optional.ofNullable(parameters.get("DestinationArn"))
                .map(List::of)
                .orElseGet(() -> sourcesOf.apply(source))
                .forEach(destination -> needed.add(Access.of("sqs:SendMessage", destination)));
        return needed;
    }

    private static List<Access> each(String resource, List<String> actions) {
        return actions.stream()
                .map(action -> Access.of("sqs:" + action, resource))
                .toList();
    }

    private String queue(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get("QueueUrl"))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .or(() -> Optional.ofNullable(parameters.get("QueueName")))
                .map(queueArn)
                .orElse("*");
    }
}
