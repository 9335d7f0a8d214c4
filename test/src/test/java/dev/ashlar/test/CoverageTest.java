package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
    private static final Permission GET = Permission.of("s3:GetObject", "arn:aws:s3:::uploads/in/*");

    @ParameterizedTest
    @CsvSource({
        "s3:GetObject, s3:GetObject, true",
        "s3:Get*, s3:GetObject, true",
        "s3:Get*, s3:GetObject*, true",
        "S3:getobject, s3:GetObject, true",
        "*, s3:GetObject, true",
        "*, 'NotAction(iam:PassRole)', true",
        "s3:GetObject?cl, s3:GetObjectAcl, true",
        "s3:GetObject, s3:GetObjectVersion, false",
        "s3:GetObject, s3:Get*, false",
        "s3:GetObject?cl, s3:GetObject*cl, false",
        "s3.GetObject, s3:GetObject, false",
        "'NotAction(iam:PassRole)', s3:GetObject, false",
        "'NotAction(iam:PassRole)', 'NotAction(iam:PassRole)', true",
        "'NotAction(iam:*)', 'NotAction(iam:PassRole)', false",
    })
    void wildcardsIncludeWhatTheyMatch(String wide, String narrow, boolean included) {
        assertEquals(included, Coverage.includes(Permission.of(wide, "*"), Permission.of(narrow, "*")));
    }

    @Test
    void resourcesIncludeWhatTheyMatch() {
        assertTrue(Coverage.includes(Permission.of("s3:GetObject", "arn:aws:s3:::uploads/*"), GET));
        assertTrue(Coverage.includes(Permission.of("s3:GetObject", "*"), GET));
        assertFalse(Coverage.includes(GET, Permission.of("s3:GetObject", "arn:aws:s3:::uploads/*")));
        assertFalse(Coverage.includes(GET, Permission.of("s3:GetObject", "arn:aws:s3:::UPLOADS/in/*")));
        assertTrue(Coverage.includes(
                Permission.of("s3:GetObject", "${Uploads.Arn}/*"),
                Permission.of("s3:GetObject", "${Uploads.Arn}/in/*")));
    }

    @Test
    void aConditionNarrows() {
        assertTrue(Coverage.includes(GET, GET.when("{\"Bool\":{\"aws:SecureTransport\":\"true\"}}")));
        assertFalse(Coverage.includes(GET.when("{\"Bool\":{\"aws:SecureTransport\":\"true\"}}"), GET));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'StringEquals':{'a':['x','y']}} | {'StringEquals':{'a':'x'}} | true",
                "{'StringEquals':{'a':'x'}} | {'StringEquals':{'a':['x','y']}} | false",
                "{'StringEquals':{'a':'x'}} | {'StringEquals':{'a':'x','b':'y'}} | true",
                "{'StringEquals':{'a':'x','b':'y'}} | {'StringEquals':{'a':'x'}} | false",
                "{'StringEquals':{'a':'x'}} | {'StringLike':{'a':'x'}} | false",
                "{'StringNotEquals':{'a':['x','y']}} | {'StringNotEquals':{'a':'x'}} | false",
                "{'StringNotEquals':{'a':['x','y']}} | {'StringNotEquals':{'a':['x','y']},'Bool':{'b':'true'}} | true",
                "{'Null':{'a':'true'}} | {'Null':{'a':'false'}} | false",
                "{'ForAllValues:StringEquals':{'a':['x','y']}} | {'ForAllValues:StringEquals':{'a':['x']}} | false"
            })
    void moreConditionsAndFewerValuesNarrow(String wide, String narrow, boolean included) {
        assertEquals(
                included, Coverage.includes(GET.when(wide.replace('\'', '"')), GET.when(narrow.replace('\'', '"'))));
    }

    @Test
    void aDenialIsNotAPermission() {
        assertFalse(Coverage.includes(GET, GET.denied()));
        assertFalse(Coverage.includes(GET.denied(), GET));
        assertTrue(Coverage.includes(GET.denied(), GET.denied()));
    }

    @Test
    void aManagedPolicyIsOnlyItself() {
        Permission managed = Permission.managedPolicy("arn:aws:iam::aws:policy/ReadOnlyAccess");

        assertTrue(Coverage.includes(managed, managed));
        assertFalse(Coverage.includes(Permission.of("*", "*"), managed));
        assertFalse(Coverage.includes(managed, GET));
    }
}
