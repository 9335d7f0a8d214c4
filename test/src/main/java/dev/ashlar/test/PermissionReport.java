package dev.ashlar.test;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awscdk.Stack;

/**
 * Who may do what on what by the policies of a stack.
 *
 * <pre>{@code
 * System.out.println(PermissionReport.of(stack).toText());
 * }</pre>
 *
 * <p>It is made of the template alone, and the same for the same template. It knows
 *
 * <ul>
 *   <li>what roles, users and groups have: inline policies, {@code AWS::IAM::Policy} and its like, and managed policies
 *       of the stack; of those from outside the name;
 *   <li>trust policies: who may take a role;
 *   <li>policies of resources, wherever a property holds a document with {@code Statement} and {@code Effect}, as JSON or
 *       as text: of buckets, queues, topics, keys, secrets, event buses, repositories, tables, APIs and others. A resource
 *       of whose policy the kit does not know what it is attached to stands for itself; one that names no principal is
 *       reported as {@code policy of <path>};
 *   <li>what lets somebody in by plain properties: {@code AWS::Lambda::Permission} and {@code LayerVersionPermission},
 *       {@code AWS::Events::EventBusPolicy}, {@code AWS::Signer::ProfilePermission}, {@code AWS::ACMPCA::Permission},
 *       {@code AWS::EC2::VPCEndpointServicePermissions}, {@code AWS::RAM::ResourceShare}, {@code AccessControl} of
 *       buckets. This list is kept by hand: what is not on it, such as permissions of Lake Formation and QuickSight, is
 *       not seen.
 * </ul>
 *
 * <p>What only limits stands for itself and lets nobody in: policies of VPC endpoints, of sessions, of organizations.
 * Permissions boundaries are not shown. Of a nested stack the parent's report shows nothing: ask for the nested stack's
 * own.
 *
 * <p>Names are those of {@link Permission}: {@code ${Notes/Table.Arn}} is the ARN of the construct {@code Notes/Table}.
 */
public final class PermissionReport {
    private final PermissionTable table;

    PermissionReport(SynthesizedStack stack) {
        this.table = PermissionTable.of("Permissions of " + stack.path(), StackPolicies.of(stack));
    }

    /**
     * Synthesises a stack's app and reads the stack's policies.
     *
     * @param stack a stack at any place of an app: top level, in a stage, or nested
     * @return the report
     */
    public static PermissionReport of(Stack stack) {
        return new PermissionReport(SynthesizedStack.of(stack));
    }

    /** {@return the report as a table with aligned columns, for a terminal} */
    public String toText() {
        return table.text();
    }

    /** {@return the report as Markdown, with a table for each principal} */
    public String toMarkdown() {
        return table.markdown();
    }

    /**
     * Returns the report as JSON: principals, and for each the resources with what is allowed or denied there, and when.
     *
     * <pre>{@code
     * {
     *   "Thumbnails/Role (role)": {
     *     "${Uploads.Arn}/in/*": [
     *       {
     *         "allow": [
     *           "s3:GetObject"
     *         ]
     *       }
     *     ]
     *   }
     * }
     * }</pre>
     *
     * @return the report with sorted keys, two spaces a level, and a line feed at the end
     */
    public String toJson() {
        return Json.pretty(json());
    }

    /** {@return the report as text} */
    @Override
    public String toString() {
        return toText();
    }

    JsonNode json() {
        return table.json();
    }
}
