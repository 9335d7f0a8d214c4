package dev.ashlar.test;

import static dev.ashlar.test.CdkAssertions.assertThat;
import static dev.ashlar.test.Templates.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigateway.EndpointConfiguration;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.efs.FileSystem;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.CloudWatchLogGroup;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.FederatedPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.OpenIdConnectProvider;
import software.amazon.awscdk.services.iam.OrganizationPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.SamlMetadataDocument;
import software.amazon.awscdk.services.iam.SamlPrincipal;
import software.amazon.awscdk.services.iam.SamlProvider;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.iam.WebIdentityPrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.EventType;
import software.amazon.awscdk.services.s3.notifications.SnsDestination;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.amazon.awscdk.services.sqs.Queue;

class OutsideRuleTest {
    private static final String WAY_OUT = "\nConfine it by a condition such as aws:SourceAccount, or allow it with a"
            + " reason: allowsNobodyOutsideTheAccount(Map.of(Permission.of(action, resource).by(principal), reason))";

    private final Stack stack = new Stack(TestApp.createWithOnly(Map.of()), "Shop");

    @Test
    void acceptsWhatCdkConfines() {
        Bucket uploads =
                Bucket.Builder.create(stack, "Uploads").enforceSsl(true).build();
        Topic news = new Topic(stack, "News");
        news.addSubscription(new SqsSubscription(new Queue(stack, "Letters")));
        uploads.addEventNotification(EventType.OBJECT_CREATED, new SnsDestination(news));
        Rule.Builder.create(stack, "Rule")
                .schedule(Schedule.expression("rate(1 day)"))
                .targets(List.of(new LambdaFunction(function())))
                .build();
        distribution("Cdn", S3BucketOrigin.withOriginAccessControl(uploads));
        distribution("OldCdn", S3BucketOrigin.withOriginAccessIdentity(uploads));
        Key key = new Key(stack, "Key");
        key.grantDecrypt(role("Reader", new ServicePrincipal("lambda.amazonaws.com")));
        role("Admin", new AccountRootPrincipal());
        role(
                "Samples",
                new ArnPrincipal(stack.formatArn(software.amazon.awscdk.ArnComponents.builder()
                        .service("iam")
                        .region("")
                        .resource("role/samples")
                        .build())));

        assertThat(stack).allowsNobodyOutsideTheAccount();
    }

    @Test
    void acceptsWhatIsReachedByOwnNetworksOnly() {
        Vpc vpc = new Vpc(stack, "Vpc");
        InterfaceVpcEndpoint endpoint = vpc.addInterfaceEndpoint(
                "Endpoint",
                InterfaceVpcEndpointOptions.builder()
                        .service(InterfaceVpcEndpointAwsService.APIGATEWAY)
                        .build());
        // A limit: it lets nobody in.
        endpoint.addToPolicy(PolicyStatement.Builder.create()
                .principals(List.of(new AnyPrincipal()))
                .actions(List.of("execute-api:Invoke"))
                .resources(List.of("*"))
                .build());
        RestApi api = RestApi.Builder.create(stack, "Api")
                .cloudWatchRole(false)
                .endpointConfiguration(EndpointConfiguration.builder()
                        .types(List.of(EndpointType.PRIVATE))
                        .vpcEndpoints(List.of(endpoint))
                        .build())
                .build();
        api.getRoot().addMethod("GET");
        api.grantInvokeFromVpcEndpointsOnly(List.of(endpoint));
        FileSystem.Builder.create(stack, "Files")
                .vpc(vpc)
                .allowAnonymousAccess(false)
                .build();

        assertThat(stack).allowsNobodyOutsideTheAccount().hasNoWildcards();
    }

    @Test
    void findsOtherAccounts() {
        Bucket uploads = new Bucket(stack, "Uploads");
        allow(uploads, new AccountPrincipal("111122223333"));
        allow(uploads, new ArnPrincipal("arn:aws:iam::111122223333:role/importer"));
        role("Partner", new AccountPrincipal("111122223333"));

        assertFindings("""
                Partner: sts:AssumeRole on ${Partner} by account 111122223333: another account
                Uploads/Policy: s3:GetObject on ${Uploads.Arn}/* by account 111122223333: another account
                Uploads/Policy: s3:GetObject on ${Uploads.Arn}/* by arn:aws:iam::111122223333:role/importer: not known to be of this account""");
    }

