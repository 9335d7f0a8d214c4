package dev.ashlar.constructs.storage;

import dev.ashlar.constructs.access.Indexed;
import dev.ashlar.constructs.access.TableAccess;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.internal.Once;
import dev.ashlar.constructs.profile.Profile;
import dev.ashlar.constructs.profile.internal.Inherited;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableEncryptionV2;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.constructs.Construct;

/**
 * A DynamoDB table for an application: paid by the request, with string keys {@code pk} and {@code sk} unless set
 * otherwise, protected as the {@link Profile} says.
 *
 * <p>It creates {@code Table}, an {@code AWS::DynamoDB::GlobalTable} with one replica, encrypted with a key of AWS's own
 * (a customer's key by {@code customizeTable}). More regions can be added to it later, which an
 * {@code AWS::DynamoDB::Table} does not allow.
 *
 * <pre>{@code
 * SingleTable notes = SingleTable.Builder.create(this, "Notes").build();
 * notes.grantRead(function);
 * }</pre>
 *
 * <p>It grants to nobody by itself. Its grants are those of {@link TableAccess}, on the table and its indexes by name.
 *
 * <p>Idle it costs the stored gigabytes alone, beyond the free tier, and in production point-in-time recovery of them.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Introduction.html">What is Amazon
 *     DynamoDB?</a>
 */
public final class SingleTable extends Construct implements Indexed {
    /** The name of the partition key, unless given: {@value}. */
    public static final String DEFAULT_PARTITION_KEY = "pk";

    /** The name of the sort key, unless given: {@value}. */
    public static final String DEFAULT_SORT_KEY = "sk";

    private static final int MAX_INDEXES = 20;

    private static final Once<Class<?>, Billing> BILLING = new Once<>(any -> Billing.onDemand());
    private static final Once<Class<?>, TableEncryptionV2> ENCRYPTION =
            new Once<>(any -> TableEncryptionV2.dynamoOwnedKey());

    private final List<String> indexNames;
    private final TableV2 table;

    /**
     * Creates the table.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @param props its properties
     * @throws IllegalArgumentException if a property is out of its limits
     */
    public SingleTable(Construct scope, String id, SingleTableProps props) {
        super(scope, id);
        Inherited.share(this, scope);
        this.indexNames = props.getGlobalSecondaryIndexes().stream()
                .map(GlobalSecondaryIndexPropsV2::getIndexName)
                .toList();
        validate();
        this.table = createTable(props);
    }

    /** {@return the table} */
    public TableV2 getTable() {
        return table;
    }

    @Override
    public List<String> getIndexNames() {
        return indexNames;
    }

    /**
     * Grants {@code dynamodb:GetItem}, {@code BatchGetItem} and {@code Query} on the table and its indexes.
     *
     * @param grantee who may read
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        return TableAccess.of(table).grantRead(grantee);
    }

    /**
     * Grants {@code dynamodb:Scan} on the table and its indexes.
     *
     * @param grantee who may scan
     * @return the grant
     */
    public Grant grantScan(IGrantable grantee) {
        return TableAccess.of(table).grantScan(grantee);
    }

    /**
     * Grants {@code dynamodb:PutItem}, {@code UpdateItem} and {@code ConditionCheckItem} on the table.
     *
     * @param grantee who may write
     * @return the grant
     */
    public Grant grantWrite(IGrantable grantee) {
        return TableAccess.of(table).grantWrite(grantee);
    }

    /**
     * Grants {@code dynamodb:DeleteItem} on the table.
     *
     * @param grantee who may delete
     * @return the grant
     */
    public Grant grantDelete(IGrantable grantee) {
        return TableAccess.of(table).grantDelete(grantee);
    }

    /**
     * Grants reading, writing and deleting, and {@code dynamodb:BatchWriteItem}, on the table and its indexes.
     *
     * @param grantee who may do all of these
     * @return the grant
     */
    public Grant grantReadWriteDelete(IGrantable grantee) {
        return TableAccess.of(table).grantReadWriteDelete(grantee);
    }

    private void validate() {
        Check check = Check.of(this);
        check.that(
                indexNames.size() <= MAX_INDEXES,
                "globalSecondaryIndexes must be at most 20, got " + indexNames.size()
                        + "; let several queries share an index");
        check.that(
                new HashSet<>(indexNames).size() == indexNames.size(),
                "globalSecondaryIndexes must have different names, got " + String.join(", ", indexNames));
    }

    private TableV2 createTable(SingleTableProps props) {
        Profile profile = Profile.of(this);
        TableV2.Builder builder = TableV2.Builder.create(this, "Table")
                .partitionKey(key(props.getPartitionKey(), DEFAULT_PARTITION_KEY))
                .sortKey(key(props.getSortKey(), DEFAULT_SORT_KEY))
                .billing(BILLING.ask(Billing.class))
                .encryption(ENCRYPTION.ask(TableEncryptionV2.class))
                .timeToLiveAttribute(props.getTimeToLiveAttribute())
                .globalSecondaryIndexes(props.getGlobalSecondaryIndexes())
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(orElse(props.getPointInTimeRecovery(), profile.isDataProtected()))
                        .build())
                .deletionProtection(orElse(props.getDeletionProtection(), profile.isDataProtected()))
                .removalPolicy(orElse(props.getRemovalPolicy(), profile.getRemovalPolicy()));
        if (props.getCustomizeTable() != null) {
            props.getCustomizeTable().accept(builder);
        }
        TableV2 created = builder.build();
        Known.isIn(created, this);
        if (props.getCustomizeTable() == null) {
            Known.isWithoutKey(created);
        }
        return created;
    }

    private static Attribute key(@Nullable Attribute given, String defaultName) {
        return given != null
                ? given
                : Attribute.builder()
                        .name(defaultName)
                        .type(AttributeType.STRING)
                        .build();
    }

    private static <T> T orElse(@Nullable T value, T defaultValue) {
        return value == null ? defaultValue : value;
    }

    /** Creates a {@link SingleTable}. */
    public static final class Builder extends SingleTableProps.Setters<Builder>
            implements software.amazon.jsii.Builder<SingleTable> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        /**
         * Starts a table.
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
         * Creates the table.
         *
         * @return the table
         * @throws IllegalArgumentException if a property is out of its limits
         */
        @Override
        public SingleTable build() {
            return new SingleTable(scope, id, toProps());
        }
    }
}
