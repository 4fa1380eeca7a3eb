package org.invoiceflow.loader.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {

  private static final String ROW = "1,a,d,1,12/31/2010 8:26,1,,x\n";
  private static final String JSON =
      "{\"InvoiceNo\":\"1\",\"LineNo\":%d,\"StockCode\":\"a\",\"Quantity\":1,"
          + "\"InvoiceDate\":\"2010-12-31T08:26\",\"UnitPrice\":1,\"Country\":\"x\"%s}";

  @TempDir private Path folder;

  @Test
  void several_gzip_files_in_one_are_read_to_the_end() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(TestFiles.gzip((TestFiles.HEADER + "\n" + ROW).getBytes(StandardCharsets.UTF_8)));
    all.write(TestFiles.gzip(ROW.repeat(10_000).getBytes(StandardCharsets.UTF_8)));
    all.write(TestFiles.gzip(ROW.getBytes(StandardCharsets.UTF_8)));
    Path file = Files.write(folder.resolve("f.csv.gz"), all.toByteArray());

    List<SourceLine> lines = lines(file);

    assertThat(lines).hasSize(10_002);
    assertThat(lines.get(10_001).result().line().map(InvoiceLine::lineNo)).contains(10_002);
  }

  @Test
  void what_follows_a_gzip_file_and_is_none_is_not_taken_for_its_end() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(TestFiles.gzip((TestFiles.HEADER + "\n" + ROW).getBytes(StandardCharsets.UTF_8)));
    all.write(ROW.getBytes(StandardCharsets.UTF_8));
    Path file = Files.write(folder.resolve("f.csv.gz"), all.toByteArray());

    assertThatThrownBy(() -> lines(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not gzip follows");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_data() throws IOException {
    String bom = "\ufeff";
    Path csv = Files.writeString(folder.resolve("f.csv"), bom + TestFiles.HEADER + "\n" + ROW);
    Path json = Files.writeString(folder.resolve("f.jsonl"), bom + JSON.formatted(1, ""));

    assertThat(accepted(csv)).hasSize(1);
    assertThat(accepted(json)).hasSize(1);
  }

  @Test
  void json_lines_are_counted_with_the_blank_ones() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("f"), JSON.formatted(1, "") + "\n\n  \n" + JSON.formatted(2, ""));

    assertThat(lines(file)).extracting(SourceLine::fileLine).containsExactly(1L, 4L);
  }

  @Test
  void an_array_on_a_line_is_as_many_lines() throws IOException {
    String array = "[" + JSON.formatted(2, "") + ", " + JSON.formatted(3, "") + "]";
    Path file = Files.writeString(folder.resolve("f"), JSON.formatted(1, "") + "\n" + array);

    List<SourceLine> lines = lines(file);

    assertThat(lines).extracting(SourceLine::fileLine).containsExactly(1L, 2L, 2L);
    assertThat(lines.get(2).row()).isEqualTo(JSON.formatted(3, ""));
  }

  @Test
  void a_line_that_names_its_own_file_keeps_it() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("f.jsonl"),
            JSON.formatted(1, ",\"SourceFile\":\"old.csv\"") + "\n" + JSON.formatted(2, ""));

    assertThat(accepted(file))
        .extracting(l -> l.sourceFile().orElse(""))
        .containsExactly("old.csv", "f.jsonl");
  }

  @Test
  void an_endless_line_is_refused_without_being_kept_and_the_next_one_is_read() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("f.jsonl"),
            "{\"Description\":\"" + "x".repeat(3_000_000) + "\"}\n" + JSON.formatted(1, ""));

    List<SourceLine> lines = lines(file);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).result().violations().get(0).rule()).isEqualTo(Rule.UNREADABLE);
    assertThat(lines.get(0).row()).hasSize(200);
    assertThat(lines.get(1).result().line()).isPresent();
  }

  @Test
  void an_endless_line_is_refused_also_if_it_is_mostly_blank() throws IOException {
    String blanks = " ".repeat(1 << 20);
    Path file =
        Files.writeString(
            folder.resolve("f.jsonl"),
            String.join(
                "\n", "{}" + blanks, " " + blanks, blanks + JSON.formatted(2, ""), blanks, "{}"));

    List<SourceLine> lines = lines(file);

    // The fourth is as long as a line may be, and blank.
    assertThat(lines).extracting(SourceLine::fileLine).containsExactly(1L, 2L, 3L, 5L);
    assertThat(lines.subList(0, 3))
        .allSatisfy(
            line ->
                assertThat(line.result().violations().get(0).message())
                    .isEqualTo("The line has more than 1048576 bytes"));
    assertThat(lines.get(0).row()).isEqualTo("{}");
  }

  @Test
  void what_is_no_file_of_invoices_is_refused_in_a_sentence() throws IOException {
    assertThatThrownBy(() -> SourceFile.of(Path.of("/dev/null")))
        .isInstanceOf(InputException.class)
        .hasMessage("/dev/null is no regular file; a file is read twice.");
    Path zip = TestFiles.write(folder, "archive.zip", "PK\u0003\u0004rest");
    assertThatThrownBy(() -> lines(zip))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a zip archive");
  }

  private static List<InvoiceLine> accepted(Path file) throws IOException {
    return lines(file).stream().flatMap(l -> l.result().line().stream()).toList();
  }

  private static List<SourceLine> lines(Path file) throws IOException {
    SourceFile source = SourceFile.of(file);
    List<SourceLine> lines = new ArrayList<>();
    try (LineSource in = source.lines(CsvOptions.detectAll())) {
      for (Optional<SourceLine> line = in.next(); line.isPresent(); line = in.next()) {
        lines.add(line.get());
      }
    }
    assertThat(source.bytesRead()).isEqualTo(source.size());
    return lines;
  }
}
