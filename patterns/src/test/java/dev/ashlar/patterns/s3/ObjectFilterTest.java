package dev.ashlar.patterns.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.test.TestApp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.event.ruler.Ruler;

/** What the patterns match, told by the library that EventBridge itself matches with. */
class ObjectFilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stack stack = new Stack(TestApp.create(), "Shop");

    @ParameterizedTest
    @ValueSource(strings = {"a", "in/a b+c.jpg", "사진/가.png", "*", "\\"})
    void withoutAFilterAllObjectsMatch(String key) throws Exception {
        assertThat(matches(processor(), created(key, 0))).isTrue();
        assertThat(matches(processor().input(ObjectFilter.all()), created(key, 0)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"in/a.jpg,true", "in/,true", "in/deep/er.png,true", "in,false", "out/in/a.jpg,false", "IN/a.jpg,false"})
    void aPrefixIsTheBeginningOfTheKey(String key, boolean expected) throws Exception {
        assertThat(matches(processor().input(ObjectFilter.prefix("in/")), created(key, 1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a.jpg,true", "in/b.jpg,true", ".jpg,true", "a.JPG,false", "a.jpg.txt,false"})
    void aSuffixIsTheEndOfTheKey(String key, boolean expected) throws Exception {
        assertThat(matches(processor().input(ObjectFilter.all().suffix(".jpg")), created(key, 1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "in/a.jpg,true",
        "in/.jpg,true",
        "in/deep/er.jpg,true",
        "in/a b+c.jpg,true",
        "in/a.png,false",
        "out/a.jpg,false",
        "a.jpg,false"
    })
    void prefixAndSuffixMustBothHold(String key, boolean expected) throws Exception {
        assertThat(matches(processor().input(ObjectFilter.prefix("in/").suffix(".jpg")), created(key, 1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a\\b/x*.jpg,true", "a\\b/*.jpg,true", "a\\b/xy.jpg,false", "ab/x*.jpg,false", "a\\\\b/x*.jpg,false"})
    void prefixAndSuffixAreTakenLiterally(String key, boolean expected) throws Exception {
        assertThat(matches(processor().input(ObjectFilter.prefix("a\\b/").suffix("*.jpg")), created(key, 1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"in/a\\.jpg,true", "in/a.jpg,false"})
    void aSuffixAloneIsTakenLiterally(String key, boolean expected) throws Exception {
        assertThat(matches(processor().input(ObjectFilter.all().suffix("\\.jpg")), created(key, 1)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1023,false", "1024,true", "1025,true", "5497558138880,true"})
    void smallObjectsAreLeftOut(long size, boolean expected) throws Exception {
        assertThat(matches(processor().input(ObjectFilter.all().minimumSize(Size.kibibytes(1))), created("a", size)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "in/a.jpg,1,false",
        "in/a.jpg,2000,true",
        "in/a.png,2000,false",
        "scans/a.tif,1,true",
        "other/a.jpg,2000,false"
    })
    void ofSeveralFiltersOneMustHold(String key, long size, boolean expected) throws Exception {
        S3Processor.Builder processor = processor()
                .input(ObjectFilter.prefix("in/").suffix(".jpg").minimumSize(Size.kibibytes(1)))
                .input(ObjectFilter.prefix("scans/"));

        assertThat(matches(processor, created(key, size))).isEqualTo(expected);
    }

    @Test
    void aFilterOfAllObjectsOutweighsTheOthers() throws Exception {
        S3Processor.Builder processor =
                processor().input(ObjectFilter.prefix("in/")).input(ObjectFilter.all());

        assertThat(matches(processor, created("out/a", 1))).isTrue();
    }

    @Test
    void anotherBucketDoesNotMatch() throws Exception {
        assertThat(matches(processor(), event("Object Created", "others", Map.of("key", "a", "size", 1))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Object Created,CREATED,true",
        "Object Deleted,REMOVED,true",
        "Object Restore Completed,RESTORED,true",
        "Object Deleted,CREATED,false",
        "Object Restore Initiated,RESTORED,false",
        "Object Tags Added,CREATED,false"
    })
    void otherChangesDoNotMatch(String detailType, ObjectChange change, boolean expected) throws Exception {
        S3Processor.Builder processor =
                processor().input(ObjectFilter.prefix("in/")).changes(change);

        // As S3 sends it: what was deleted has no size.
        assertThat(matches(processor, event(detailType, "uploads", Map.of("key", "in/a"))))
                .isEqualTo(expected);
    }

    private S3Processor.Builder processor() {
        return S3Processor.Builder.create(
                        stack, "Thumbnails" + stack.getNode().getChildren().size())
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.ThumbnailHandler")
                .bucket(Bucket.fromBucketName(
                        stack, "Uploads" + stack.getNode().getChildren().size(), "uploads"));
    }

    private static boolean matches(S3Processor.Builder processor, String event) throws Exception {
        S3Processor created = processor.build();
        Stack stack = Stack.of(created);
        Object pattern = stack.resolve(created.getRule().getEventPattern());
        assertThat(pattern).isNotNull();
        return Ruler.matchesRule(event, JSON.writeValueAsString(pattern));
    }

    private static String created(String key, long size) throws Exception {
        return event("Object Created", "uploads", Map.of("key", key, "size", size));
    }

    private static String event(String detailType, String bucket, Map<String, Object> object) throws Exception {
        Map<String, Object> event = new HashMap<>();
        event.put("version", "0");
        event.put("source", "aws.s3");
        event.put("detail-type", detailType);
        event.put("resources", List.of("arn:aws:s3:::" + bucket));
        event.put("detail", Map.of("version", "0", "bucket", Map.of("name", bucket), "object", object));
        return JSON.writeValueAsString(event);
    }
}
