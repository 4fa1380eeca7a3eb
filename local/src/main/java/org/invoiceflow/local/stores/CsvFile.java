package org.invoiceflow.local.stores;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A CSV file that is being written; a failing disk is an {@link IOException}, as elsewhere. */
final class CsvFile implements Closeable {

  private final CsvWriter csv;

  CsvFile(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.LF)
            .build(folder.resolve(name), StandardCharsets.UTF_8);
  }

  void row(String... values) throws IOException {
    try {
      csv.writeRecord(values);
    } catch (UncheckedIOException e) {
      throw asChecked(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      csv.close();
    } catch (UncheckedIOException e) {
      throw asChecked(e);
    }
  }

  private static IOException asChecked(UncheckedIOException e) {
    return new IOException(e.getMessage(), e);
  }
}