    @Test
    void findsWhatTheTemplateDoesNotTell() {
        CfnParameter parameter = new CfnParameter(stack, "Caller");
        Bucket uploads = new Bucket(stack, "Uploads");
        allow(uploads, new ArnPrincipal(parameter.getValueAsString()));
        resource(stack, "Policy", "AWS::SQS::QueuePolicy", """
                {'Queues': ['letters'], 'PolicyDocument': {'Statement': [
                  {'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*', 'Principal': {'AWS': 'AROAEXAMPLE'}},
                  {'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*',
                   'Principal': {'CanonicalUser': '79a59df900b949e5'}},
                  {'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*',
                   'Principal': {'AWS': {'Fn::GetAtt': ['Custom', 'Arn']}}}]}}""");
        resource(stack, "Custom", "Custom::Lookup", "{'ServiceToken': 'arn:aws:sns:eu-west-1:111111111111:x'}");

        assertFindings("""
                Policy: sqs:SendMessage on letters by AROAEXAMPLE: not known to be of this account
                Policy: sqs:SendMessage on letters by 79a59df900b949e5: not known to be of this account
                Policy: sqs:SendMessage on letters by ${Custom.Arn}: not known to be of this account
                Uploads/Policy: s3:GetObject on ${Uploads.Arn}/* by ${Caller}: not known to be of this account""");
    }

    @Test
    void findsAnyone() {
        Bucket uploads = new Bucket(stack, "Uploads");
        allow(uploads, new AnyPrincipal());
        allow(uploads, new OrganizationPrincipal("o-1234567890"));
        resource(stack, "Policy", "AWS::SNS::TopicPolicy", """
                {'Topics': ['news'], 'PolicyDocument': {'Statement': {'Effect': 'Allow', 'Action': 'sns:Publish',
                  'Resource': '*', 'NotPrincipal': {'AWS': ['222222222222', '111111111111']}}}}""");
        function()
                .addFunctionUrl(FunctionUrlOptions.builder()
                        .authType(FunctionUrlAuthType.NONE)
                        .build());

        assertFindings("""
                Function/invoke-function: lambda:InvokeFunction on ${Function} by anyone when {"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}: the condition leaves other accounts
                Function/invoke-function-url: lambda:InvokeFunctionUrl on ${Function} by anyone when {"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}: the condition leaves other accounts
                Policy: sns:Publish on news by anyone but account 111111111111, account 222222222222: anyone at all
                Uploads/Policy: s3:GetObject on ${Uploads.Arn}/* by anyone: anyone at all
                Uploads/Policy: s3:GetObject on ${Uploads.Arn}/* by anyone when {"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}: the condition leaves other accounts""");
    }

    @Test
    void findsServicesThatMayActForAnyAccount() {
        Topic news = new Topic(stack, "News");
        news.grantPublish(new ServicePrincipal("events.amazonaws.com"));
        Key key = new Key(stack, "Key");
        Queue letters =
                Queue.Builder.create(stack, "Letters").encryptionMasterKey(key).build();
        news.addSubscription(new SqsSubscription(letters));
        // CDK writes this policy by a custom resource, as JSON in JSON.
        Rule.Builder.create(stack, "Rule")
                .schedule(Schedule.expression("rate(1 day)"))
                .targets(List.of(new CloudWatchLogGroup(new LogGroup(stack, "Log"))))
                .build();

        String findings = failure().replaceAll("EventsLogGroupPolicy\\w+/", "EventsLogGroupPolicy/");

        for (String expected : List.of(
                "Key: kms:Decrypt on ${Key} by sns.amazonaws.com: the service may do it for any account",
                "News/Policy: sns:Publish on ${News} by events.amazonaws.com: the service may do it for any account",
                "logs:PutLogEvents on ${Log.Arn} by events.amazonaws.com: the service may do it for any account")) {
            org.assertj.core.api.Assertions.assertThat(findings).contains(expected);
        }
    }

    @Test
    void findsIdentitiesThatNobodyNames() {
        OpenIdConnectProvider github = OpenIdConnectProvider.Builder.create(stack, "GitHub")
                .url("https://token.actions.githubusercontent.com")
                .build();
        String subject = "token.actions.githubusercontent.com:sub";
        role("Anybody", oidc(github, Map.of()));
        role("Any", oidc(github, Map.of("StringLike", Map.of(subject, "repo:*"))));
        role("Shop", oidc(github, Map.of("StringLike", Map.of(subject, "repo:shop/*"))));
        role("Pool", cognito(Map.of("StringEquals", Map.of("cognito-identity.amazonaws.com:aud", "eu-west-1:1"))));
        role("Pools", cognito(Map.of()));
        role(
                "Staff",
                new SamlPrincipal(
                        SamlProvider.Builder.create(stack, "Saml")
                                .metadataDocument(SamlMetadataDocument.fromXml("<x/>"))
                                .build(),
                        Map.of()));
        role(
                "Strangers",
                new FederatedPrincipal(
                        "arn:aws:iam::111122223333:saml-provider/them", Map.of(), "sts:AssumeRoleWithSAML"));

        assertFindings("""
                Any: sts:AssumeRoleWithWebIdentity on ${Any} by ${GitHub/Resource} when {"StringLike":{"token.actions.githubusercontent.com:sub":"repo:*"}}: whoever the provider knows
                Anybody: sts:AssumeRoleWithWebIdentity on ${Anybody} by ${GitHub/Resource}: whoever the provider knows
                Pools: sts:AssumeRoleWithWebIdentity on ${Pools} by cognito-identity.amazonaws.com: users of any application
                Strangers: sts:AssumeRoleWithSAML on ${Strangers} by arn:aws:iam::111122223333:saml-provider/them: not known to be of this account""");
    }

