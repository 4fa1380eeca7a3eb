package org.invoiceflow.loader.send;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;

/** A line as it goes into a request; empty for a line that is not sent. */
final class Utf8Json {

  static final Utf8Json NONE = new Utf8Json(new byte[0]);

  private final byte[] bytes;

  private Utf8Json(byte[] bytes) {
    this.bytes = bytes;
  }

  static Utf8Json of(InvoiceLine line) {
    return new Utf8Json(LineJson.toJson(line).getBytes(StandardCharsets.UTF_8));
  }

  int length() {
    return bytes.length;
  }

  void appendTo(ByteArrayOutputStream out) {
    out.write(bytes, 0, bytes.length);
  }
}
