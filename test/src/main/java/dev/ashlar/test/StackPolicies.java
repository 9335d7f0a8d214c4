package dev.ashlar.test;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ashlar.test.IdentityPolicies.Holder;
import dev.ashlar.test.PolicyEntry.Use;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all policies of a stack say.
 *
 * @param holders those whose own policies are in the template, even if they may do nothing
 */
record StackPolicies(List<Principal> holders, List<PolicyEntry> entries) {

    static StackPolicies of(SynthesizedStack stack) {
        List<Holder> holders = IdentityPolicies.of(stack).holders();
        return new StackPolicies(
                holders.stream().map(Holder::principal).toList(),
                Stream.concat(
                                holders.stream().flatMap(StackPolicies::entriesOf),
                                AttachedPolicies.of(stack).targets().stream()
                                        .flatMap(target -> target.entries().stream()))
                        .toList());
    }

    private static Stream<PolicyEntry> entriesOf(Holder holder) {
        return holder.permissions().stream()
                .map(permission -> new PolicyEntry(
                        holder.principal(), permission, MissingNode.getInstance(), holder.path(), Use.IDENTITY));
    }
}