    @Test
    void findsWhatPlainPropertiesLetIn() {
        resource(stack, "Bucket", "AWS::S3::Bucket", "{'AccessControl': 'PublicReadWrite'}");
        resource(stack, "Bus", "AWS::Events::EventBusPolicy", """
                {'EventBusName': 'default', 'StatementId': 'a', 'Action': 'events:PutEvents', 'Principal': '*',
                 'Condition': {'Type': 'StringEquals', 'Key': 'aws:PrincipalOrgID', 'Value': 'o-1'}}""");
        resource(stack, "Layer", "AWS::Lambda::LayerVersionPermission", """
                {'Action': 'lambda:GetLayerVersion', 'LayerVersionArn': 'layer:1', 'Principal': '*',
                 'OrganizationId': 'o-1'}""");
        resource(stack, "Service", "AWS::EC2::VPCEndpointServicePermissions", """
                {'ServiceId': 'vpce-svc-1', 'AllowedPrincipals': ['arn:aws:iam::111122223333:root', '*']}""");
        resource(stack, "Share", "AWS::RAM::ResourceShare", """
                {'Name': 's', 'ResourceArns': ['table'], 'Principals': ['111122223333', {'Ref': 'AWS::AccountId'},
                 {'Fn::Sub': 'arn:aws:organizations::${AWS::AccountId}:organization/o-1'}]}""");
        resource(stack, "Signer", "AWS::Signer::ProfilePermission", """
                {'ProfileName': 'p', 'Action': 'signer:StartSigningJob', 'Principal': '111122223333',
                 'StatementId': 'a'}""");
        resource(stack, "Certificates", "AWS::ACMPCA::Permission", """
                {'CertificateAuthorityArn': 'ca', 'Actions': ['acm-pca:GetCertificate'],
                 'Principal': 'acm.amazonaws.com'}""");

        assertFindings("""
                Bucket: s3:ListBucket on ${Bucket} by anyone: anyone at all
                Bucket: s3:PutObject on ${Bucket} by anyone: anyone at all
                Bus: events:PutEvents on default by anyone when {"StringEquals":{"aws:PrincipalOrgID":"o-1"}}: the condition leaves other accounts
                Certificates: acm-pca:GetCertificate on ca by acm.amazonaws.com: the service may do it for any account
                Layer: lambda:GetLayerVersion on layer:1 by anyone when {"StringEquals":{"aws:PrincipalOrgID":"o-1"}}: the condition leaves other accounts
                Service: ec2:CreateVpcEndpoint on vpce-svc-1 by account 111122223333: another account
                Service: ec2:CreateVpcEndpoint on vpce-svc-1 by anyone: anyone at all
                Share: RAM share on table by account 111122223333: another account
                Share: RAM share on table by arn:aws:organizations::${AWS::AccountId}:organization/o-1: not known to be of this account
                Signer: signer:StartSigningJob on p by account 111122223333: another account""");
    }

    @Test
    void believesOnlyADenialThatCoversAll() {
        queuePolicy("Good", "'sqs:*'", "'StringNotEquals': {'aws:SourceVpce': 'vpce-1'}", "'*'");
        queuePolicy("Fine", "'sqs:SendMessage'", "'ArnNotLikeIfExists': {'aws:PrincipalArn': '${Topic}'}", "'*'");
        queuePolicy("Some", "'sqs:SendMessage'", "'ForAnyValue:StringNotEquals': {'aws:SourceVpce': 'v'}", "'*'");
        queuePolicy("Other", "'sqs:ReceiveMessage'", "'StringNotEquals': {'aws:SourceVpce': 'vpce-1'}", "'*'");
        queuePolicy("Both", "'sqs:*'", "'StringNotEquals': {'aws:SourceVpce': 'v', 'aws:PrincipalTag/a': 'b'}", "'*'");
        queuePolicy("Positive", "'sqs:*'", "'StringEquals': {'aws:SourceVpce': 'vpce-1'}", "'*'");
        queuePolicy("Them", "'sqs:*'", "'StringNotEquals': {'aws:SourceVpce': 'v'}", "{'AWS': '111122223333'}");
        new Topic(stack, "Topic");

        assertFindings("""
                Both: sqs:SendMessage on q by anyone: anyone at all
                Other: sqs:SendMessage on q by anyone: anyone at all
                Positive: sqs:SendMessage on q by anyone: anyone at all
                Some: sqs:SendMessage on q by anyone: anyone at all
                Them: sqs:SendMessage on q by anyone: anyone at all""");
    }

