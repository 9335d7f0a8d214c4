package dev.ashlar.patterns.s3;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.function.Destination;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Threshold;
import dev.ashlar.constructs.profile.internal.Inherited;
import dev.ashlar.constructs.queue.DeadLetterQueue;
import dev.ashlar.constructs.queue.SourceQueue;
import dev.ashlar.constructs.queue.internal.Batches;
import dev.ashlar.constructs.queue.internal.QueueEventSource;
import dev.ashlar.constructs.storage.PrivateBucket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CorsRule;
import software.amazon.awscdk.services.s3.HttpMethods;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/**
 * A function that processes the objects of an S3 bucket, as they come: what fails is tried again, and lies in a dead-letter
 * queue after that.
 *
 * <p>It creates:
 *
 * <ul>
 *   <li>{@code Bucket}: a {@link PrivateBucket}, unless one was given, which sends its events to EventBridge
 *   <li>{@code Function}: a {@link WarmFunction}, unless one was given
 *   <li>{@code Rule}: an EventBridge rule that picks the events of the wanted objects
 *   <li>{@code Queue}: a {@link SourceQueue} that the rule sends them to, with a dead-letter queue
 *   <li>{@code EventSource}: the event source mapping of the queue on the alias {@code live}, with partial batch responses
 *   <li>without a queue ({@code direct()}) {@code DeadLetterQueue}, and {@code Permission} for the rule instead
 *   <li>with alarms {@code UndeliveredAlarm}, and those of the queues
 * </ul>
 *
 * <pre>{@code
 * S3Processor.Builder.create(this, "Thumbnails")
 *         .code(FunctionCode.maven("handlers"))
 *         .handler("shop.ThumbnailHandler")
 *         .input(ObjectFilter.prefix("incoming/").suffix(".jpg"))
 *         .output("thumbnails/")
 *         .build();
 * }</pre>
 *
 * <p>Granted to the function's role: {@code s3:GetObject} under the prefixes of the inputs, {@code s3:PutObject} and
 * {@code s3:AbortMultipartUpload} under that of the output, and what Lambda needs to poll the queue. To this rule alone:
 * {@code sqs:SendMessage} on the queues, or {@code lambda:InvokeFunction} on the alias.
 *
 * <p>An event may come more than once, and later than another one: the code must not mind. Idle it costs the requests by
 * which Lambda polls, and the stored gigabytes.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html">Using EventBridge</a>
 */
public final class S3Processor extends Construct {
    /** How many events the function gets at once, unless given: {@value}. */
    public static final int DEFAULT_BATCH_SIZE = 1;

    private final IBucket bucket;
    private final WarmFunction function;
    private final @Nullable SourceQueue queue;
    private final DeadLetterQueue deadLetterQueue;
    private final @Nullable CfnEventSourceMapping eventSource;
    private final CfnRule rule;
    private final List<String> inputPrefixes;
    private final List<Alarm> alarms;

    /**
     * Creates the processor.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits, or two do not go together; above all if the output
     *     would be processed again
     */
    public S3Processor(Construct scope, String id, S3ProcessorProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        Batches batches = new Batches(
                props.getBatchSize() == null ? DEFAULT_BATCH_SIZE : props.getBatchSize(),
                null,
                props.getMaxConcurrency(),
                List.of());
        new S3ProcessorChecks(this, props).check(batches);
        this.inputPrefixes = prefixesOf(props.getInputs());
        this.bucket = props.getBucket() == null ? createBucket(props) : props.getBucket();
        sendEvents();
        if (props.isDirect()) {
            this.queue = null;
            this.eventSource = null;
            this.deadLetterQueue = createDeadLetterQueue(props);
            this.function = props.toFunction(
                    this,
                    "Function",
                    props.getFunction(),
                    builder -> builder.onFailure(Destination.queue(deadLetterQueue.getQueue())));
            this.rule = createRule(props, "Function", Known.arnOf(function.getAlias()));
            createPermission();
        } else {
            this.function = props.toFunction(this, "Function", props.getFunction());
            QueueEventSource source = new QueueEventSource(this, function, batches);
            this.queue = createQueue(props, source);
            this.deadLetterQueue = queue.getDeadLetterQueue();
            this.eventSource = source.createFor(queue.getQueue());
            if (props.getFunction() == null) {
                source.acknowledge();
            }
            this.rule = createRule(props, "Queue", Known.arnOf(queue.getQueue()));
        }
        String ruleArn = rule.getAttrArn();
        if (queue != null) {
            queue.grantSendToRule(ruleArn);
        }
        deadLetterQueue.grantSendToRule(ruleArn);
        grantObjects(props);
        this.alarms = createAlarms(props.getAlarms());
    }

