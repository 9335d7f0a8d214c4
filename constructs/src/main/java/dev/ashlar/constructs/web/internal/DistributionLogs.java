package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Acknowledged;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProfileLogs;
import java.util.List;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.logs.CfnDelivery;
import software.amazon.awscdk.services.logs.CfnDeliveryDestination;
import software.amazon.awscdk.services.logs.CfnDeliverySource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * Access logs of a distribution, by CloudWatch's delivery of logs: unlike CloudFront's older logs they need no bucket that
 * takes access control lists.
 */
final class DistributionLogs {
    // What an operator asks of a request; no query strings, cookies and referrers, which hold people's data.
    private static final List<String> FIELDS = List.of(
            "date",
            "time",
            "x-edge-request-id",
            "x-edge-location",
            "c-ip",
            "cs-method",
            "cs-protocol",
            "cs-protocol-version",
            "x-host-header",
            "cs-uri-stem",
            "cs(User-Agent)",
            "sc-status",
            "sc-bytes",
            "sc-content-type",
            "time-taken",
            "time-to-first-byte",
            "x-edge-result-type",
            "x-edge-detailed-result-type");

    private static final String DELIVERED =
            "CloudWatch delivers the access log, a newer kind than the one that this rule looks" + " for.";

    private DistributionLogs() {}

    /** Checks whether a stack can have them. */
    static void check(Construct scope) {
        Check.of(scope)
                .that(
                        UsEast1.holds(scope),
                        "accessLogs() must be in us-east-1, where CloudFront delivers logs from, got "
                                + UsEast1.butGot(scope) + "; deploy the stack in us-east-1, or drop them");
    }

    static LogGroup create(Construct scope, Distribution distribution, Acknowledged acknowledged) {
        LogGroup logs = ProfileLogs.create(scope, "SiteLogs");
        CfnDeliverySource source = CfnDeliverySource.Builder.create(scope, "SiteLogSource")
                .name(RegionalName.of(scope, "SiteLogSource"))
                .logType("ACCESS_LOGS")
                .resourceArn(distribution.getDistributionArn())
                .build();
        CfnDeliveryDestination destination = CfnDeliveryDestination.Builder.create(scope, "SiteLogDestination")
                .name(RegionalName.of(scope, "SiteLogDestination"))
                .destinationResourceArn(ProfileLogs.arnOf(logs))
                .outputFormat("json")
                .build();
        CfnDelivery.Builder.create(scope, "SiteLogDelivery")
                .deliverySourceName(source.getRef())
                .deliveryDestinationArn(destination.getAttrArn())
                .recordFields(FIELDS)
                .build();
        acknowledged.finding(distribution, "AwsSolutions-CFR3", DELIVERED);
        return logs;
    }
}
