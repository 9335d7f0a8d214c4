package dev.ashlar.constructs.access;

import java.util.List;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.sns.ITopic;

/**
 * Exact permissions on an SNS topic.
 *
 * <p>{@link #grantPublish} grants {@code sns:Publish}, and on a customer's key {@code kms:GenerateDataKey} and
 * {@code kms:Decrypt}.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html">Actions, resources,
 *     and condition keys for Amazon SNS</a>
 */
public final class TopicAccess {
    private final ITopic topic;

    private TopicAccess(ITopic topic) {
        this.topic = topic;
    }

    /**
     * Starts a grant on an SNS topic.
     *
     * @param topic the topic, created or imported
     * @return the grants on it
     */
    public static TopicAccess of(ITopic topic) {
        return new TopicAccess(topic);
    }

    /**
     * Grants {@code sns:Publish}.
     *
     * @param grantee who may publish
     * @return the grant
     */
    public Grant grantPublish(IGrantable grantee) {
        Grants.addKey(grantee, topic.getMasterKey(), "kms:GenerateDataKey", "kms:Decrypt");
        return Grants.add(grantee, List.of("sns:Publish"), topic.getTopicArn());
    }
}
