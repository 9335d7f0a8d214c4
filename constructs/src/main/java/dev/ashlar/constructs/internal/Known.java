package dev.ashlar.constructs.internal;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.IConstruct;
import software.constructs.Node;

/**
 * What never changes of CDK's objects, and values of CDK's that are the same wherever they are used. Each question and each
 * value is a round trip to Node or two, which is most of what a synth takes; here it is asked or made once.
 */
public final class Known {
    private static final Once<Integer, Duration> SECONDS = new Once<>(Duration::seconds);
    private static final Once<Integer, Duration> DAYS = new Once<>(Duration::days);
    private static final Once<Duration, Number> MILLIS =
            new Once<>(duration -> duration.isUnresolved() ? null : duration.toMilliseconds());
    private static final Once<String, ServicePrincipal> SERVICES = new Once<>(ServicePrincipal::new);
    private static final Once<IConstruct, Node> NODES = new Once<>(IConstruct::getNode);
    private static final Once<IConstruct, IConstruct> SCOPES =
            new Once<>(construct -> nodeOf(construct).getScope());
    private static final Once<IConstruct, String> IDS =
            new Once<>(construct -> nodeOf(construct).getId());
    private static final Once<Stack, String> REGIONS = new Once<>(Stack::getRegion);
    private static final Once<IFunction, String> FUNCTION_ARNS = new Once<>(IFunction::getFunctionArn);
    private static final Once<IQueue, String> QUEUE_ARNS = new Once<>(IQueue::getQueueArn);
    private static final Once<IQueue, IKey> QUEUE_KEYS = new Once<>(IQueue::getEncryptionMasterKey);
    private static final Once<IBucket, IKey> BUCKET_KEYS = new Once<>(IBucket::getEncryptionKey);
    private static final Once<ITable, IKey> TABLE_KEYS = new Once<>(ITable::getEncryptionKey);

    private Known() {}

    /**
     * Makes a duration.
     *
     * @param seconds how long, in seconds
     * @return the duration
     */
    public static Duration seconds(int seconds) {
        return told(requireNonNull(SECONDS.ask(seconds)), seconds * 1000L);
    }

    /**
     * Makes a duration.
     *
     * @param days how long, in days
     * @return the duration
     */
    public static Duration days(int days) {
        return told(requireNonNull(DAYS.ask(days)), days * 86_400_000L);
    }

    private static Duration told(Duration duration, long millis) {
        MILLIS.tell(duration, millis);
        return duration;
    }

    /**
     * Asks how long a duration is.
     *
     * @param duration any duration; null for none
     * @return the milliseconds; null if it is a token, or there is none
     */
    public static @Nullable Number millisOf(@Nullable Duration duration) {
        return duration == null ? null : MILLIS.ask(duration);
    }

    /**
     * Asks how long a duration is, as templates say it.
     *
     * @param duration whole seconds, or a token for seconds
     * @return the seconds
     */
    public static Number secondsOf(Duration duration) {
        Number millis = millisOf(duration);
        return millis == null ? duration.toSeconds() : Long.valueOf(millis.longValue() / 1000);
    }

    /**
     * Makes the principal of a service of AWS.
     *
     * @param name such as {@code lambda.amazonaws.com}
     * @return the principal, without conditions
     */
    public static ServicePrincipal service(String name) {
        return requireNonNull(SERVICES.ask(name));
    }

    /**
     * Finds the node of a construct.
     *
     * @param construct any construct
     * @return its node
     */
    public static Node nodeOf(IConstruct construct) {
        return requireNonNull(NODES.ask(construct));
    }

    /**
     * Finds the scope of a construct.
     *
     * @param construct any construct
     * @return what it was created in; null for an app
     */
    public static @Nullable IConstruct scopeOf(IConstruct construct) {
        return SCOPES.ask(construct);
    }

    /**
     * Remembers where a construct was created.
     *
     * @param construct the construct
     * @param scope its scope
     */
    public static void isIn(IConstruct construct, IConstruct scope) {
        SCOPES.tell(construct, scope);
    }

    /**
     * Finds the id of a construct in its scope.
     *
     * @param construct any construct
     * @return its id
     */
    public static String idOf(IConstruct construct) {
        return requireNonNull(IDS.ask(construct));
    }

    /**
     * Remembers the id that a construct was created with.
     *
     * @param construct the construct
     * @param id its id, as it was given
     */
    public static void isNamed(IConstruct construct, String id) {
        // As CDK does, because a slash separates the parts of paths.
        IDS.tell(construct, id.replace("/", "--"));
    }

    /**
     * Finds the region of a stack.
     *
     * @param stack the stack
     * @return the region, or a token for it
     */
    public static String regionOf(Stack stack) {
        return requireNonNull(REGIONS.ask(stack));
    }

    /**
     * Finds the ARN of a function or an alias.
     *
     * @param function the function, or the alias
     * @return its ARN
     */
    public static String arnOf(IFunction function) {
        return requireNonNull(FUNCTION_ARNS.ask(function));
    }

    /**
     * Finds the ARN of a queue.
     *
     * @param queue the queue
     * @return its ARN
     */
    public static String arnOf(IQueue queue) {
        return requireNonNull(QUEUE_ARNS.ask(queue));
    }

    /**
     * Finds the customer's key of a queue.
     *
     * @param queue the queue
     * @return the key; null if it is encrypted without one
     */
    public static @Nullable IKey keyOf(IQueue queue) {
        return QUEUE_KEYS.ask(queue);
    }

    /**
     * Finds the customer's key of a bucket.
     *
     * @param bucket the bucket
     * @return the key; null if it is encrypted without one
     */
    public static @Nullable IKey keyOf(IBucket bucket) {
        return BUCKET_KEYS.ask(bucket);
    }

    /**
     * Finds the customer's key of a table.
     *
     * @param table the table
     * @return the key; null if it is encrypted without one
     */
    public static @Nullable IKey keyOf(ITable table) {
        return TABLE_KEYS.ask(table);
    }

    /**
     * Remembers that a queue was made without a customer's key.
     *
     * @param queue the queue
     */
    public static void isWithoutKey(IQueue queue) {
        QUEUE_KEYS.tell(queue, null);
    }

    /**
     * Remembers that a bucket was made without a customer's key.
     *
     * @param bucket the bucket
     */
    public static void isWithoutKey(IBucket bucket) {
        BUCKET_KEYS.tell(bucket, null);
    }

    /**
     * Remembers that a table was made without a customer's key.
     *
     * @param table the table
     */
    public static void isWithoutKey(ITable table) {
        TABLE_KEYS.tell(table, null);
    }
}
