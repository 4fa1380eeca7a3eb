package org.invoiceflow.loader.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DataDialect;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample has the quirks of the public data set; the data set itself is read by the model. */
class DialectsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void the_loader_reads_the_same_lines_in_every_dialect(DataDialect dialect) throws IOException {
    Path copy = folder.resolve("copy.csv");
    try (InputStream in = Files.newInputStream(TestFiles.sample());
        OutputStream out = Files.newOutputStream(copy)) {
      dialect.write(in, out);
    }

    assertThat(lines(copy)).isEqualTo(lines(TestFiles.sample())).hasSize(5_000);
  }

  private static List<InvoiceLine> lines(Path file) throws IOException {
    List<InvoiceLine> lines = new ArrayList<>();
    try (LineSource in = SourceFile.of(file).lines(CsvOptions.detectAll())) {
      for (Optional<SourceLine> line = in.next(); line.isPresent(); line = in.next()) {
        lines.add(line.get().result().line().orElseThrow());
      }
    }
    return lines;
  }
}
