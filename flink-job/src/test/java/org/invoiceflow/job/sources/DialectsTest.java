package org.invoiceflow.job.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.job.intake.ReceivedRecord;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.DataDialect;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The import reads what the loader reads; the sample has the quirks of the public data set. */
class DialectsTest {

  private static final Path SAMPLE =
      Path.of(System.getProperty("invoiceflow.root"), "data", "sample.csv");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void the_import_reads_the_same_lines_in_every_dialect(DataDialect dialect) throws IOException {
    assertThat(lines(dialect)).isEqualTo(lines(DataDialect.ORIGINAL)).hasSize(5_000);
  }

  private List<InvoiceLine> lines(DataDialect dialect) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(SAMPLE)) {
      dialect.write(in, copy);
    }
    List<InvoiceLine> lines = new ArrayList<>();
    InvoiceFileOpener opener = new InvoiceFileOpener(CsvOptions.detectAll());
    try (RecordReader records =
        opener.open(TestFiles.write(folder.resolve("copy.csv"), copy.toByteArray()))) {
      for (Optional<ReceivedRecord> next = records.next();
          next.isPresent();
          next = records.next()) {
        ReceivedRecord record = next.get();
        CsvRowParser parser = new CsvRowParser(CsvDialect.parse(record.format()));
        lines.add(parser.parse(record.payload(), record.lineNo(), "").line().orElseThrow());
      }
    }
    return lines;
  }
}
