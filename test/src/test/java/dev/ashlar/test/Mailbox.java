package dev.ashlar.test;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awscdk.FeatureFlags;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.services.cloudfront.CfnFunction;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** A construct that keeps the contract, unless it is told which promise to break. */
public final class Mailbox extends Construct {
    private final Queue queue;

    public Mailbox(Construct scope, String id, MailboxProps props) {
        super(scope, id);
        boolean development = "development".equals(getNode().tryGetContext("ashlar:profile"));
        this.queue = createQueue(development, props.flaw());
        createWriter(props.flaw());
        if (props.isArchived()) {
            createRouting();
        }
        createFlaw(scope, props.flaw());
    }

    public Queue getQueue() {
        return queue;
    }

    private Queue createQueue(boolean development, Flaw flaw) {
        boolean delete = development ? flaw != Flaw.STICKY : flaw == Flaw.FORGETFUL;
        return Queue.Builder.create(this, "Queue")
                .removalPolicy(delete ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN)
                .build();
    }

    private void createWriter(Flaw flaw) {
        PolicyStatement statement = PolicyStatement.Builder.create()
                .actions(List.of("sqs:SendMessage"))
                .resources(List.of(flaw == Flaw.WILDCARD ? "*" : queue.getQueueArn()))
                .build();
        Role.Builder.create(this, "Writer")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "Queue",
                        PolicyDocument.Builder.create()
                                .statements(List.of(statement))
                                .build()))
                .build();
    }

    /** CloudFormation wants a name here, and it is made of the path. */
    private void createRouting() {
        CfnFunction.Builder.create(this, "Routing")
                .name(Names.uniqueId(this))
                .functionCode("function handler(event) { return event.request; }")
                .functionConfig(CfnFunction.FunctionConfigProperty.builder()
                        .comment(getNode().getPath())
                        .runtime("cloudfront-js-2.0")
                        .build())
                .build();
    }

    private void createFlaw(Construct scope, Flaw flaw) {
        switch (flaw) {
            case STRAY -> new Topic(scope, "Beside" + getNode().getId());
            case SHARED -> createTopic(scope.getNode().getChildren().size() == 1);
            case NAMED ->
                Topic.Builder.create(this, "Topic").topicName("letters").build();
            case STAGE_AWARE -> createTopic(!getNode().getRoot().equals(Stage.of(this)));
            case FLAG_AWARE ->
                createTopic(Boolean.TRUE.equals(FeatureFlags.of(this).isEnabled("@aws-cdk/aws-iam:minimizePolicies")));
            case RANDOM ->
                Topic.Builder.create(this, "Topic")
                        .displayName(UUID.randomUUID().toString())
                        .build();
            default -> {}
        }
    }

    private void createTopic(boolean wanted) {
        if (wanted) {
            new Topic(this, "Topic");
        }
    }

    /** Builds a mailbox. */
    public static final class Builder extends MailboxProps.Setters<Builder>
            implements software.amazon.jsii.Builder<Mailbox> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public Mailbox build() {
            return new Mailbox(scope, id, toProps());
        }
    }
}
