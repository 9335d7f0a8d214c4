package dev.ashlar.constructs.access;

import dev.ashlar.test.TestApp;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/** A stack with a role that permissions are granted to. */
final class Grantee {
    final Stack stack = new Stack(TestApp.create(), "Shop");
    final Role role = Role.Builder.create(stack, "Reader")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
}
