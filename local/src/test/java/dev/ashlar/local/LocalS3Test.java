package dev.ashlar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

class LocalS3Test {
    private static final String KEY = "in/a b+c %41/가.txt";

    @Test
    void keepsObjectsUntilItIsClosed() throws Exception {
        URI endpoint;
        try (LocalS3 server = LocalS3.start();
                S3Client client =
                        Clients.at(server.getEndpoint(), S3Client.builder().forcePathStyle(true))) {
            endpoint = server.getEndpoint();
            client.createBucket(create -> create.bucket("uploads"));

            client.putObject(put -> put.bucket("uploads").key(KEY), RequestBody.fromString("가"));

            assertThat(client.getObjectAsBytes(get -> get.bucket("uploads").key(KEY))
                            .asUtf8String())
                    .isEqualTo("가");
            assertThatExceptionOfType(NoSuchKeyException.class)
                    .isThrownBy(
                            () -> client.getObject(get -> get.bucket("uploads").key("in/other")));
            Loopback.assertOnly(endpoint);
        }
        Loopback.assertGone(endpoint);
    }

    @Test
    void opensNoOtherPortToOthers() throws Exception {
        try (LocalS3 server = LocalS3.start()) {
            Loopback.assertOnly(URI.create("http://127.0.0.1:" + server.getOtherPort()));
        }
    }
}
