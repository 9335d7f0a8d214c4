package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awssdk.services.sqs.SqsClient;

class LocalAppExtensionTest {
    @RegisterExtension
    static final LocalAppExtension SHOP = LocalAppExtension.of(LocalApp.of(assembly()));

    @RepeatedTest(2)
    void queuesAreEmptyBeforeEachTest() {
        try (SqsClient sqs = SHOP.getApp().client("sqs", SqsClient.builder())) {
            String url = sqs.getQueueUrl(get -> get.queueName(SHOP.getApp().getName("Work")))
                    .queueUrl();

            assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url)).messages())
                    .isEmpty();

            sqs.sendMessage(send -> send.queueUrl(url).messageBody("left behind"));
        }
    }

    @Test
    void anAppThatWasNotStartedIsNotThere() {
        LocalAppExtension other = LocalAppExtension.of(LocalApp.of("cdk.out"));

        assertThatIllegalStateException()
                .isThrownBy(other::getApp)
                .withMessage("The app runs while tests do; make the extension's field static");
    }

    private static String assembly() {
        try {
            Path directory = Files.createTempDirectory("ashlar-test");
            directory.toFile().deleteOnExit();
            return TestAssembly.ofShop(directory, stack -> new Queue(stack, "Work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
