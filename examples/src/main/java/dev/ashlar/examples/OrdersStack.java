package dev.ashlar.examples;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.patterns.queue.QueueProcessor;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * A queue of orders, and a function that confirms them into a table. An order that cannot be confirmed lies in a dead-letter queue
 * after five attempts, and tells the operators.
 */
public final class OrdersStack extends Stack {
    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     */
    public OrdersStack(Construct scope, String id) {
        super(scope, id);
        Topic operators = new Topic(this, "Operators");

        SingleTable orders = SingleTable.Builder.create(this, "Orders").build();
        QueueProcessor confirmation = QueueProcessor.Builder.create(this, "Confirmation")
                .code(FunctionCode.maven("examples/handlers/orders"))
                .handler("dev.ashlar.examples.orders.OrdersHandler")
                // The handler waits for DynamoDB for 5 seconds an order, and a batch has up to ten.
                .timeout(Duration.minutes(1))
                .environment(Map.of("ORDERS_TABLE", orders.getTable().getTableName()))
                .alarms(Alarms.to(operators))
                .build();
        // Not by table(...), which lets the function read and delete as well.
        orders.grantWrite(confirmation.getFunction());

        output(
                "QueueUrl",
                "Where to order: aws sqs send-message --queue-url ...",
                confirmation.getQueue().getQueueUrl());
        output(
                "DeadLettersArn",
                "What to mend, and then: aws sqs start-message-move-task --source-arn ...",
                requireNonNull(confirmation.getDeadLetterQueue()).getQueueArn());
        output(
                "TableName",
                "What is confirmed: aws dynamodb scan --table-name ...",
                orders.getTable().getTableName());
        output("OperatorsArn", "Whom alarms tell: aws sns subscribe --topic-arn ...", operators.getTopicArn());
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }
}
