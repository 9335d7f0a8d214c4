package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class LocalSqsTest {
    @Test
    void keepsMessagesUntilItIsClosed() throws Exception {
        URI endpoint;
        try (LocalSqs server = LocalSqs.start(Clients.REGION.id());
                SqsClient client = Clients.at(server.getEndpoint(), SqsClient.builder())) {
            endpoint = server.getEndpoint();
            String queue =
                    client.createQueue(create -> create.queueName("Orders")).queueUrl();

            client.sendMessage(send -> send.queueUrl(queue).messageBody("가"));

            assertThat(client.receiveMessage(receive -> receive.queueUrl(queue)).messages())
                    .extracting(Message::body)
                    .containsExactly("가");
            assertThat(queue).startsWith(endpoint.toString());
            assertThat(client.getQueueAttributes(
                                    get -> get.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                            .attributes())
                    .containsEntry(QueueAttributeName.QUEUE_ARN, "arn:aws:sqs:eu-central-1:000000000000:Orders");
            Loopback.assertOnly(endpoint);
        }
        Loopback.assertGone(endpoint);
    }
}
