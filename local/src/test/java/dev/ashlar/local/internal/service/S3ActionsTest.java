package dev.ashlar.local.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ActionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /b/k | s3:GetObject arn:aws:s3:::b/k",
                "HEAD | /b/k | s3:GetObject arn:aws:s3:::b/k",
                "GET | /b/k?versionId=1 | s3:GetObjectVersion arn:aws:s3:::b/k",
                "GET | /b/k?acl | s3:GetObjectAcl arn:aws:s3:::b/k",
                "GET | /b/k?acl&versionId=1 | s3:GetObjectVersionAcl arn:aws:s3:::b/k",
                "GET | /b/k?attributes | s3:GetObject arn:aws:s3:::b/k",
                "GET | /b/k?tagging&versionId=1 | s3:GetObjectVersionTagging arn:aws:s3:::b/k",
                "GET | /b/k?retention&versionId=1 | s3:GetObjectRetention arn:aws:s3:::b/k",
                "GET | /b/k?legal-hold | s3:GetObjectLegalHold arn:aws:s3:::b/k",
                "GET | /b/k?uploadId=1 | s3:ListMultipartUploadParts arn:aws:s3:::b/k",
                "PUT | /b/a%20b+c/%EA%B0%80?x-id=PutObject | s3:PutObject arn:aws:s3:::b/a b+c/가",
                "PUT | /b/k?partNumber=1&uploadId=1 | s3:PutObject arn:aws:s3:::b/k",
                "PUT | /b/k?acl | s3:PutObjectAcl arn:aws:s3:::b/k",
                "PUT | /b/k?retention | s3:PutObjectRetention arn:aws:s3:::b/k",
                "POST | /b/k?uploads | s3:PutObject arn:aws:s3:::b/k",
                "POST | /b/k?uploadId=1 | s3:PutObject arn:aws:s3:::b/k",
                "POST | /b/k?restore | s3:RestoreObject arn:aws:s3:::b/k",
                "POST | /b/k?select&select-type=2 | s3:GetObject arn:aws:s3:::b/k",
                "DELETE | /b/k | s3:DeleteObject arn:aws:s3:::b/k",
                "DELETE | /b/k?versionId=1 | s3:DeleteObjectVersion arn:aws:s3:::b/k",
                "DELETE | /b/k?tagging | s3:DeleteObjectTagging arn:aws:s3:::b/k",
                "DELETE | /b/k?uploadId=1 | s3:AbortMultipartUpload arn:aws:s3:::b/k",
                "GET | / | s3:ListAllMyBuckets *",
                "GET | /b | s3:ListBucket arn:aws:s3:::b",
                "GET | /b/?list-type=2 | s3:ListBucket arn:aws:s3:::b",
                "HEAD | /b | s3:ListBucket arn:aws:s3:::b",
                "GET | /b?versions | s3:ListBucketVersions arn:aws:s3:::b",
                "GET | /b?uploads | s3:ListBucketMultipartUploads arn:aws:s3:::b",
                "GET | /b?cors | s3:GetBucketCORS arn:aws:s3:::b",
                "PUT | /b?cors | s3:PutBucketCORS arn:aws:s3:::b",
                "DELETE | /b?cors | s3:PutBucketCORS arn:aws:s3:::b",
                "GET | /b?lifecycle | s3:GetLifecycleConfiguration arn:aws:s3:::b",
                "DELETE | /b?policy | s3:DeleteBucketPolicy arn:aws:s3:::b",
                "DELETE | /b?website | s3:DeleteBucketWebsite arn:aws:s3:::b",
                "PUT | /b?publicAccessBlock | s3:PutBucketPublicAccessBlock arn:aws:s3:::b",
                "PUT | /b | s3:CreateBucket arn:aws:s3:::b",
                "DELETE | /b | s3:DeleteBucket arn:aws:s3:::b",
            })
    void mapsRequestsToActions(String method, String address, String expected) {
        assertThat(needed(method, address, Map.of())).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-amz-acl | public-read | s3:PutObjectAcl arn:aws:s3:::b/k",
                "x-amz-tagging | a=b | s3:PutObjectTagging arn:aws:s3:::b/k",
                "x-amz-object-lock-legal-hold | ON | s3:PutObjectLegalHold arn:aws:s3:::b/k",
                "x-amz-copy-source | /other/a%20b+c | s3:GetObject arn:aws:s3:::other/a b+c",
                "x-amz-copy-source | other/a?versionId=1 | s3:GetObjectVersion arn:aws:s3:::other/a",
            })
    void headersNeedMore(String header, String value, String expected) {
        assertThat(needed("PUT", "/b/k", Map.of(header, value)))
                .containsExactly("s3:PutObject arn:aws:s3:::b/k", expected);
    }

    @ParameterizedTest
    @CsvSource({"POST, /b?delete", "POST, /b"})
    void bodiesSayWhatTheyNeedThemselves(String method, String address) {
        assertThat(needed(method, address, Map.of())).isEmpty();
    }

    private static List<String> needed(String method, String address, Map<String, String> headers) {
        String[] parts = address.split("\\?", 2);
        String query = parts.length == 2 ? parts[1] : "";
        S3Request request = S3Request.of(
                method, "127.0.0.1:1", parts[0], query, Optional.ofNullable(headers.get("x-amz-copy-source")));
        return S3Actions.of(request, header -> Optional.ofNullable(headers.get(header))).stream()
                .map(access -> access.action() + " " + access.resource())
                .toList();
    }
}
