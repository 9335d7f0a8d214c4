package dev.ashlar.examples;

import dev.ashlar.constructs.access.BucketAccess;
import dev.ashlar.constructs.alarm.Alarms;
import dev.ashlar.constructs.alarm.ServiceDashboard;
import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.patterns.s3.ObjectChange;
import dev.ashlar.patterns.s3.ObjectFilter;
import dev.ashlar.patterns.s3.S3Processor;
import java.util.Map;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * Thumbnails: pictures that are put under {@code incoming/} of a bucket get a thumbnail under {@code thumbnails/} and a row in a
 * table, and lose both when they are deleted. What no thumbnail can be made of lies in a queue, and the operators are told.
 */
public final class ThumbnailsStack extends Stack {
    private static final String PICTURES = "incoming/";
    private static final String THUMBNAILS = "thumbnails/";

    /**
     * Creates the stack.
     *
     * @param scope the app, or a stage
     * @param id the stack's id
     */
    public ThumbnailsStack(Construct scope, String id) {
        super(scope, id);
        Topic operators = new Topic(this, "Operators");

        SingleTable catalogue = SingleTable.Builder.create(this, "Catalogue").build();
        S3Processor processor = S3Processor.Builder.create(this, "Thumbnails")
                .code(FunctionCode.maven("examples/handlers/thumbnails"))
                .handler("dev.ashlar.examples.thumbnails.ThumbnailHandler")
                // What the largest picture that the handler takes needs, in memory and in time.
                .memorySize(2048)
                .timeout(Duration.minutes(1))
                .environment(Map.of(
                        "CATALOGUE_TABLE", catalogue.getTable().getTableName(),
                        "PICTURES", PICTURES,
                        "THUMBNAILS", THUMBNAILS))
                .input(ObjectFilter.prefix(PICTURES))
                .changes(ObjectChange.CREATED, ObjectChange.REMOVED)
                .output(THUMBNAILS)
                .canTellMissing()
                .alarms(Alarms.to(operators))
                .build();

        WarmFunction function = processor.getFunction();
        BucketAccess.of(processor.getBucket()).under(THUMBNAILS).grantDelete(function);
        catalogue.grantWrite(function);
        catalogue.grantDelete(function);
        new ServiceDashboard(this, "Dashboard");

        CfnOutput.Builder.create(this, "Pictures")
                .description("Where to put pictures: aws s3 cp picture.jpg ...")
                .value(processor.getBucket().s3UrlForObject(PICTURES))
                .build();
    }
}
