package org.invoiceflow.model;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum over lines that the truths of the public data set name. */
public final class CanonicalLines {

  private final MessageDigest digest;

  public CanonicalLines() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** SHA-256 over the lines in this order, in hexadecimal digits. */
  public static String sha256(Iterable<InvoiceLine> lines) {
    CanonicalLines canonical = new CanonicalLines();
    lines.forEach(canonical::add);
    return canonical.sha256();
  }

  /** Takes the next line. */
  public void add(InvoiceLine line) {
    String canonical =
        String.join(
            "\u001f",
            line.invoiceNo(),
            String.valueOf(line.lineNo()),
            line.stockCode(),
            line.description(),
            String.valueOf(line.quantity()),
            LineJson.formatDate(line.invoiceDate()),
            line.unitPrice().setScale(3, RoundingMode.UNNECESSARY).toPlainString(),
            line.customerId().orElse(""),
            line.country());
    digest.update((canonical + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Of the lines so far; starts anew. */
  public String sha256() {
    return String.format("%064x", new BigInteger(1, digest.digest()));
  }
}
