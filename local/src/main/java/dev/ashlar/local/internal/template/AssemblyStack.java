package dev.ashlar.local.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/**
 * One stack of an assembly.
 *
 * @param path the path in the app, such as {@code Production/Shop}
 * @param name the name in CloudFormation
 * @param environment where it is to be deployed, such as {@code aws://unknown-account/eu-central-1}
 * @param directory where its files are
 * @param template the template
 * @param parameters values of template parameters that CDK gives
 * @param assets a file, zip file or directory by the key of its object in the bootstrap bucket
 */
public record AssemblyStack(
        String path,
        String name,
        String environment,
        Path directory,
        JsonNode template,
        Map<String, String> parameters,
        Map<String, Path> assets) {}
