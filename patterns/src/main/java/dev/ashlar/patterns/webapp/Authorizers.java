package dev.ashlar.patterns.webapp;

import static java.util.Objects.requireNonNull;

import dev.ashlar.constructs.internal.StackShared;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;
import software.constructs.IConstruct;

/** What authorizers of either API have in common. */
final class Authorizers {
    private static final int LONGEST_NAME = 128;

    private Authorizers() {}

    /** An id that is made of what is asked, so that it stays when others come and go. */
    static String idOf(Construct scope, Authorization authorization, List<Authorization> known) {
        String id = switch (authorization.getKind()) {
            case COGNITO -> "Cognito-" + pathOf(scope, requireNonNull(authorization.getUserPool()));
            case LAMBDA -> "Lambda-" + pathOf(scope, requireNonNull(authorization.getFunction()));
            case JWT -> "Jwt-" + authorization.getIssuer().replaceAll("[^A-Za-z0-9.-]+", "-");
            case IAM, NONE -> throw new IllegalArgumentException("No authorizer is asked");
        };
        long others = known.stream()
                .filter(each -> idOf(scope, each, List.of()).equals(id))
                .count();
        return others == 0 ? id : id + "-" + (others + 1);
    }

    /** A name that API Gateway takes. */
    static String nameOf(String id) {
        String name = id.replaceAll("[^A-Za-z0-9._-]+", "-");
        return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
    }

    static Number cacheSecondsOf(Authorization authorization) {
        Duration cache = authorization.getCache();
        return cache == null ? Authorization.DEFAULT_CACHE_SECONDS : cache.toSeconds();
    }

    private static String pathOf(Construct scope, IConstruct asked) {
        return StackShared.pathWithin(scope, asked);
    }
}
