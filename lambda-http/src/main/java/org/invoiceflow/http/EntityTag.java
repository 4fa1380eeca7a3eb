package org.invoiceflow.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Names a body by its content: equal tags mean equal bytes (RFC 9110, section 8.8.3). */
final class EntityTag {

  /** 128 bits: no two bodies share them by chance. */
  private static final int BYTES = 16;

  private EntityTag() {}

  /** A strong tag, in its quotes. */
  static String of(String body) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return '"'
          + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES))
          + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Whether the value of {@code If-None-Match} names the tag: alone, in a list, as a weak one, or
   * by {@code *}. Tags that are not ours may hold commas; cut up they still equal none of ours.
   */
  static boolean isAmong(String held, String tag) {
    return Arrays.stream(held.split(",", -1))
        .map(String::strip)
        .map(one -> one.startsWith("W/") ? one.substring(2) : one)
        .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }
}
