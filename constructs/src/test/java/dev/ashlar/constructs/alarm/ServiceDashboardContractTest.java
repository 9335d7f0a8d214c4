package dev.ashlar.constructs.alarm;

import dev.ashlar.constructs.function.FunctionCode;
import dev.ashlar.constructs.function.WarmFunction;
import dev.ashlar.test.ConstructContract;
import software.constructs.Construct;

class ServiceDashboardContractTest extends ConstructContract {
    @Override
    protected Construct minimal(Construct scope, String id) {
        WarmFunction.Builder.create(scope, id + "Function")
                .code(FunctionCode.jar("handlers.jar"))
                .handler("shop.NotesHandler")
                .build();
        return new ServiceDashboard(scope, id);
    }

    @Override
    protected Construct maximal(Construct scope, String id) {
        return minimal(scope, id);
    }
}
