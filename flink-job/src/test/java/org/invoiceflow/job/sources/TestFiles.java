package org.invoiceflow.job.sources;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** What tests read. */
final class TestFiles {

  static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n";

  private TestFiles() {}

  /** A row of which every date can only be month first. */
  static String row(String invoiceNo, int quantity) {
    return invoiceNo
        + ",85123A,\"HOLDER, \"\"WHITE\"\"\","
        + quantity
        + ",12/13/2010 8:26,2.55,17850,EIRE\r\n";
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static org.apache.flink.core.fs.Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return new org.apache.flink.core.fs.Path(file.toUri());
  }
}
