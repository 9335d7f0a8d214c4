package dev.ashlar.constructs.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.test.TestApp;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/** A stack with a role that permissions are granted to. */
final class Grantee {
    final Stack stack;
    final Role role;

    Grantee() {
        this(Map.of());
    }

    Grantee(Map<String, Object> context) {
        stack = new Stack(TestApp.create(context), "Shop");
        role = Role.Builder.create(stack, "Reader")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
    }

    /** Requires a grant to say that one statement with these actions was written, and to whose policy. */
    static void assertAllows(Grant grant, String... actions) {
        assertThat(grant.getSuccess()).isTrue();
        assertThat(grant.getPrincipalStatements())
                .extracting(PolicyStatement::getActions)
                .containsExactly(List.of(actions));
        assertThat(grant.getResourceStatements()).isEmpty();
    }
}