    /** {@return the bucket whose objects are processed} */
    public IBucket getBucket() {
        return bucket;
    }

    /** {@return the function that processes them} */
    public WarmFunction getFunction() {
        return function;
    }

    /** {@return the queue between the rule and the function; null with {@code direct()}} */
    public @Nullable SourceQueue getQueue() {
        return queue;
    }

    /** {@return where events lie that could not be delivered, or failed for good} */
    public DeadLetterQueue getDeadLetterQueue() {
        return deadLetterQueue;
    }

    /** {@return what hands the queue's messages to the function; null with {@code direct()}} */
    public @Nullable CfnEventSourceMapping getEventSource() {
        return eventSource;
    }

    /** {@return the rule that picks the events} */
    public CfnRule getRule() {
        return rule;
    }

    /** {@return the alarms of the rule and the queues, none without {@code alarms}; the function's are its own} */
    public List<Alarm> getAlarms() {
        return alarms;
    }

    /**
     * Grants {@code s3:PutObject} and {@code s3:AbortMultipartUpload} under the prefixes of the inputs: to whoever uploads, or
     * signs URLs for others to upload to.
     *
     * @param grantee who may upload
     */
    public void grantUpload(IGrantable grantee) {
        under(bucket, inputPrefixes).forEach(objects -> objects.grantWrite(grantee));
    }

    /** {@return how many events reached neither the target nor the dead-letter queue, and are lost: sum over 5 minutes} */
    public Metric metricInvocationsFailedToBeSentToDlq() {
        return Metric.Builder.create()
                .namespace("AWS/Events")
                .metricName("InvocationsFailedToBeSentToDlq")
                .dimensionsMap(Map.of("RuleName", rule.getRef()))
                .statistic("Sum")
                .period(Duration.minutes(5))
                .build();
    }

    /** The prefixes of the inputs, each once; the empty one is the whole bucket. */
    private static List<String> prefixesOf(List<ObjectFilter> inputs) {
        List<String> prefixes =
                inputs.stream().map(ObjectFilter::prefix).distinct().toList();
        return prefixes.isEmpty() || prefixes.contains("") ? List.of("") : prefixes;
    }

    private static Stream<BucketAccess> under(IBucket objects, List<String> prefixes) {
        BucketAccess all = BucketAccess.of(objects);
        return prefixes.stream().map(prefix -> prefix.isEmpty() ? all : all.under(prefix));
    }

    private Bucket createBucket(S3ProcessorProps props) {
        return PrivateBucket.Builder.create(this, "Bucket")
                .customizeBucket(
                        props.getCorsOrigins().isEmpty()
                                ? props.getCustomizeBucket()
                                : builder -> customize(builder, props))
                .build()
                .getBucket();
    }

    private static void customize(Bucket.Builder builder, S3ProcessorProps props) {
        builder.cors(List.of(CorsRule.builder()
                .allowedOrigins(props.getCorsOrigins())
                .allowedMethods(List.of(HttpMethods.PUT))
                .allowedHeaders(List.of("*"))
                .exposedHeaders(List.of("ETag"))
                .maxAge(3600)
                .build()));
        if (props.getCustomizeBucket() != null) {
            props.getCustomizeBucket().accept(builder);
        }
    }

    private void sendEvents() {
        if (!(Known.nodeOf(bucket).getDefaultChild() instanceof CfnBucket created)) {
            Annotations.of(this)
                    .addWarningV2(
                            "ashlar:eventsOfBucket",
                            "bucket must send its events to EventBridge, got an imported one, of which that is not known; turn"
                                    + " on Amazon EventBridge among the event notifications of its properties, then acknowledge"
                                    + " this");
        } else if (Known.nodeOf(bucket).tryFindChild("Notifications") != null) {
            // CDK's custom resource writes all notifications of this bucket, and would take away what stands in the
            // template.
            bucket.enableEventBridgeNotification();
        } else {
            // By the property, because CDK's own way is a custom resource.
            created.addPropertyOverride("NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", true);
        }
    }

