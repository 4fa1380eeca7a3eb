package org.invoiceflow.model.warehouse;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A user's password in the hashed form that both Redshift and PostgreSQL take in CREATE USER, so
 * that the password itself stands in no statement and no log. Whoever reads the hash could guess a
 * weak password or log in with a client made for it: take long random ones.
 *
 * @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html">CREATE USER</a>
 */
public final class PasswordHash {

  private final String text;

  private PasswordHash(String text) {
    this.text = text;
  }

  public static PasswordHash of(String user, String password) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5")
              .digest((password + user).getBytes(StandardCharsets.UTF_8));
      return new PasswordHash("md5" + String.format("%032x", new BigInteger(1, digest)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** Letters and digits alone. */
  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "***";
  }
}