    @Test
    void acceptsResourcesOfTheParentAndOfOtherStacks() {
        Role reader = role("Reader", new ServicePrincipal("lambda.amazonaws.com"));
        NestedStack nested = new NestedStack(stack, "Nested");
        allow(new Bucket(nested, "Uploads"), new ArnPrincipal(reader.getRoleArn()));
        Stack other = new Stack((software.constructs.Construct) stack.getNode().getScope(), "Other");
        allow(new Bucket(other, "Uploads"), new ArnPrincipal(reader.getRoleArn()));

        assertThat(nested).allowsNobodyOutsideTheAccount();
        assertThat(other).allowsNobodyOutsideTheAccount();
    }

    @Test
    void allowsWithAReason() {
        allow(new Bucket(stack, "Uploads"), new AccountPrincipal("111122223333"));
        Permission partner = Permission.of("s3:GetObject", "${Uploads.Arn}/*").by("account 111122223333");

        assertThat(stack).allowsNobodyOutsideTheAccount(Map.of(partner, "the partner imports from there"));
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> assertThat(stack).allowsNobodyOutsideTheAccount(Map.of(partner, "")));
        assertEquals(
                "reason for s3:GetObject on ${Uploads.Arn}/* by account 111122223333 must say why, got a blank text",
                error.getMessage());
    }

    @Test
    void findsPublicPrincipalsAmongWildcards() {
        allow(new Bucket(stack, "Uploads"), new AnyPrincipal());

        AssertionFailedError failure =
                assertThrows(AssertionFailedError.class, () -> assertThat(stack).hasNoWildcards());

        assertEquals("""
                [Shop] policies must have no wildcards, got 1:
                  Uploads/Policy: s3:GetObject on ${Uploads.Arn}/* by anyone: the principal is a wildcard
                Name what is needed, or allow it with a reason: hasNoWildcards(Map.of(Permission.of(action, resource), reason))""", failure.getMessage());
    }

    private void queuePolicy(String id, String denied, String condition, String deniedTo) {
        resource(stack, id, "AWS::SQS::QueuePolicy", """
                {'Queues': ['q'], 'PolicyDocument': {'Statement': [
                  {'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*', 'Principal': '*'},
                  {'Effect': 'Deny', 'Action': %s, 'Resource': '*', 'Principal': %s, 'Condition': {%s}}]}}""".formatted(denied, deniedTo, condition));
    }

    private Function function() {
        return Function.Builder.create(stack, "Function")
                .runtime(Runtime.NODEJS_22_X)
                .handler("index.handler")
                .code(Code.fromInline("x"))
                .build();
    }

    private void distribution(String id, software.amazon.awscdk.services.cloudfront.IOrigin origin) {
        Distribution.Builder.create(stack, id)
                .defaultBehavior(BehaviorOptions.builder().origin(origin).build())
                .build();
    }

    private Role role(String id, IPrincipal principal) {
        return Role.Builder.create(stack, id).assumedBy(principal).build();
    }

    private static WebIdentityPrincipal oidc(OpenIdConnectProvider provider, Map<String, Object> conditions) {
        return new WebIdentityPrincipal(provider.getOpenIdConnectProviderArn(), conditions);
    }

    private static WebIdentityPrincipal cognito(Map<String, Object> conditions) {
        return new WebIdentityPrincipal("cognito-identity.amazonaws.com", conditions);
    }

    private static void allow(Bucket bucket, IPrincipal principal) {
        bucket.addToResourcePolicy(PolicyStatement.Builder.create()
                .principals(List.of(principal))
                .actions(List.of("s3:GetObject"))
                .resources(List.of(bucket.arnForObjects("*")))
                .build());
    }

    private void assertFindings(String findings) {
        List<String> lines = Arrays.asList(findings.split("\n"));
        assertEquals(
                "[Shop] policies must let in nobody outside the account, got " + lines.size() + ":"
                        + Failure.lines(lines) + WAY_OUT,
                failure());
    }

    private String failure() {
        return String.valueOf(
                assertThrows(AssertionFailedError.class, () -> assertThat(stack).allowsNobodyOutsideTheAccount())
                        .getMessage());
    }
}
