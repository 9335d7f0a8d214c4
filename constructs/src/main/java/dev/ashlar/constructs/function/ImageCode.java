package dev.ashlar.constructs.function;

import dev.ashlar.constructs.access.RepositoryAccess;
import dev.ashlar.constructs.internal.Bundling;
import dev.ashlar.constructs.internal.Check;
import dev.ashlar.constructs.internal.ProjectFiles;
import dev.ashlar.constructs.internal.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.lambda.AssetImageCodeProps;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.CodeConfig;
import software.amazon.awscdk.services.lambda.CodeImageConfig;
import software.constructs.Construct;

/** Container images as the code of a function. */
final class ImageCode {
    private static final String TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    private ImageCode() {}

    /** An image that the deployment builds: CDK's own asset, for the function's processor. */
    static CodeSource built(String directory) {
        return (scope, target) -> {
            Path context = Bundling.isSkipped(scope) ? Placeholder.image() : ProjectFiles.resolve(directory);
            Check.of(scope)
                    .that(
                            Files.isRegularFile(context.resolve("Dockerfile")),
                            "code must be a directory with a Dockerfile, got " + context
                                    + ", which has none; correct the path, it is relative to the directory of cdk.json");
            return Code.fromAssetImage(
                    context.toString(),
                    AssetImageCodeProps.builder()
                            .platform(platformOf(target))
                            .cmd(commandOf(target))
                            .build());
        };
    }

    /** An image that something else has pushed. */
    static CodeSource pushed(IRepository repository, String tag) {
        return (scope, target) -> {
            checkTag(scope, tag);
            RepositoryAccess.of(repository).grantPullToFunctions(Stack.of(scope));
            return new PushedImage(repository, tag, commandOf(target));
        };
    }

    private static void checkTag(Construct scope, String tag) {
        if (Tokens.isUnresolved(tag)) {
            return;
        }
        Check.of(scope)
                .that(
                        tag.matches(TAG) || tag.matches(DIGEST),
                        "code must have a tag of letters, digits and _.- or a digest sha256:..., got \"" + tag + "\"");
        if (tag.equals("latest")) {
            Annotations.of(scope)
                    .addWarningV2(
                            "ashlar:movingTag",
                            "code must have a tag that stays with its image, got latest; when it moves nothing is deployed,"
                                    + " so give each image a tag of its own, or name its digest");
        }
    }

    /** CDK's own Function, which does not tell what it runs on, has x86 unless told otherwise. */
    private static Platform platformOf(@Nullable CodeTarget target) {
        return target != null && target.machine() == Machine.ARM_64 ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
    }

    private static @Nullable List<String> commandOf(@Nullable CodeTarget target) {
        return target == null || target.handler().isEmpty() ? null : List.of(target.handler());
    }

    private static final class PushedImage extends Code {
        private final IRepository repository;
        private final String tag;
        private final @Nullable List<String> command;

        private PushedImage(IRepository repository, String tag, @Nullable List<String> command) {
            this.repository = repository;
            this.tag = tag;
            this.command = command;
        }

        @Override
        public CodeConfig bind(Construct scope) {
            return CodeConfig.builder()
                    .image(CodeImageConfig.builder()
                            .imageUri(repository.repositoryUriForTagOrDigest(tag))
                            .cmd(command)
                            .build())
                    .build();
        }
    }
}
