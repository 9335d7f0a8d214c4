package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * What Lambda needs of a function's role to connect the function to a VPC.
 *
 * <p>{@link #grantInterfaces} grants {@code ec2:CreateNetworkInterface}, {@code DescribeNetworkInterfaces},
 * {@code DescribeSubnets}, {@code DeleteNetworkInterface}, {@code AssignPrivateIpAddresses} and
 * {@code UnassignPrivateIpAddresses} on {@code *}, as Lambda demands: the interfaces do not exist yet, and it asks for the
 * permission without naming one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions">Required
 *     IAM permissions</a>
 */
public final class NetworkAccess {
    private static final List<String> INTERFACES = List.of(
            "ec2:CreateNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:DeleteNetworkInterface",
            "ec2:AssignPrivateIpAddresses",
            "ec2:UnassignPrivateIpAddresses");

    private static final String NO_NAMES =
            "Lambda demands these six actions on network interfaces, which do not exist yet," + " without naming one.";

    private NetworkAccess() {}

    /**
     * Grants what a function in a VPC needs. The function's code gets it too, since it runs under the same role; the page
     * on functions shows the statement that denies it to the code.
     *
     * @param grantee the role of the function
     * @return the grant
     */
    public static Grant grantInterfaces(IGrantable grantee) {
        Grant grant = Grants.add(grantee, INTERFACES, "*");
        Grants.acknowledge(grantee, "*", NO_NAMES);
        return grant;
    }
}
