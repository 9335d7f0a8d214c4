package dev.ashlar.constructs.storage;

import dev.ashlar.constructs.internal.Check;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.TableV2;

/** The properties of a {@link SingleTable}. Null always means the default. */
public final class SingleTableProps {
    private final @Nullable Attribute partitionKey;
    private final @Nullable Attribute sortKey;
    private final @Nullable String timeToLiveAttribute;
    private final List<GlobalSecondaryIndexPropsV2> globalSecondaryIndexes;
    private final @Nullable Boolean pointInTimeRecovery;
    private final @Nullable Boolean deletionProtection;
    private final @Nullable RemovalPolicy removalPolicy;
    private final @Nullable Consumer<TableV2.Builder> customizeTable;

    private SingleTableProps(Setters<?> from) {
        this.partitionKey = from.partitionKey;
        this.sortKey = from.sortKey;
        this.timeToLiveAttribute = from.timeToLiveAttribute;
        this.globalSecondaryIndexes = List.copyOf(from.globalSecondaryIndexes);
        this.pointInTimeRecovery = from.pointInTimeRecovery;
        this.deletionProtection = from.deletionProtection;
        this.removalPolicy = from.removalPolicy;
        this.customizeTable = from.customizeTable;
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the partition key} */
    public @Nullable Attribute getPartitionKey() {
        return partitionKey;
    }

    /** {@return the sort key} */
    public @Nullable Attribute getSortKey() {
        return sortKey;
    }

    /** {@return the attribute that says when an item expires} */
    public @Nullable String getTimeToLiveAttribute() {
        return timeToLiveAttribute;
    }

    /** {@return the indexes} */
    public List<GlobalSecondaryIndexPropsV2> getGlobalSecondaryIndexes() {
        return globalSecondaryIndexes;
    }

    /** {@return whether the table can be restored to any second of the last 35 days} */
    public @Nullable Boolean getPointInTimeRecovery() {
        return pointInTimeRecovery;
    }

    /** {@return whether AWS refuses to delete the table} */
    public @Nullable Boolean getDeletionProtection() {
        return deletionProtection;
    }

    /** {@return what happens to the table when it leaves the stack} */
    public @Nullable RemovalPolicy getRemovalPolicy() {
        return removalPolicy;
    }

    /** {@return the last word on the table} */
    public @Nullable Consumer<TableV2.Builder> getCustomizeTable() {
        return customizeTable;
    }

    /** Builds {@link SingleTableProps}. */
    public static final class Builder extends Setters<Builder>
            implements software.amazon.jsii.Builder<SingleTableProps> {
        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** {@return the properties} */
        @Override
        public SingleTableProps build() {
            return toProps();
        }
    }

    abstract static class Setters<B> {
        private @Nullable Attribute partitionKey;
        private @Nullable Attribute sortKey;
        private @Nullable String timeToLiveAttribute;
        private List<? extends GlobalSecondaryIndexPropsV2> globalSecondaryIndexes = List.of();
        private @Nullable Boolean pointInTimeRecovery;
        private @Nullable Boolean deletionProtection;
        private @Nullable RemovalPolicy removalPolicy;
        private @Nullable Consumer<TableV2.Builder> customizeTable;

        /** {@return this builder} */
        protected abstract B self();

        /**
         * Sets the partition key. Another one later replaces the table.
         *
         * <p>Default: a string named {@value SingleTable#DEFAULT_PARTITION_KEY}.
         *
         * @param partitionKey its name and type
         * @return this builder
         */
        public B partitionKey(@Nullable Attribute partitionKey) {
            this.partitionKey = partitionKey;
            return self();
        }

        /**
         * Sets the sort key. Another one later replaces the table.
         *
         * <p>Default: a string named {@value SingleTable#DEFAULT_SORT_KEY}.
         *
         * @param sortKey its name and type
         * @return this builder
         */
        public B sortKey(@Nullable Attribute sortKey) {
            this.sortKey = sortKey;
            return self();
        }

        /**
         * Sets which attribute says when an item expires. DynamoDB deletes it within days after that time, for free.
         *
         * <p>Default: items stay until they are deleted.
         *
         * @param timeToLiveAttribute the name of a number attribute that holds seconds since 1970
         * @return this builder
         * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html">Using time to live in
         *     DynamoDB</a>
         */
        public B timeToLiveAttribute(@Nullable String timeToLiveAttribute) {
            this.timeToLiveAttribute = timeToLiveAttribute;
            return self();
        }

        /**
         * Sets the indexes. Whoever may read the table may query these, each by its name.
         *
         * <p>Default: the table is reached by its own key alone.
         *
         * @param globalSecondaryIndexes at most 20, with different names
         * @return this builder
         * @see <a
         *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html">Quotas in Amazon
         *     DynamoDB</a>
         */
        public B globalSecondaryIndexes(@Nullable List<? extends GlobalSecondaryIndexPropsV2> globalSecondaryIndexes) {
            this.globalSecondaryIndexes = globalSecondaryIndexes == null
                    ? List.of()
                    : Check.elements("globalSecondaryIndexes", globalSecondaryIndexes);
            return self();
        }

        /**
         * Sets whether the table can be restored to any second of the last 35 days. It costs by the stored gigabyte.
         *
         * <p>Default: what the {@link dev.ashlar.constructs.profile.Profile} says: in production yes, in development no.
         *
         * @param pointInTimeRecovery whether it can
         * @return this builder
         */
        public B pointInTimeRecovery(@Nullable Boolean pointInTimeRecovery) {
            this.pointInTimeRecovery = pointInTimeRecovery;
            return self();
        }

        /**
         * Sets whether AWS refuses to delete the table, whoever asks.
         *
         * <p>Default: what the {@link dev.ashlar.constructs.profile.Profile} says: in production yes, in development no.
         *
         * @param deletionProtection whether it refuses
         * @return this builder
         */
        public B deletionProtection(@Nullable Boolean deletionProtection) {
            this.deletionProtection = deletionProtection;
            return self();
        }

        /**
         * Sets what happens to the table when it leaves the stack.
         *
         * <p>Default: what the {@link dev.ashlar.constructs.profile.Profile} says: in production it is kept, in
         * development deleted.
         *
         * @param removalPolicy {@code RETAIN}, {@code RETAIN_ON_UPDATE_OR_DELETE} or {@code DESTROY}
         * @return this builder
         */
        public B removalPolicy(@Nullable RemovalPolicy removalPolicy) {
            this.removalPolicy = removalPolicy;
            return self();
        }

        /**
         * Sets the last word on the table: called with CDK's builder after Ashlar has set all that it sets. Indexes are
         * better given to {@link #globalSecondaryIndexes}: grants do not know those that are set here.
         *
         * @param customizeTable changes CDK's builder
         * @return this builder
         */
        public B customizeTable(@Nullable Consumer<TableV2.Builder> customizeTable) {
            this.customizeTable = customizeTable;
            return self();
        }

        final SingleTableProps toProps() {
            return new SingleTableProps(this);
        }
    }
}
