package dev.ashlar.constructs.function;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.StackShared;
import java.util.List;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.efs.IFileSystem;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Function;

/** Connects a function to a network, and to a file system there. */
final class FunctionNetwork {
    private final WarmFunction scope;

    FunctionNetwork(WarmFunction scope) {
        this.scope = scope;
    }

    void connect(Function.Builder builder, IVpc vpc, FunctionOptions props) {
        List<ISecurityGroup> groups = props.getSecurityGroups();
        builder.vpc(vpc)
                .vpcSubnets(props.getVpcSubnets())
                .securityGroups(groups.isEmpty() ? List.of(sharedSecurityGroup(vpc)) : groups);
    }

    /** Not by CDK's own property: that adds a permission on all file systems, on condition of the access point. */
    void mount(Function function, IAccessPoint accessPoint, String mountPath) {
        CfnFunction resource = (CfnFunction) requireNonNull(function.getNode().getDefaultChild());
        resource.setFileSystemConfigs(List.of(CfnFunction.FileSystemConfigProperty.builder()
                .arn(accessPoint.getAccessPointArn())
                .localMountPath(mountPath)
                .build()));
        IFileSystem fileSystem = accessPoint.getFileSystem();
        fileSystem.getConnections().allowDefaultPortFrom(function);
        function.getNode().addDependency(fileSystem.getMountTargetsAvailable());
    }

    private SecurityGroup sharedSecurityGroup(IVpc vpc) {
        return StackShared.of(
                scope,
                "SecurityGroup-" + StackShared.pathWithin(scope, vpc),
                SecurityGroup.class,
                (shared, id) -> SecurityGroup.Builder.create(shared, id)
                        .vpc(vpc)
                        .description("Functions of the stack")
                        .allowAllOutbound(true)
                        .build());
    }
}
