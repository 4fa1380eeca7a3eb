package org.invoiceflow.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Files that tests hand to the loader. */
public final class TestFiles {

  public static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

  public static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private TestFiles() {}

  /** The sample that the project ships. */
  public static Path sample() {
    return Path.of(System.getProperty("invoiceflow.root"), "data", "sample.csv");
  }

  /** A CSV file of the Kaggle dialect with these rows. */
  public static Path csv(Path folder, String name, String... rows) throws IOException {
    return write(folder, name, HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n");
  }

  public static Path write(Path folder, String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(WINDOWS_1252));
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  public static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
