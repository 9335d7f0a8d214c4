package dev.ashlar.local.internal.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.local.internal.template.Account;
import dev.ashlar.local.internal.template.Addresses;
import dev.ashlar.local.internal.template.AssemblyStack;
import dev.ashlar.local.internal.template.Json;
import dev.ashlar.local.internal.template.PhysicalNames;
import dev.ashlar.local.internal.template.Resource;
import dev.ashlar.local.internal.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatePoliciesTest {
    private static final Account ACCOUNT = new Account("000000000000", "eu-west-1");
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:000000000000:Shop-Queue";
    private static final String ALLOW_SEND =
            "{'Statement':[{'Effect':'Allow','Action':'sqs:SendMessage','Resource':{'Fn::GetAtt':['Queue','Arn']}}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'Policies':[{'PolicyDocument':DOC}] | ",
                "'Policies':[{'Fn::If':['Yes',{'PolicyDocument':DOC},{'Ref':'AWS::NoValue'}]}] | ",
                " | ,'P':{'Type':'AWS::IAM::Policy','Properties':{'PolicyDocument':DOC,'Roles':[{'Ref':'Role'}]}}",
                " | ,'P':{'Type':'AWS::IAM::RolePolicy','Properties':{'PolicyDocument':DOC,'RoleName':{'Ref':'Role'}}}",
                " | ,'P':{'Type':'AWS::IAM::ManagedPolicy','Properties':{'PolicyDocument':DOC,'Roles':['Shop-Role']}}",
                "'ManagedPolicyArns':[{'Ref':'P'}] | ,'P':{'Type':'AWS::IAM::ManagedPolicy','Properties':{'PolicyDocument':DOC}}",
                "'ManagedPolicyArns':[{'Fn::Sub':'arn:${AWS::Partition}:iam::aws:policy/AmazonSQSFullAccess'}] | ",
                " | ,'P':{'Type':'AWS::SQS::QueuePolicy','Properties':{'Queues':[{'Ref':'Queue'}],'PolicyDocument':{'Statement':{'Effect':'Allow','Principal':{'AWS':{'Fn::GetAtt':['Role','Arn']}},'Action':'sqs:*','Resource':'*'}}}}",
                " | ,'P':{'Type':'AWS::SQS::QueueInlinePolicy','Properties':{'Queue':{'Ref':'Queue'},'PolicyDocument':{'Statement':{'Effect':'Allow','Principal':'*','Action':'sqs:*'}}}}",
            })
    void readsPoliciesWhereverTheyStand(String role, String more) throws Exception {
        TemplatePolicies policies = policies(role == null ? "" : role, more == null ? "" : more);

        assertThat(reason(policies, "sqs:SendMessage", QUEUE)).isEqualTo(PolicyDecision.Reason.ALLOWED);
        assertThat(policies.getReported()).isEmpty();
    }

    @Test
    void readsBoundaries() throws Exception {
        TemplatePolicies policies = policies(
                "'Policies':[{'PolicyDocument':DOC}],'PermissionsBoundary':{'Ref':'P'}",
                ",'P':{'Type':'AWS::IAM::ManagedPolicy','Properties':{'PolicyDocument':{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*'}}}}");

        assertThat(reason(policies, "sqs:SendMessage", QUEUE)).isEqualTo(PolicyDecision.Reason.NO_BOUNDARY);
    }

    @Test
    void readsPoliciesOfBucketsAndTables() throws Exception {
        TemplatePolicies policies = policies(
                "'Policies':[{'PolicyDocument':{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}}]", """
                ,'Bucket':{'Type':'AWS::S3::Bucket'},
                'BP':{'Type':'AWS::S3::BucketPolicy','Properties':{'Bucket':{'Ref':'Bucket'},'PolicyDocument':{'Statement':[
                  {'Effect':'Deny','Principal':'*','Action':'s3:PutObject','Resource':{'Fn::Join':['',[{'Fn::GetAtt':['Bucket','Arn']},'/*']]}}]}}},
                'Table':{'Type':'AWS::DynamoDB::GlobalTable','Properties':{'Replicas':[{'Region':'eu-west-1','ResourcePolicy':{'PolicyDocument':{'Statement':[
                  {'Effect':'Deny','Principal':'*','Action':'dynamodb:PutItem','Resource':'*'}]}}}]}}
                """);

        assertThat(reason(policies, "s3:PutObject", "arn:aws:s3:::shop-bucket/a/b:c"))
                .isEqualTo(PolicyDecision.Reason.RESOURCE_POLICY_DENIES);
        assertThat(reason(policies, "s3:PutObject", "arn:aws:s3:::other/a")).isEqualTo(PolicyDecision.Reason.ALLOWED);
        assertThat(reason(policies, "s3:GetObject", "arn:aws:s3:::shop-bucket/a"))
                .isEqualTo(PolicyDecision.Reason.ALLOWED);
        assertThat(reason(policies, "dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:000000000000:table/Shop-Table"))
                .isEqualTo(PolicyDecision.Reason.RESOURCE_POLICY_DENIES);
    }

    @Test
    void leavesOutResourcesThatNobodyKnowsAndSaysSo() throws Exception {
        TemplatePolicies policies = policies("""
                'Policies':[{'PolicyDocument':{'Statement':[
                  {'Effect':'Allow','Action':['sqs:SendMessage','kms:Decrypt'],
                   'Resource':[{'Fn::GetAtt':['Thing','Arn']},{'Fn::GetAtt':['Queue','Arn']}]},
                  {'Effect':'Deny','Action':'sqs:DeleteMessage','Resource':{'Fn::GetAtt':['Thing','Arn']}},
                  {'Effect':'Allow','Action':'kms:Decrypt','Resource':{'Fn::GetAtt':['Thing','Arn']}}]}}]
                """, ",'Thing':{'Type':'AWS::New::Thing'}");

        assertThat(reason(policies, "sqs:SendMessage", QUEUE)).isEqualTo(PolicyDecision.Reason.ALLOWED);
        assertThat(policies.getReported())
                .containsExactly(
                        "[Role] a statement of a policy is not enforced as it is written: [Shop] Fn::GetAtt Thing.Arn"
                                + " cannot be resolved here: only AWS knows this of a AWS::New::Thing",
                        "[Role] a statement of a policy is not enforced as it is written: [Shop] Fn::GetAtt Thing.Arn"
                                + " cannot be resolved here: only AWS knows this of a AWS::New::Thing");
    }

    @Test
    void reportsPoliciesThatAreNotInTheTemplate() throws Exception {
        TemplatePolicies policies = policies("""
                'ManagedPolicyArns':['arn:aws:iam::aws:policy/AmazonEC2FullAccess','arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
                'PermissionsBoundary':'arn:aws:iam::000000000000:policy/limits'
                """, "");

        assertThat(policies.getReported())
                .containsExactly(
                        "[Role] the managed policy arn:aws:iam::aws:policy/AmazonEC2FullAccess is not known here: it"
                                + " allows nothing",
                        "[Role] the permissions boundary arn:aws:iam::000000000000:policy/limits is not known here: it"
                                + " limits nothing");
    }

    @Test
    void knowsWhichRolesThereAre() throws Exception {
        TemplatePolicies policies = policies("", "");

        assertThat(policies.hasRole("arn:aws:iam::000000000000:role/Shop-Role")).isTrue();
        assertThat(policies.hasRole("arn:aws:iam::000000000000:role/Other")).isFalse();
    }

    private static PolicyDecision.Reason reason(TemplatePolicies policies, String action, String resource) {
        Optional<Caller> caller =
                Optional.of(new Caller("Shop/Web", "arn:aws:iam::000000000000:role/Shop-Role", "Shop-Web"));
        return policies.of(caller, resource)
                .decide(AccessRequest.of(caller, action, resource, Map.of()))
                .reason();
    }

    private static TemplatePolicies policies(String role, String more) throws JsonProcessingException {
        String template = """
                {'Conditions':{'Yes':{'Fn::Equals':['a','a']}},
                 'Resources':{'Queue':{'Type':'AWS::SQS::Queue'},
                  'Role':{'Type':'AWS::IAM::Role','Properties':{ROLE}}MORE}}""".replace("ROLE}", role + "}").replace("MORE", more).replace("DOC", ALLOW_SEND);
        JsonNode json = Json.parse(template.replace('\'', '"'));
        AssemblyStack stack = new AssemblyStack(
                "Shop", "Shop", "aws://unknown-account/eu-west-1", Path.of("."), json, Map.of(), Map.of());
        Template read = new Template(
                stack, ACCOUNT, self -> new PhysicalNames(self, ACCOUNT, new Nowhere()), name -> Optional.empty());
        return TemplatePolicies.of(List.of(read));
    }

    private record Nowhere() implements Addresses {
        @Override
        public String queue(String name) {
            return "http://127.0.0.1:1/000000000000/" + name;
        }

        @Override
        public String api(Resource api) {
            return "";
        }

        @Override
        public String distribution(Resource distribution) {
            return "";
        }
    }
}
