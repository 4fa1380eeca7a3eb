package org.invoiceflow.loader.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.Test;

class StandardInputTest {

  private static final CsvOptions SAID =
      CsvOptions.detectAll()
          .withCharset(TestFiles.WINDOWS_1252)
          .withDateFormat(DateFormat.MONTH_FIRST);
  private static final String JSON =
      "{\"InvoiceNo\":\"1\",\"LineNo\":%d,\"StockCode\":\"a\",\"Quantity\":1,"
          + "\"InvoiceDate\":\"2010-12-31T08:26\",\"UnitPrice\":1,\"Country\":\"x\"}%n";

  @Test
  void a_stream_gives_the_lines_that_a_file_of_the_same_bytes_gives() throws IOException {
    byte[] sample = Files.readAllBytes(TestFiles.sample());
    assertThat(sample.length).isGreaterThan(StandardInput.START_BYTES);
    List<InvoiceLine> ofFile = read(SourceFile.of(TestFiles.sample()), CsvOptions.detectAll());

    assertThat(read(input(sample), SAID)).isEqualTo(ofFile).hasSize(5_000);
    assertThat(read(input(TestFiles.gzip(sample)), SAID)).isEqualTo(ofFile);
    assertThat(read(new StandardInput(new Trickle(sample, 7)), SAID)).isEqualTo(ofFile);
  }

  @Test
  void lines_name_standard_input_as_their_file() throws IOException {
    byte[] csv =
        (TestFiles.HEADER + "\n1,a,d,1,12/31/2010 8:26,1,,x").getBytes(StandardCharsets.UTF_8);

    assertThat(read(input(csv), SAID))
        .extracting(l -> l.sourceFile().orElse(""))
        .containsExactly("stdin");
  }

  @Test
  void json_lines_need_no_description() throws IOException {
    byte[] json = (JSON.formatted(1) + JSON.formatted(2)).getBytes(StandardCharsets.UTF_8);

    assertThat(read(input(json), CsvOptions.detectAll())).hasSize(2);
    assertThat(read(input(TestFiles.gzip(json)), CsvOptions.detectAll())).hasSize(2);
  }

  @Test
  void json_lines_are_known_also_if_a_pipe_gives_blanks_or_a_mark_first() throws IOException {
    for (String before : List.of("\n", "\ufeff", "\ufeff \r\n\n", " ".repeat(1_000))) {
      byte[] json = (before + JSON.formatted(1)).getBytes(StandardCharsets.UTF_8);
      for (int piece : new int[] {1, 3}) {
        InputStream in = new Trickle(json, piece);
        assertThat(read(new StandardInput(in), CsvOptions.detectAll())).as(before).hasSize(1);
      }
    }
  }

  @Test
  void csv_has_to_be_described() {
    byte[] csv =
        (TestFiles.HEADER + "\n1,a,d,1,12/31/2010 8:26,1,,x").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> input(csv).lines(CsvOptions.detectAll()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Standard input: ")
        .hasMessageContaining("--encoding and --date-format");
  }

  @Test
  void what_is_no_input_is_refused_in_a_sentence() {
    assertThatThrownBy(() -> input(new byte[0]).lines(SAID))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> input(" [{}]".getBytes(StandardCharsets.UTF_8)).lines(SAID))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Standard input holds a JSON array; write one JSON object on each line instead.");
  }

  private static StandardInput input(byte[] bytes) {
    return new StandardInput(new ByteArrayInputStream(bytes));
  }

  private static List<InvoiceLine> read(InvoiceInput input, CsvOptions options) throws IOException {
    List<InvoiceLine> lines = new ArrayList<>();
    try (LineSource in = input.lines(options)) {
      for (Optional<SourceLine> line = in.next(); line.isPresent(); line = in.next()) {
        lines.add(line.get().result().line().orElseThrow());
      }
    }
    return lines;
  }

  /** Gives a few bytes at a time, as a pipe may. */
  private static final class Trickle extends InputStream {
    private final InputStream in;
    private final int piece;

    Trickle(byte[] bytes, int piece) {
      this.in = new ByteArrayInputStream(bytes);
      this.piece = piece;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, Math.min(length, piece));
    }
  }
}
