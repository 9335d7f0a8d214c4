package dev.ashlar.constructs.access;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;

class PolicyPrinterTest {
    private final Grantee grantee = new Grantee();
    private final IRole role = Role.fromRoleArn(grantee.stack, "Given", "arn:aws:iam::123456789012:role/given");
    private final PolicyPrinter printer = new PolicyPrinter(role);

    @Test
    void isTheRoleToWhoeverAsks() {
        assertThat(printer.getGrantPrincipal()).isSameAs(printer);
        assertThat(printer.getAssumeRoleAction()).isEqualTo("sts:AssumeRole");
        assertThat(printer.getPrincipalAccount()).isEqualTo("123456789012");
        assertThat(printer.getPolicyFragment().getPrincipalJson())
                .isEqualTo(role.getPolicyFragment().getPrincipalJson());
    }

    @Test
    void printsWhatIsGrantedAndAddsNothingToTheRole() {
        CfnResource function = CfnResource.Builder.create(grantee.stack, "Function")
                .type("AWS::Lambda::Function")
                .build();

        printer.printTo(function);
        Grants.add(printer, List.of("dynamodb:GetItem"), "arn:aws:dynamodb:ap-northeast-2:123456789012:table/notes");

        assertThat(assertThat(grantee.stack).json().findValue("ashlar:policy").toString())
                .isEqualTo("{\"Statement\":[{\"Action\":\"dynamodb:GetItem\",\"Effect\":\"Allow\",\"Resource\":"
                        + "\"arn:aws:dynamodb:ap-northeast-2:123456789012:table/notes\"}],\"Version\":\"2012-10-17\"}");
        assertThat(role.getNode().getChildren()).isEmpty();
    }

    @Test
    void whatWaitsForAGrantWaitsForTheRole() {
        CfnResource function = CfnResource.Builder.create(grantee.stack, "Function")
                .type("AWS::Lambda::Function")
                .build();

        Grants.add(new PolicyPrinter(grantee.role), List.of("dynamodb:GetItem"), "*")
                .applyBefore(function);

        String id =
                grantee.stack.getLogicalId((CfnElement) grantee.role.getNode().getDefaultChild());
        Template.fromStack(grantee.stack).hasResource("AWS::Lambda::Function", Map.of("DependsOn", List.of(id)));
    }
}
