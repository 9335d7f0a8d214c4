package dev.ashlar.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectEventTest {

    /** As AWS's documentation has it. */
    static final String CREATED = """
            {
              "version": "0",
              "id": "17793124-05d4-b198-2fde-7ededc63b103",
              "detail-type": "Object Created",
              "source": "aws.s3",
              "account": "111122223333",
              "time": "2021-11-12T00:00:00Z",
              "region": "ca-central-1",
              "resources": ["arn:aws:s3:::amzn-s3-demo-bucket1"],
              "detail": {
                "version": "0",
                "bucket": {"name": "amzn-s3-demo-bucket1"},
                "object": {
                  "key": "example-key",
                  "size": 5,
                  "etag": "b1946ac92492d2347c6235b4d2611184",
                  "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                  "sequencer": "617f08299329d189"
                },
                "request-id": "N4N7GDK58NMKJ12R",
                "requester": "123456789012",
                "source-ip-address": "1.2.3.4",
                "reason": "PutObject"
              }
            }
            """;

    @Test
    void readsWhatWasCreated() {
        ObjectEvent event = ObjectEvent.parse(CREATED);

        assertThat(event.getDetailType()).isEqualTo("Object Created");
        assertThat(event.getBucket()).isEqualTo("amzn-s3-demo-bucket1");
        assertThat(event.getKey()).isEqualTo("example-key");
        assertThat(event.getSize()).hasValue(5);
        assertThat(event.getVersionId()).isEqualTo("IYV3p45BT0ac8hjHg1houSdS1a.Mro8e");
    }

    @Test
    void whatWasDeletedHasNoSize() {
        ObjectEvent event = ObjectEvent.parse(
                CREATED.replace("Object Created", "Object Deleted").replace("\"size\": 5,", ""));

        assertThat(event.getDetailType()).isEqualTo("Object Deleted");
        assertThat(event.getSize()).isEmpty();
    }

    @Test
    void aBucketWithoutVersionsTellsNone() {
        assertThat(ObjectEvent.parse(CREATED.replace("version-id", "no-version"))
                        .getVersionId())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in/a b+c.jpg", "in/a%20b.jpg", "사진/가.png", "in/\\\"quoted\\\".jpg"})
    void keysAreNotDecoded(String key) {
        assertThat(ObjectEvent.parse(CREATED.replace("example-key", key)).getKey())
                .isEqualTo(key.replace("\\", ""));
    }

    @Test
    void sizesBeyondAnIntAreExact() {
        assertThat(ObjectEvent.parse(CREATED.replace("\"size\": 5", "\"size\": 5497558138880"))
                        .getSize())
                .hasValue(5_497_558_138_880L);
    }

    @Test
    void readsWhatLambdaHasRead() {
        ObjectEvent event = ObjectEvent.of(Map.of(
                "source",
                "aws.s3",
                "detail-type",
                "Object Created",
                "detail",
                Map.of("bucket", Map.of("name", "uploads"), "object", Map.of("key", "in/a", "size", 7))));

        assertThat(event.getKey()).isEqualTo("in/a");
        assertThat(event.getSize()).hasValue(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws.s3 | aws.ec2 | event must be one of S3's through EventBridge, got one with the source aws.ec2",
                "\"detail\" | \"details\" | event must have an object where it has none",
                "\"object\" | \"objects\" | event must have an object where it has none",
                "\"key\" | \"keys\" | event must have a text as key, got none",
                "\"name\" | \"names\" | event must have a text as name, got none",
                "\"detail-type\" | \"type\" | event must have a text as detail-type, got none"
            })
    void refusesOtherEvents(String known, String other, String message) {
        assertThatThrownBy(() -> ObjectEvent.parse(CREATED.replace(known, other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"aws.s3\"", "1"})
    void refusesWhatIsNoObject(String json) {
        assertThatThrownBy(() -> ObjectEvent.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event must have an object where it has none");
    }
}
