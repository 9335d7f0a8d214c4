package dev.ashlar.bench;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.storage.SingleTable;
import dev.ashlar.constructs.web.Site;
import dev.ashlar.patterns.queue.QueueProcessor;
import dev.ashlar.patterns.s3.ObjectFilter;
import dev.ashlar.patterns.s3.S3Processor;
import dev.ashlar.patterns.schedule.ScheduledTask;
import dev.ashlar.patterns.site.StaticSiteWithCdn;
import dev.ashlar.patterns.webapp.ServerlessWebApp;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.constructs.Construct;

/** The five patterns as their pages begin with them. The code is given, so that nothing is built or opened. */
final class Forms {
    private final Inputs inputs;

    Forms(Inputs inputs) {
        this.inputs = inputs;
    }

    void serverlessWebApp(Construct scope) {
        SingleTable notes = SingleTable.Builder.create(scope, "Notes").build();
        ServerlessWebApp.Builder.create(scope, "Web")
                .code(code())
                .handler("shop.NotesHandler")
                .table("NOTES_TABLE", notes.getTable())
                .throttle(50, 100)
                .build();
    }

    void webAppWithoutTable(Construct scope) {
        ServerlessWebApp.Builder.create(scope, "Web")
                .code(code())
                .handler("shop.NotesHandler")
                .build();
    }

    void scheduledTask(Construct scope) {
        ScheduledTask.Builder.create(scope, "Nightly")
                .schedule(ScheduleExpression.expression("rate(1 day)"))
                .code(code())
                .handler("shop.NightlyHandler")
                .build();
    }

    void s3Processor(Construct scope) {
        S3Processor.Builder.create(scope, "Thumbnails")
                .code(code())
                .handler("shop.ThumbnailHandler")
                .input(ObjectFilter.prefix("incoming/").suffix(".jpg"))
                .output("thumbnails/")
                .build();
    }

    void queueProcessor(Construct scope) {
        QueueProcessor.Builder.create(scope, "Orders")
                .code(code())
                .handler("shop.OrdersHandler")
                .build();
    }

    void staticSiteWithCdn(Construct scope) {
        StaticSiteWithCdn.Builder.create(scope, "Site")
                .site(Site.directory(inputs.site().toString()))
                .build();
    }

    private FunctionCode code() {
        return FunctionCode.of(Code.fromAsset(inputs.jar().toString()));
    }
}
