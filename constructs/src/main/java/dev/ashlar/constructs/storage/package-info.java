/** Where data lives: a DynamoDB table and an S3 bucket with safe defaults. */
@NullMarked
package dev.ashlar.constructs.storage;

import org.jspecify.annotations.NullMarked;
