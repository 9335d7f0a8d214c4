package dev.ashlar.test;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static dev.ashlar.test.Templates.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.CfnRolePolicy;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.User;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.EventType;
import software.amazon.awscdk.services.s3.notifications.SqsDestination;
import software.amazon.awscdk.services.sqs.Queue;

class PermissionReportTest {
    private final Stack stack = stack();

    @Test
    void alignsWhoMayDoWhatOnWhat() {
        addShop(stack);

        assertEquals("""
                Permissions of Shop

                BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role (role)
                  ${Uploads.Arn}                                                                  s3:PutBucketNotification
                  arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole  managed policy

                Partner (role)
                  nothing

                Reader (role)
                  ${Uploads.Arn}                                          s3:GetBucket*
                                                                          s3:GetObject*
                                                                          s3:List*
                  ${Uploads.Arn}/*                                        s3:GetBucket*
                                                                          s3:GetObject*
                                                                          s3:List*
                  ${Uploads.Arn}/*                                        deny s3:GetObjectAcl  when {"StringNotEquals":{"aws:PrincipalTag/team":["a","b"]}}
                  arn:${AWS::Partition}:iam::aws:policy/AWSSupportAccess  managed policy

                Robot (user)
                  ${Uploads.Arn}/*  s3:Abort*
                                    s3:PutObject
                                    s3:PutObjectLegalHold
                                    s3:PutObjectRetention
                                    s3:PutObjectTagging
                                    s3:PutObjectVersionTagging

                Robots (group)
                  nothing

                admin (imported)
                  letters  sqs:SendMessage

                lambda.amazonaws.com (service)
                  ${BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role}  sts:AssumeRole
                  ${Reader}                                                           sts:AssumeRole

                s3.amazonaws.com (service)
                  ${Letters.Arn}  sqs:GetQueueAttributes  when {"ArnLike":{"aws:SourceArn":"${Uploads.Arn}"}}
                                  sqs:GetQueueUrl
                                  sqs:SendMessage

                account 111122223333
                  ${Partner}  sts:AssumeRole  when {"StringEquals":{"sts:ExternalId":"shop"}}

                anyone
                  ${Uploads.Arn}    deny s3:*  when {"Bool":{"aws:SecureTransport":"false"}}
                  ${Uploads.Arn}/*  deny s3:*  when {"Bool":{"aws:SecureTransport":"false"}}
                """, PermissionReport.of(stack).toText());
        assertEquals(
                PermissionReport.of(stack).toText(), PermissionReport.of(stack).toString());
    }

    @Test
    void writesMarkdown() {
        addSmallShop(stack);

        assertEquals("""
                # Permissions of Shop

                ## Reader (role)

                | on | may | when |
                |---|---|---|
                | `arn:aws:s3:::uploads/*` | `s3:GetObject`<br>`s3:GetObjectTagging` |  |

                ## Robot (user)

                nothing

                ## account 111122223333

                | on | may | when |
                |---|---|---|
                | `${Reader}` | `sts:AssumeRole` | `{"StringEquals":{"sts:ExternalId":"shop"}}` |
                """, PermissionReport.of(stack).toMarkdown());
    }

    @Test
    void writesJson() {
        addSmallShop(stack);

        assertEquals("""
                {
                  "Reader (role)": {
                    "arn:aws:s3:::uploads/*": [
                      {
                        "allow": [
                          "s3:GetObject",
                          "s3:GetObjectTagging"
                        ]
                      }
                    ]
                  },
                  "Robot (user)": {},
                  "account 111122223333": {
                    "${Reader}": [
                      {
                        "allow": [
                          "sts:AssumeRole"
                        ],
                        "when": {
                          "StringEquals": {
                            "sts:ExternalId": "shop"
                          }
                        }
                      }
                    ]
                  }
                }
                """, PermissionReport.of(stack).toJson());
    }

    @Test
    void isEmptyForAStackWithoutPolicies() {
        new Queue(stack, "Letters");

        PermissionReport report = PermissionReport.of(stack);

        assertEquals("Permissions of Shop\n", report.toText());
        assertEquals("# Permissions of Shop\n", report.toMarkdown());
        assertEquals("{}\n", report.toJson());
    }

    @Test
    void isTheSameEachTime() {
        addShop(stack);
        Stack again = stack();
        addShop(again);

        assertEquals(
                PermissionReport.of(stack).toText(), PermissionReport.of(again).toText());
    }

