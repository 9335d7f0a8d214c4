package dev.ashlar.test;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Assertions on the templates of one stack or of several. Each returns assertions on the same ones, so that they can be
 * chained; none changes this object.
 *
 * <p>Snapshots are files with templates as they were reviewed. A missing one is a failure. They are written when the
 * system property {@code snapshot.update} is {@code true}, and never where the environment variable {@code CI} is set:
 * {@code mvn test -Dsnapshot.update=true}. Each failure ends with the command that accepts the change; what is accepted
 * is printed.
 *
 * <p>What changes with every build is replaced by words that stay the same:
 *
 * <ul>
 *   <li>{@code <asset 1>}: the hash of an asset, which is any SHA-256 in hex: S3 key, image tag or digest, template of
 *       a nested stack, metadata, environment variable
 *   <li>{@code <hash>}: the hash at the end of the logical id of a Lambda version or an API deployment,
 *       wherever that id is used
 *   <li>{@code <salt 1>}: in custom resources, what only makes them run again: an MD5, SHA-1 or UUID, milliseconds
 *       since 1970, a point in time
 *   <li>{@code <fingerprint 1>}: the hash in the user data of an EC2 instance
 *   <li>{@code <ignored>}: what {@link #ignoring(Noise)} names
 * </ul>
 *
 * <p>The same text always becomes the same word. Words are numbered in order of appearance, so that two assets that
 * swap their places still show. Nothing is removed.
 *
 * @param <A> the kind of assertions that are returned
 */
public abstract sealed class CdkAssert<A> permits StackAssert, AppAssert {
    private final Subject subject;
    private final Snapshots snapshots;

    CdkAssert(Subject subject, Snapshots snapshots) {
        this.subject = subject;
        this.snapshots = snapshots;
    }

    abstract A self();

    abstract A about(Subject other);

    /**
     * Leaves values out of the snapshots that are compared from here on.
     *
     * @param noise what does not matter
     * @return new assertions
     */
    public A ignoring(Noise noise) {
        return about(subject.ignoring(noise));
    }

    /**
     * Compares with the snapshot that is named after the test class and the construct's path.
     *
     * <p>For a stack it is the file {@code src/test/resources/snapshots/<test class>/<stack>.json}; for an app or a
     * stage the folder {@code <test class>/App} or {@code <test class>/<stage>}, with a file for each stack in it: that
     * of a nested stack or of a stack in a stage lies in a folder of the name of what it is in. The folder is the app's
     * alone: a file for which there is no stack any more is a difference. The test class is the full name of the
     * nearest caller that has a test method on the stack of calls, else of the nearest caller outside this kit. Two
     * stacks of the same path in one test class need names of their own: {@link #matchesSnapshot(String)}.
     *
     * <p>A failure tells for each resource what CloudFormation will do, as far as AWS's resource schemas say: update it
     * in place, with some interruption, or replace it; in capitals where data is lost or a permission widens. Expected
     * and actual templates are part of the failure, so that an IDE shows both side by side.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or a template differs from it
     */
    public A matchesSnapshot() {
        snapshot().matches();
        return self();
    }

    /**
     * Compares with the snapshot of a name, as {@link #matchesSnapshot()} does.
     *
     * @param name the file below the test class's folder, without {@code .json}, or the folder of an app; letters,
     *     digits and {@code . _ - /}
     * @return assertions whose guards use that snapshot too
     * @throws IllegalArgumentException if the name has other characters, or leaves the folder
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or a template differs from it
     */
    public A matchesSnapshot(String name) {
        Subject named = subject.named(name);
        snapshots.of(named, TestClass.calling()).matches();
        return about(named);
    }

    /**
     * Asserts that deploying the change since the snapshot loses no data.
     *
     * <p>That is: no resource that holds data ({@link #retainsData()} lists the types) is removed, replaced or may be
     * replaced, or stands under a new condition, unless its {@code DeletionPolicy} or {@code UpdateReplacePolicy} keeps
     * the data; and none has a policy that kept its data and does so no longer. The snapshot is that of the
     * {@link #matchesSnapshot(String)} before, else that of {@link #matchesSnapshot()}.
     *
     * <p>With {@code -Dsnapshot.update=true} the new snapshot is written, as {@link #matchesSnapshot()} does, and
     * compared with the one before: a loss fails once, so that it is seen, and commits with the new snapshot.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or data is lost; the message names the
     *     resources and properties
     */
    public A losesNoData() {
        snapshot().losesNoData();
        return self();
    }

    /**
     * Asserts that nobody may do more than in the snapshot.
     *
     * <p>Compared is what policies say, not how: statements may be split, merged and moved between the policies of a
     * role. {@code s3:Get*} includes {@code s3:GetObject}; a permission with a condition is narrower than without; a
     * denial that is gone widens, and so does a permissions boundary that is gone or another one. Identity policies
     * count by role, user or group; policies of resources, permissions to invoke functions and trust policies by
     * principal. What the kit cannot compare, such as changed conditions of most operators, counts as wider. What a
     * managed policy of AWS holds is not known: adding one widens.
     *
     * <p>Which snapshot, and what happens when it is updated, is as in {@link #losesNoData()}.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or a permission is wider; the message lists
     *     {@code + holder: permission} for what is newly allowed and {@code - holder: deny permission} for denials gone
     */
    public A widensNoPermission() {
        snapshot().widensNoPermission();
        return self();
    }

    /**
     * Compares the {@linkplain PermissionReport permission report} with a snapshot beside that of
     * {@link #matchesSnapshot()}, written and compared in the same way: for a stack the file {@code
     * <stack>.permissions.json}, for an app the folder {@code App.permissions} with a file for each stack. After {@link
     * #matchesSnapshot(String)} it has that name in place of the stack's. It changes only when a permission does, and each
     * change is one that somebody should look at.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or the report differs from it
     */
    public A permissionsMatchSnapshot() {
        return permissionsMatchSnapshot(subject.snapshotName() + ".permissions");
    }

    /**
     * Compares the permission report with the snapshot of a name, as {@link #permissionsMatchSnapshot()} does.
     *
     * @param name the file below the test class's folder, without {@code .json}, or the folder of an app; letters,
     *     digits and {@code . _ - /}
     * @return these assertions
     * @throws IllegalArgumentException if the name has other characters, or leaves the folder
     * @throws org.opentest4j.AssertionFailedError if there is no snapshot, or the report differs from it
     */
    public A permissionsMatchSnapshot(String name) {
        snapshots.of(subject.permissions().named(name), TestClass.calling()).matches();
        return self();
    }

    /**
     * Asserts that data outlives the removal and the replacement of its resource: {@code DeletionPolicy} and
     * {@code UpdateReplacePolicy} are {@code Retain}, {@code RetainExceptOnCreate} or {@code Snapshot}.
     *
     * <p>Data is held by tables, buckets, queues, streams, log groups, user pools, file systems, volumes, keys,
     * secrets, image repositories, databases, caches, search domains, Kafka clusters and backup vaults.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if one is deleted with its data; the message lists the policies
     */
    public A retainsData() {
        return check(
                "data must be kept",
                stack -> new DataPolicies(DataPolicies.TYPES).lost(stack),
                "Set the removal policy RETAIN.");
    }

    /**
     * Asserts that no role is allowed more than can be named, AWS's own exceptions aside, and that not anyone is let in.
     *
     * <p>In Allow statements of roles, users, groups and the policies attached to them: no action with a wildcard, no
     * {@code NotAction} and no {@code NotResource}, no resource {@code *} or ARN whose last part is only {@code *}, and
     * no managed policy from outside the stack. A wildcard at the end of a named resource
     * ({@code <bucket>/incoming/*}, {@code <log group>:*}) is fine. In Allow statements of resources and in trust
     * policies: no principal {@code *} without a condition. Whether a condition keeps anybody out is what {@link
     * #allowsNobodyOutsideTheAccount()} looks at.
     *
     * <p>The exceptions are what AWS cannot narrow: {@code xray:PutTraceSegments} and {@code xray:PutTelemetryRecords};
     * and what Lambda needs in a VPC: {@code ec2:CreateNetworkInterface}, {@code ec2:DescribeNetworkInterfaces},
     * {@code ec2:DescribeSubnets}, {@code ec2:DeleteNetworkInterface}, {@code ec2:AssignPrivateIpAddresses},
     * {@code ec2:UnassignPrivateIpAddresses}, each on {@code *}.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if a statement is wider; the message names role, action and resource
     * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html">Actions and
     *     resources of AWS X-Ray</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html">Lambda functions in a VPC</a>
     */
    public A hasNoWildcards() {
        return hasNoWildcards(Map.of());
    }

    /**
     * Asserts what {@link #hasNoWildcards()} does, with exceptions of one's own.
     *
     * @param allowed what may be wide, and the reason; a permission without a condition also allows it under any
     *     condition
     * @return these assertions
     * @throws IllegalArgumentException if a reason is blank
     * @throws org.opentest4j.AssertionFailedError if another statement is wider
     */
    public A hasNoWildcards(Map<Permission, String> allowed) {
        WildcardRule rule = new WildcardRule(allowed);
        return check(
                "policies must have no wildcards",
                rule::findings,
                "Name what is needed, or allow it with a reason:"
                        + " hasNoWildcards(Map.of(Permission.of(action, resource), reason))");
    }

    /**
     * Asserts that the policies of resources and the trust policies of roles let in nobody but the stack's own account.
     *
     * <p>A finding is an Allow statement for
     *
     * <ul>
     *   <li>another account, or an ARN or user of which the template does not say that it is of this one: a parameter, a
     *       unique id, an organization;
     *   <li>anyone, by {@code *} or {@code NotPrincipal};
     *   <li>a service that may then do it for any account (the confused deputy); not in trust policies, because a role
     *       can be passed to a service only within its own account;
     *   <li>an identity provider without a claim that says who: for a provider of OpenID Connect one that is not its
     *       audience, such as {@code <provider>:sub}, for Amazon Cognito and public ones the audience.
     * </ul>
     *
     * <p>unless its condition confines it to the account: {@code aws:SourceAccount}, {@code aws:SourceOwner}, {@code
     * aws:PrincipalAccount} or {@code kms:CallerAccount} with this account; {@code aws:SourceArn}, {@code
     * aws:PrincipalArn} or {@code lambda:SourceFunctionArn} with an ARN of this account or a resource of the stack; for
     * services also {@code kms:EncryptionContext:aws:*} with such an ARN, and {@code lambda:EventSourceToken}; for anyone
     * also {@code aws:SourceVpc} and {@code aws:SourceVpce} with an id, {@code aws:VpceAccount}, {@code
     * s3:DataAccessPointAccount}, {@code s3:DataAccessPointArn}, {@code elasticfilesystem:AccessedViaMountTarget}. All
     * values of the key have to. Negations do not confine, nor {@code IfExists} and {@code ForAllValues} where the key may
     * be missing, nor an ARN with a wildcard in the account. An organization ({@code aws:PrincipalOrgID}) and an address
     * ({@code aws:SourceIp}) are more than the account. A Deny of the same policy for anyone whose request is not
     * confined so is as good.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if somebody else is let in; the message names who, and to what
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html">The confused deputy problem</a>
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html">Passing a role to a
     *     service</a>
     */
    public A allowsNobodyOutsideTheAccount() {
        return allowsNobodyOutsideTheAccount(Map.of());
    }

    /**
     * Asserts what {@link #allowsNobodyOutsideTheAccount()} does, with exceptions of the stack's own.
     *
     * @param allowed what others may do, {@linkplain Permission#by(String) by whom}, and the reason; a permission without
     *     a condition also allows it under any condition
     * @return these assertions
     * @throws IllegalArgumentException if a reason is blank
     * @throws org.opentest4j.AssertionFailedError if somebody else is let in
     */
    public A allowsNobodyOutsideTheAccount(Map<Permission, String> allowed) {
        OutsideRule rule = new OutsideRule(allowed);
        return check(
                "policies must let in nobody outside the account",
                rule::findings,
                "Confine it by a condition such as aws:SourceAccount, or allow it with a reason:"
                        + " allowsNobodyOutsideTheAccount(Map.of(Permission.of(action, resource).by(principal),"
                        + " reason))");
    }

    /**
     * Asserts that CloudFormation calls no code of anybody's to create the resources: no {@code Custom::*} and no
     * {@code AWS::CloudFormation::CustomResource}.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if there are any; the message lists them
     */
    public A hasNoCustomResources() {
        return check(
                "there must be no custom resources",
                stack -> stack.resources().stream()
                        .filter(resource -> SynthesizedStack.isCustomResource(resource.type()))
                        .map(resource -> resource.path() + ": " + resource.type())
                        .toList(),
                "Use a property or resource of CloudFormation's own that does the same.");
    }

    /**
     * Asserts that AWS will not refuse a template or a policy for its size.
     *
     * @return these assertions
     * @throws org.opentest4j.AssertionFailedError if a limit is exceeded; the message lists them
     * @see #staysWithinLimits(double)
     */
    public A staysWithinLimits() {
        return staysWithinLimits(1);
    }

    /**
     * Asserts that templates and policies stay well below what AWS accepts.
     *
     * <p>A template: 500 resources, 200 outputs, 200 parameters, 200 mappings, 1,000,000 bytes. The policies in a role:
     * 10,240 characters together, in a group 5,120, in a user 2,048; a managed policy 6,144. The policy of a bucket:
     * 20 KiB, of a queue 8,192 bytes, of a function or alias 20 KiB. What is known only when the stack is deployed is
     * estimated: an ARN as 100 characters, any other reference as 40.
     *
     * @param share of each limit that may be used: above 0, at most 1; 0.8 leaves a fifth
     * @return these assertions
     * @throws IllegalArgumentException if the share is out of range
     * @throws org.opentest4j.AssertionFailedError if more is used; the message lists how much
     * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html">Quotas
     *     of CloudFormation</a>
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">Quotas of IAM</a>
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html">Bucket policies</a>
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html">
     *     Policy quotas of SQS</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Quotas of Lambda</a>
     */
    public A staysWithinLimits(double share) {
        StackLimits limits = new StackLimits(share);
        return check(
                "sizes must stay within " + limits.description(),
                limits::findings,
                "Split the stack, or grant less in one place.");
    }

    private Comparison snapshot() {
        return snapshots.of(subject, TestClass.calling());
    }

    private A check(String rule, Function<SynthesizedStack, List<String>> findings, String wayOut) {
        List<String> found = subject.stacks().stream()
                .flatMap(stack -> findings.apply(stack).stream()
                        .map(finding -> subject.many() ? stack.path() + ": " + finding : finding))
                .toList();
        if (!found.isEmpty()) {
            throw Failure.of(subject.label(), rule, found, wayOut);
        }
        return self();
    }
}
