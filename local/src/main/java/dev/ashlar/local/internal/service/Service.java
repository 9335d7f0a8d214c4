package dev.ashlar.local.internal.service;

import java.util.Locale;

/** What runs here. */
public enum Service {
    /** DynamoDB Local. */
    DYNAMODB,
    /** S3Mock. */
    S3,
    /** ElasticMQ. */
    SQS;

    /** {@return the name in ARNs and in {@code AWS_ENDPOINT_URL_...} in lower case} */
    public String getName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