    @Test
    void findsPoliciesWhereverTheyAre() {
        // As text, in a list, below other properties, under a condition of the template, without a principal.
        resource(stack, "Logs", "AWS::Logs::ResourcePolicy", """
                {'PolicyName': 'p', 'PolicyDocument': {'Fn::Join': ['', ['{\\'Statement\\': [{\\'Effect\\': \\'Allow\\',
                 \\'Principal\\': {\\'Service\\': \\'es.amazonaws.com\\'}, \\'Action\\': \\'logs:PutLogEvents\\',
                 \\'Resource\\': \\'', {'Fn::GetAtt': ['Topic', 'Arn']}, '\\'}]}']]}}""".replace("\n", ""));
        resource(stack, "Topic", "AWS::SNS::Topic", "{'DataProtectionPolicy': {'Statement': [{'Operation': {}}]}}");
        resource(stack, "Table", "AWS::DynamoDB::GlobalTable", """
                {'Replicas': [{'Region': 'eu-west-1', 'ResourcePolicy': {'PolicyDocument': {'Statement':
                 {'Fn::If': ['Shared', {'Effect': 'Allow', 'Principal': {'AWS': '111122223333'},
                 'Action': 'dynamodb:GetItem', 'Resource': '*'}, {'Ref': 'AWS::NoValue'}]}}}}]}""");
        resource(stack, "Things", "AWS::IoT::Policy", """
                {'PolicyDocument': {'Statement': [{'Effect': 'Allow', 'Action': 'iot:Connect', 'Resource': '*'}]}}""");
        resource(stack, "Endpoint", "AWS::EC2::VPCEndpoint", """
                {'PolicyDocument': {'Statement': [{'Effect': 'Allow', 'Principal': '*', 'Action': '*',
                 'Resource': '*'}]}}""");
        resource(stack, "Unheard", "Custom::Unheard", """
                {'ServiceToken': 't', 'Deep': {'Policy': {'Statement': [{'Effect': 'Deny',
                 'NotPrincipal': {'AWS': {'Ref': 'AWS::AccountId'}}, 'NotAction': ['a:B', 'a:C'],
                 'NotResource': 'd'}]}}, 'Text': '{Statement'}""");
        resource(stack, "Keys", "AWS::KMS::ReplicaKey", """
                {'KeyPolicy': {'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': {'Fn::Sub':
                 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}}, 'Action': 'kms:*', 'Resource': '*'}]}}""");

        assertEquals("""
                Permissions of Shop

                es.amazonaws.com (service)
                  ${Topic.Arn}  logs:PutLogEvents

                account ${AWS::AccountId}
                  ${Keys}  kms:*

                account 111122223333
                  ${Table}  dynamodb:GetItem

                anyone but account ${AWS::AccountId}
                  NotResource(d)  deny NotAction(a:B, a:C)

                policy of Things
                  *  iot:Connect

                policy of Endpoint (only limits)
                  *  * by anyone
                """, PermissionReport.of(stack).toText());
    }

    @Test
    void readsPoliciesOfIdentitiesAsTextToo() {
        resource(stack, "Policy", "AWS::IAM::Policy", """
                {'PolicyName': 'p', 'Roles': ['admin'], 'PolicyDocument': {'Fn::Sub':
                 '{\\'Statement\\': {\\'Effect\\': \\'Allow\\', \\'Action\\': \\'a:B\\', \\'Resource\\': \\'${AWS::Region}\\'}}'}}""".replace("\n", ""));

        assertEquals(
                "Permissions of Shop\n\nadmin (imported)\n  ${AWS::Region}  a:B\n",
                PermissionReport.of(stack).toText());
    }

    @Test
    void comparesWithASnapshot() {
        addSmallShop(stack);

        StackAssert assertions = assertThat(stack);

        assertSame(assertions, assertions.permissionsMatchSnapshot());
        assertSame(assertions, assertions.permissionsMatchSnapshot("Shop.permissions"));
    }

    @Test
    void showsWhoMayDoMoreThanInTheSnapshot(@TempDir Path module) {
        addSmallShop(stack);
        new StackAssert(stack, new Snapshots(module, true, false)).permissionsMatchSnapshot();
        Stack later = stack();
        addSmallShop(later);
        ((Role) later.getNode().findChild("Reader"))
                .addToPolicy(PolicyStatement.Builder.create()
                        .actions(List.of("s3:PutObject"))
                        .resources(List.of("arn:aws:s3:::other/*"))
                        .build());
        StackAssert comparing = new StackAssert(later, new Snapshots(module, false, false));

        AssertionFailedError failure = assertThrows(AssertionFailedError.class, comparing::permissionsMatchSnapshot);

        assertEquals("""
                [Shop] snapshot src/test/resources/snapshots/dev.ashlar.test.PermissionReportTest/Shop.permissions.json must match, got 1 difference:
                  + Reader (role).arn:aws:s3:::other/*: [{"allow":["s3:PutObject"]}]
                If this is meant, accept it: mvn test -Dtest=PermissionReportTest -Dsnapshot.update=true""", failure.getMessage());
    }

    private static Stack stack() {
        return new Stack(TestApp.createWithOnly(Map.of()), "Shop");
    }

    private static void addSmallShop(Stack stack) {
        Role reader = Role.Builder.create(stack, "Reader")
                .assumedBy(new AccountPrincipal("111122223333"))
                .externalIds(List.of("shop"))
                .build();
        reader.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("s3:GetObject", "s3:GetObjectTagging"))
                .resources(List.of("arn:aws:s3:::uploads/*"))
                .build());
        new User(stack, "Robot");
    }

    private static void addShop(Stack stack) {
        Bucket uploads =
                Bucket.Builder.create(stack, "Uploads").enforceSsl(true).build();
        Role reader = Role.Builder.create(stack, "Reader")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .managedPolicies(List.of(ManagedPolicy.fromAwsManagedPolicyName("AWSSupportAccess")))
                .build();
        uploads.grantRead(reader);
        reader.addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.DENY)
                .actions(List.of("s3:GetObjectAcl"))
                .resources(List.of(uploads.arnForObjects("*")))
                .conditions(Map.of("StringNotEquals", Map.of("aws:PrincipalTag/team", List.of("b", "a"))))
                .build());
        Role.Builder.create(stack, "Partner")
                .assumedBy(new AccountPrincipal("111122223333"))
                .externalIds(List.of("shop"))
                .build();
        uploads.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(new Queue(stack, "Letters")));
        User user = new User(stack, "Robot");
        user.addToGroup(new Group(stack, "Robots"));
        uploads.grantPut(user);
        CfnRolePolicy.Builder.create(stack, "Elsewhere")
                .roleName("admin")
                .policyName("send")
                .policyDocument(Map.of(
                        "Statement", Map.of("Effect", "Allow", "Action", "sqs:SendMessage", "Resource", "letters")))
                .build();
    }
}
