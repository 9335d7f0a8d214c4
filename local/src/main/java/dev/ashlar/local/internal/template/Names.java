package dev.ashlar.local.internal.template;

import java.util.Optional;

/** What {@code Ref} and {@code Fn::GetAtt} say of the resources that run here. */
public interface Names {
    /** {@return what {@code Ref} says, or nothing if that is known to nobody} */
    Optional<String> ref(Resource resource);

    /** {@return what {@code Fn::GetAtt} says of an attribute, or nothing if that is known to nobody} */
    Optional<String> attribute(Resource resource, String attribute);
}
