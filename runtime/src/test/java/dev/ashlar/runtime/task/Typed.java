package dev.ashlar.runtime.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handlers of objects: some return what they were given, some tell it in full. */
public final class Typed {

    private Typed() {}

    abstract static class Echo<T> implements RequestHandler<@Nullable T, @Nullable T> {
        @Override
        public @Nullable T handleRequest(@Nullable T event, Context context) {
            return event;
        }
    }

    abstract static class Tell<T> implements RequestHandler<@Nullable T, String> {
        @Override
        public String handleRequest(@Nullable T event, Context context) {
            return String.valueOf(event);
        }
    }

    public static final class TellApi extends Tell<APIGatewayV2HTTPEvent> {}

    public static final class EchoApi extends Echo<APIGatewayV2HTTPEvent> {}

    public static final class TellDynamo extends Tell<DynamodbEvent> {}

    public static final class EchoDynamo extends Echo<DynamodbEvent> {}

    public static final class TellSns extends Tell<SNSEvent> {}

    public static final class EchoSns extends Echo<SNSEvent> {}

    public static final class EchoS3 extends Echo<S3Event> {}

    public static final class EchoScheduled extends Echo<ScheduledEvent> {}

    public static final class EchoBean extends Echo<Bean> {}

    public static final class EchoStone extends Echo<Stone> {}

    public static final class EchoBeans extends Echo<List<Bean>> {}

    public static final class EchoMap extends Echo<Map<String, Object>> {}

    public static final class EchoObject extends Echo<Object> {}

    public static final class EchoText extends Echo<String> {}

    public static final class EchoNumber extends Echo<Integer> {}

    public static final class EchoBytes extends Echo<byte[]> {}

    public static final class Bounded<T extends Bean> extends Echo<T> {}

    public static final class Unbounded<T> extends Echo<T> {}

    @SuppressWarnings("rawtypes")
    public static final class Raw extends Echo {}

    public static final class Api implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
        @Override
        public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
            return APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(200)
                    .withHeaders(Map.of("content-type", "text/plain; charset=utf-8"))
                    .withBody(event.getRouteKey() + " " + context.getAwsRequestId())
                    .build();
        }
    }

    public static final class Sqs implements RequestHandler<SQSEvent, SQSBatchResponse> {
        @Override
        public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
            List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
            event.getRecords()
                    .forEach(each -> failures.add(new SQSBatchResponse.BatchItemFailure(
                            each.getMessageId() + " " + each.getEventSourceArn() + " " + each.getBody())));
            return new SQSBatchResponse(failures);
        }
    }

    public static final class Nothing implements RequestHandler<Map<String, Object>, @Nullable Void> {
        @Override
        public @Nullable Void handleRequest(Map<String, Object> event, Context context) {
            return null;
        }
    }

    public static final class FromNothing implements RequestHandler<@Nullable Void, String> {
        @Override
        public String handleRequest(@Nullable Void event, Context context) {
            return "of nothing";
        }
    }

    public static final class Failing implements RequestHandler<Map<String, Object>, String> {
        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            throw new IllegalStateException("Out of stone", new IllegalArgumentException("granite"));
        }
    }

    /** Returns what no serializer can write: itself within itself. */
    public static final class Endless implements RequestHandler<String, List<Object>> {
        @Override
        public List<Object> handleRequest(String event, Context context) {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            return endless;
        }
    }

    /** A bean of the kinds of values on which serializers differ. */
    public static final class Bean {
        private @Nullable String name;
        private int count;
        private @Nullable Double price;
        private Optional<String> note = Optional.empty();
        private @Nullable Instant since;
        private @Nullable Bean inner;
        private List<String> tags = new ArrayList<>();
        public @Nullable String open;

        public @Nullable String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public @Nullable Double getPrice() {
            return price;
        }

        public void setPrice(@Nullable Double price) {
            this.price = price;
        }

        public Optional<String> getNote() {
            return note;
        }

        public void setNote(Optional<String> note) {
            this.note = note;
        }

        public @Nullable Instant getSince() {
            return since;
        }

        public void setSince(@Nullable Instant since) {
            this.since = since;
        }

        public @Nullable Bean getInner() {
            return inner;
        }

        public void setInner(@Nullable Bean inner) {
            this.inner = inner;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        public boolean isSold() {
            return count == 0;
        }
    }

    /** A bean that one serializer reads by its getters and the other by its fields. */
    public static final class Stone {
        private @Nullable String name;
        private double price;
        private List<String> colours = new ArrayList<>();

        public @Nullable String getName() {
            return name;
        }

        public void setName(@Nullable String name) {
            this.name = name;
        }

        public double getPrice() {
            return price;
        }

        public void setPrice(double price) {
            this.price = price;
        }

        public List<String> getColours() {
            return colours;
        }

        public void setColours(List<String> colours) {
            this.colours = colours;
        }

        public boolean isDear() {
            return price > 20;
        }
    }
}
