package dev.ashlar.constructs.web.internal;

import dev.ashlar.constructs.internal.Known;
import dev.ashlar.constructs.profile.internal.Inherited;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Names what CloudFormation demands a name for, and what is global, so that the same stack in two regions would use one name
 * twice. The region is appended and never cut, for it may be a token, whose text differs from run to run; CDK makes the rest
 * of the names of stack and constructs, and a hash of them.
 */
public final class RegionalName {
    /** How long a name may be: {@value} characters. */
    public static final int MAX_LENGTH = 64;

    // The longest today is us-isof-south-1, with 15. The room is the same for a region that is not known before
    // deployment, so that a stack which is given its region later keeps its resources.
    private static final int MAX_REGION_LENGTH = 16;

    private RegionalName() {}

    /**
     * Names a resource that is about to be created.
     *
     * @param scope the construct that it belongs to
     * @param id its id there
     * @return a name of letters, digits and hyphens
     */
    public static String of(Construct scope, String id) {
        return named(scope, "-" + id, scope);
    }

    static String of(IConstruct resource, Construct scope) {
        return named(resource, "", scope);
    }

    private static String named(IConstruct construct, String suffix, Construct scope) {
        String path = Names.uniqueResourceName(
                construct,
                UniqueResourceNameOptions.builder()
                        .maxLength(MAX_LENGTH - MAX_REGION_LENGTH - 1 - suffix.length())
                        .separator("-")
                        .build());
        return path + suffix + "-" + Known.regionOf(Inherited.stack(scope));
    }
}
