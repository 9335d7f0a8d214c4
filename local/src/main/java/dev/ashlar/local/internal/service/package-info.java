/**
 * DynamoDB, S3 and SQS with what templates have of them, each behind a server that refuses what a function's role does not
 * allow.
 */
@NullMarked
package dev.ashlar.local.internal.service;

import org.jspecify.annotations.NullMarked;
