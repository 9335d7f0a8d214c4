package dev.ashlar.constructs.access;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.efs.IAccessPoint;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/**
 * Exact permissions on an EFS file system, through one access point of it.
 *
 * <p>{@link #grantRead} grants {@code elasticfilesystem:ClientMount}, {@link #grantReadWrite} also {@code ClientWrite}, both on
 * the file system and only through the access point. Being root there is not granted.
 *
 * @see <a href="https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html">Using IAM to control access to
 *     file systems</a>
 */
public final class FileSystemAccess {
    private final IAccessPoint accessPoint;

    private FileSystemAccess(IAccessPoint accessPoint) {
        this.accessPoint = accessPoint;
    }

    /**
     * Starts a grant on a file system.
     *
     * @param accessPoint the access point, created or imported with its file system
     * @return the grants through it
     */
    public static FileSystemAccess of(IAccessPoint accessPoint) {
        return new FileSystemAccess(accessPoint);
    }

    /**
     * Grants {@code elasticfilesystem:ClientMount}.
     *
     * @param grantee who may mount the file system and read
     * @return the grant
     */
    public Grant grantRead(IGrantable grantee) {
        return grant(grantee, "elasticfilesystem:ClientMount");
    }

    /**
     * Grants {@code elasticfilesystem:ClientMount} and {@code ClientWrite}.
     *
     * @param grantee who may mount the file system, read and write
     * @return the grant
     */
    public Grant grantReadWrite(IGrantable grantee) {
        return grant(grantee, "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite");
    }

    private Grant grant(IGrantable grantee, String... actions) {
        return Grants.add(
                grantee,
                List.of(actions),
                List.of(accessPoint.getFileSystem().getFileSystemArn()),
                Map.of("StringEquals", Map.of("elasticfilesystem:AccessPointArn", accessPoint.getAccessPointArn())));
    }
}
