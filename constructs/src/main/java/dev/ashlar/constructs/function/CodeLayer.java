package dev.ashlar.constructs.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.AssetStaging;
import software.amazon.awscdk.services.lambda.ILayerVersion;
import software.constructs.IConstruct;

/**
 * A layer of a function.
 *
 * @param name what messages call it
 * @param bytes how many it takes unpacked; 0 if that is not known at synth, as of layers that were imported
 */
record CodeLayer(String name, long bytes) {
    static CodeLayer of(ILayerVersion layer) {
        // Where CDK keeps what it is about to upload: the asset of the layer's code.
        IConstruct asset = layer.getNode().tryFindChild("Code");
        IConstruct staging = asset == null ? null : asset.getNode().tryFindChild("Stage");
        return new CodeLayer(
                layer.getNode().getPath(),
                staging instanceof AssetStaging staged ? sizeOf(Path.of(staged.getAbsoluteStagedPath())) : 0);
    }

    private static long sizeOf(Path staged) {
        if (!Files.exists(staged)) {
            return 0;
        }
        try {
            return CodeSize.of(staged);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the layer " + staged, e);
        }
    }
}
