package dev.ashlar.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PermissionTest {
    private static final Permission READ = Permission.of("s3:GetObject", "${Uploads.Arn}/in/*");

    @Test
    void readsAsASentence() {
        assertEquals("s3:GetObject on ${Uploads.Arn}/in/*", READ.toString());
        assertEquals(
                "deny s3:GetObject on ${Uploads.Arn}/in/* when {\"Bool\":{}}",
                READ.denied().when("{\"Bool\":{}}").toString());
        assertEquals(
                "s3:GetObject on ${Uploads.Arn}/in/* by anyone when {}",
                READ.by("anyone").when("{}").toString());
        assertEquals(
                "managed policy arn:aws:iam::aws:policy/X",
                Permission.managedPolicy("arn:aws:iam::aws:policy/X").toString());
    }

    @Test
    void isEqualOnlyInAllParts() {
        assertEquals(READ, Permission.of("s3:GetObject", "${Uploads.Arn}/in/*"));
        assertEquals(
                READ.hashCode(),
                Permission.of("s3:GetObject", "${Uploads.Arn}/in/*").hashCode());
        assertNotEquals(READ, Permission.of("s3:PutObject", "${Uploads.Arn}/in/*"));
        assertNotEquals(READ, Permission.of("s3:GetObject", "${Uploads.Arn}/out/*"));
        assertNotEquals(READ, READ.denied());
        assertNotEquals(READ, READ.by("anyone"));
        assertEquals(READ.by("anyone"), READ.when("{}").by("anyone").withoutCondition());
        assertNotEquals(READ, READ.when("{}"));
        assertEquals(READ, READ.when("{}").withoutCondition());
    }

    @Test
    void givesItsParts() {
        Permission denied = READ.when("{}").denied();

        assertEquals("s3:GetObject", denied.getAction());
        assertEquals("${Uploads.Arn}/in/*", denied.getResource());
        assertEquals("{}", denied.getCondition());
        assertTrue(denied.isDenied());
        assertEquals("anyone", READ.by("anyone").denied().getPrincipal());
        assertNull(READ.getPrincipal());
        assertNull(READ.getCondition());
        assertFalse(READ.isDenied());
    }
}
