package dev.ashlar.constructs.alarm;

import dev.ashlar.constructs.internal.Check;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.TextWidget;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * A CloudWatch dashboard of all that can be watched below a scope: a heading and a row of widgets for each.
 *
 * <p>It creates one {@code AWS::CloudWatch::Dashboard}, {@code Dashboard}.
 *
 * <pre>{@code
 * new ServiceDashboard(this, "Dashboard");
 * }</pre>
 *
 * <p>It shows what was created before it, so it comes last. CloudWatch has three dashboards of up to 50 metrics a month for
 * nothing; each further one costs.
 *
 * @see Watched
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html">Using Amazon
 *     CloudWatch dashboards</a>
 */
public final class ServiceDashboard extends Construct {
    private static final int COLUMNS = 24;

    private final Dashboard dashboard;

    /**
     * Creates the dashboard.
     *
     * @param scope the construct that it belongs to, and below which it looks: a stack
     * @param id its id there
     * @throws IllegalArgumentException if there is nothing to watch
     */
    public ServiceDashboard(Construct scope, String id) {
        super(scope, id);
        List<List<IWidget>> rows = rowsOf(scope);
        Check.of(this)
                .that(
                        !rows.isEmpty(),
                        "scope must have constructs that can be watched, got none in "
                                + (scope.getNode().getPath().isEmpty()
                                        ? "the app"
                                        : scope.getNode().getPath())
                                + "; create the dashboard after them");
        this.dashboard =
                Dashboard.Builder.create(this, "Dashboard").widgets(rows).build();
    }

    /** {@return the dashboard itself} */
    public Dashboard getDashboard() {
        return dashboard;
    }

    private static List<List<IWidget>> rowsOf(Construct scope) {
        List<List<IWidget>> rows = new ArrayList<>();
        for (IConstruct each : scope.getNode().findAll()) {
            if (each instanceof Watched watched) {
                rows.add(List.of(TextWidget.Builder.create()
                        .markdown("## " + each.getNode().getPath())
                        .width(COLUMNS)
                        .height(1)
                        .build()));
                rows.add(watched.getWidgets());
            }
        }
        return rows;
    }
}
