package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * Exact permissions on a DynamoDB table.
 *
 * <table>
 * <caption>Grants and their actions</caption>
 * <tr><th>grant</th><th>actions, all {@code dynamodb:}</th><th>on</th></tr>
 * <tr><td>{@link #grantRead}</td><td>{@code GetItem, BatchGetItem, Query}</td><td>table and indexes</td></tr>
 * <tr><td>{@link #grantScan}</td><td>{@code Scan}</td><td>table and indexes</td></tr>
 * <tr><td>{@link #grantWrite}</td><td>{@code PutItem, UpdateItem, ConditionCheckItem}</td><td>table</td></tr>
 * <tr><td>{@link #grantDelete}</td><td>{@code DeleteItem}</td><td>table</td></tr>
 * <tr><td>{@link #grantReadWriteDelete}</td><td>those of read, write and delete, and {@code BatchWriteItem}</td>
 * <td>table and indexes</td></tr>
 * </table>
 *
 * <p>Transactions need no more: {@code TransactGetItems} and {@code TransactWriteItems} are checked as the single
 * operations that they hold. {@code BatchWriteItem} is one permission for putting and deleting, so it comes only where
 * both are granted. PartiQL is never granted.
 *
 * <p>Which indexes there are is known of a table that Ashlar made; of any other table the grants reach all of its
 * indexes ({@code table/NAME/index/*}) until {@link #indexes} names them. A customer's key on the table is granted
 * along, as {@code kms:Decrypt}: DynamoDB opens the table's own key with it in the caller's name, for writing too.
 *
 * <pre>{@code
 * TableAccess.of(orders).indexes("byCustomer").grantRead(function);
 * }</pre>
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">Actions,
 *     resources, and condition keys for Amazon DynamoDB</a>
 */
public final class TableAccess {
    private static final List<String> READ = List.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query");
    private static final List<String> WRITE =
            List.of("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem");
    private static final List<String> DELETE = List.of("dynamodb:DeleteItem");
    private static final String INDEXES =
            "The indexes of one table that was made elsewhere and does not tell their names;"
                    + " TableAccess.indexes names them.";

    private final ITable table;
    private final @Nullable List<String> indexes;

    private TableAccess(ITable table, @Nullable List<String> indexes) {
        this.table = table;
        this.indexes = indexes;
    }

    /**
     * Starts a grant on a table.
     *
     * @param table the table, created or imported
     * @return the grants on it
     */
    public static TableAccess of(ITable table) {
        return new TableAccess(table, null);
    }

    /**
     * Names the indexes that reading may use.
     *
     * @param names the names of secondary indexes; none leaves the table alone
     * @return the grants on the table and exactly these indexes
     */
    public TableAccess indexes(String... names) {
        return new TableAccess(table, List.of(names));
    }

    /**
     * Grants {@code dynamodb:GetItem}, {@code BatchGetItem} and {@code Query} on the table and its indexes.
     *
     * @param grantee who may read
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        return grant(grantee, READ, true);
    }

    /**
     * Grants {@code dynamodb:Scan} on the table and its indexes. It stands apart from reading, because a scan reads,
     * and bills, everything.
     *
     * @param grantee who may scan
     * @return the grant
     */
    public Grant grantScan(IGrantable grantee) {
        return grant(grantee, List.of("dynamodb:Scan"), true);
    }

    /**
     * Grants {@code dynamodb:PutItem}, {@code UpdateItem} and {@code ConditionCheckItem} on the table.
     *
     * @param grantee who may write
     * @return the grant
     */
    public Grant grantWrite(IGrantable grantee) {
        return grant(grantee, WRITE, false);
    }

    /**
     * Grants {@code dynamodb:DeleteItem} on the table.
     *
     * @param grantee who may delete
     * @return the grant
     */
    public Grant grantDelete(IGrantable grantee) {
        return grant(grantee, DELETE, false);
    }

    /**
     * Grants reading, writing and deleting, and {@code dynamodb:BatchWriteItem}, on the table and its indexes.
     *
     * @param grantee who may do all of these
     * @return the grant
     */
    public Grant grantReadWriteDelete(IGrantable grantee) {
        List<String> actions = Stream.of(READ, WRITE, DELETE, List.of("dynamodb:BatchWriteItem"))
                .flatMap(List::stream)
                .toList();
        return grant(grantee, actions, true);
    }

    private Grant grant(IGrantable grantee, List<String> actions, boolean withIndexes) {
        String arn = table.getTableArn();
        List<String> arns = new ArrayList<>(List.of(arn));
        if (withIndexes) {
            indexNames().forEach(name -> arns.add(arn + "/index/" + name));
        }
        Grants.addKey(grantee, Known.keyOf(table), "kms:Decrypt");
        Grant grant = Grants.add(grantee, actions, arns, Map.of());
        String anyIndex = arn + "/index/*";
        if (arns.contains(anyIndex)) {
            Grants.acknowledge(grantee, anyIndex, INDEXES);
        }
        return grant;
    }

    private List<String> indexNames() {
        if (indexes != null) {
            return indexes;
        }
        // A table that was not made here does not tell its indexes; only those of this one table are reached.
        return Known.scopeOf(table) instanceof Indexed known ? known.getIndexNames() : List.of("*");
    }
}