    private DeadLetterQueue createDeadLetterQueue(S3ProcessorProps props) {
        return DeadLetterQueue.Builder.create(this, "DeadLetterQueue")
                // An own function has that alarm on its destination already.
                .alarms(props.getFunction() == null ? null : props.getAlarms())
                .build();
    }

    private SourceQueue createQueue(S3ProcessorProps props, QueueEventSource source) {
        return SourceQueue.Builder.create(this, "Queue")
                .visibilityTimeout(source.visibilityTimeout())
                .alarms(props.getAlarms())
                .build();
    }

    private CfnRule createRule(S3ProcessorProps props, String targetId, String targetArn) {
        return CfnRule.Builder.create(this, "Rule")
                // In the same order at each synth: that of Map.of differs from run to run.
                .eventPattern(new TreeMap<>(Map.of(
                        "source", List.of("aws.s3"),
                        "detail-type",
                                props.getChanges().stream()
                                        .map(ObjectChange::detailType)
                                        .toList(),
                        "detail", detail(props.getInputs()))))
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id(targetId)
                        .arn(targetArn)
                        .deadLetterConfig(CfnRule.DeadLetterConfigProperty.builder()
                                .arn(Known.arnOf(deadLetterQueue.getQueue()))
                                .build())
                        .build()))
                .build();
    }

    private Map<String, Object> detail(List<ObjectFilter> inputs) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("bucket", Map.of("name", List.of(bucket.getBucketName())));
        List<Map<String, Object>> objects =
                inputs.stream().map(ObjectFilter::pattern).distinct().toList();
        if (objects.size() == 1 && !objects.get(0).isEmpty()) {
            detail.put("object", objects.get(0));
        } else if (objects.stream().noneMatch(Map::isEmpty) && !objects.isEmpty()) {
            detail.put(
                    "$or",
                    objects.stream().map(object -> Map.of("object", object)).toList());
        }
        return detail;
    }

    private void createPermission() {
        CfnPermission.Builder.create(this, "Permission")
                .action("lambda:InvokeFunction")
                .functionName(Known.arnOf(function.getAlias()))
                .principal("events.amazonaws.com")
                .sourceArn(rule.getAttrArn())
                .build();
    }

    private void grantObjects(S3ProcessorProps props) {
        boolean canRead = props.getChanges().stream().anyMatch(change -> change != ObjectChange.REMOVED);
        under(bucket, inputPrefixes).forEach(objects -> {
            if (canRead) {
                objects.grantRead(function);
            }
            if (props.canTellMissing()) {
                objects.grantList(function);
            }
        });
        if (props.getOutput() != null) {
            IBucket target = props.getOutputBucket() == null ? bucket : props.getOutputBucket();
            under(target, List.of(props.getOutput())).forEach(objects -> objects.grantWrite(function));
        }
    }

    private List<Alarm> createAlarms(@Nullable Alarms wanted) {
        if (wanted == null) {
            return List.of();
        }
        List<Alarm> created = new ArrayList<>();
        created.add(
                wanted.add(
                        Threshold.of(
                                this,
                                "UndeliveredAlarm",
                                metricInvocationsFailedToBeSentToDlq(),
                                1,
                                "Events reach neither their target nor the dead-letter queue and are lost: look at the policies of both")));
        if (queue != null) {
            created.addAll(queue.getAlarms());
        }
        created.addAll(deadLetterQueue.getAlarms());
        return List.copyOf(created);
    }

    /** Creates an {@link S3Processor}. */
    public static final class Builder extends S3ProcessorProps.Setters<Builder>
            implements software.amazon.jsii.Builder<S3Processor> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a processor.
         *
         * @param scope the construct that it belongs to
         * @param id its id there
         * @return a builder with nothing set
         */
        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Creates the processor.
         *
         * @return the processor
         * @throws NullPointerException if there is nothing to run
         * @throws IllegalArgumentException if a property is out of its limits, or two do not go together; above all if the
         *     output would be processed again
         */
        @Override
        public S3Processor build() {
            return new S3Processor(scope, id, toProps());
        }
    }
}
