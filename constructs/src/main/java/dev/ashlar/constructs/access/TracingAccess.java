package dev.ashlar.constructs.access;

import dev.ashlar.constructs.internal.Acknowledged;
import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * What a function needs to send traces to AWS X-Ray.
 *
 * <p>{@link #grantWrite} grants {@code xray:PutTraceSegments} and {@code xray:PutTelemetryRecords} on {@code *}: X-Ray has
 * no resources for them.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html">Actions, resources,
 *     and condition keys for AWS X-Ray</a>
 */
public final class TracingAccess {
    private TracingAccess() {}

    /**
     * Grants {@code xray:PutTraceSegments} and {@code xray:PutTelemetryRecords}.
     *
     * @param grantee who may send traces
     * @return the grant
     */
    public static Grant grantWrite(IGrantable grantee) {
        Grant grant = Grants.add(grantee, List.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*");
        Grants.acknowledge(grantee, "*", Acknowledged.TRACES);
        return grant;
    }
}
