package org.invoiceflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The public data set against the truths that were computed from it by other programs. */
class RealDataTest {

  private static final Path DATA =
      Path.of(System.getProperty("invoiceflow.root"), "../shared/data");

  @TempDir private Path folder;

  @BeforeAll
  static void needs_the_data() {
    assumeTrue(Files.isDirectory(DATA), "skipped: the real data is not there, see shared/data");
  }

  @Test
  void the_full_file_is_read_exactly() throws IOException {
    List<InvoiceLine> lines = readAll("online_retail.csv.gz", "windows-1252");
    assertThat(lines).hasSize(541_909);
    assertThat(total(lines)).isEqualByComparingTo("9747747.934");
    assertThat(lines.stream().flatMap(line -> line.customerId().stream()).distinct())
        .hasSize(4_372);
    assertEqualsTruths(lines, "truth_totals.json.gz", "truth_invoices.csv.gz");
  }

  @Test
  void the_slice_of_two_weeks_is_read_exactly() throws IOException {
    List<InvoiceLine> lines = readAll("slice.csv.gz", "UTF-8");
    assertThat(lines).hasSize(31_102);
    assertThat(total(lines)).isEqualByComparingTo("530356.910");
    assertEqualsTruths(lines, "truth_slice_totals.json.gz", "truth_slice_invoices.csv.gz");
  }

  @Test
  void the_slice_of_quirks_is_read_exactly() throws IOException {
    List<InvoiceLine> lines = readAll("slice_edge.csv", "windows-1252");
    assertThat(lines).hasSize(439);
    assertThat(total(lines)).isEqualByComparingTo("-5423.228");
    assertEqualsTruths(
        lines, "truth_slice_edge_totals.json.gz", "truth_slice_edge_invoices.csv.gz");
  }

  /** The copies that users bring; the smaller file is read in the other ways, too. */
  @ParameterizedTest
  @EnumSource(names = {"DAY_FIRST_DASHED", "LATER_EDITION"})
  void the_full_file_in_other_dialects_is_the_same(DataDialect dialect) throws IOException {
    assertSameLines(dialect, "online_retail.csv.gz", "truth_totals.json.gz");
  }

  @ParameterizedTest
  @EnumSource
  void the_slice_of_quirks_is_the_same_in_every_dialect(DataDialect dialect) throws IOException {
    assertSameLines(dialect, "slice_edge.csv", "truth_slice_edge_totals.json.gz");
  }

  private void assertSameLines(DataDialect dialect, String file, String totals) throws IOException {
    Path copy = folder.resolve("copy.csv");
    try (InputStream in = open(file);
        OutputStream out = Files.newOutputStream(copy)) {
      dialect.write(in, out);
    }
    CsvDialect detected =
        CsvDetector.detect(() -> Files.newInputStream(copy), CsvOptions.detectAll());
    CsvRowParser parser = new CsvRowParser(detected);
    CanonicalLines lines = new CanonicalLines();
    try (CsvReader reader = new CsvReader(Files.newInputStream(copy), detected)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        LineResult result = parser.parse(row.get().bytes(), row.get().lineNo(), "copy.csv");
        lines.add(result.line().orElseThrow());
      }
    }
    try (InputStream in = open(totals)) {
      String truth = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(lines.sha256()).isEqualTo(value(truth, "sha256_file_order"));
    }
  }

  @Test
  void rows_of_an_interrupted_invoice_are_numbered_on() throws IOException {
    List<InvoiceLine> lines = readAll("slice_edge.csv", "windows-1252");
    List<String> around =
        lines.stream()
            .map(InvoiceLine::invoiceNo)
            .filter(number -> number.equals("542806") || number.equals("C542805"))
            .collect(Collectors.toList());
    assertThat(around).startsWith("542806").endsWith("542806").contains("C542805");
    List<Integer> numbers =
        lines.stream()
            .filter(line -> line.invoiceNo().equals("542806"))
            .map(InvoiceLine::lineNo)
            .collect(Collectors.toList());
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(i + 1);
    }
  }

  private static List<InvoiceLine> readAll(String file, String charset) throws IOException {
    CsvDialect dialect = CsvDetector.detect(() -> open(file), CsvOptions.detectAll());
    assertThat(dialect.charset()).isEqualTo(Charset.forName(charset));
    assertThat(dialect.dateFormat()).isEqualTo(DateFormat.MONTH_FIRST);
    CsvRowParser parser = new CsvRowParser(dialect);
    List<InvoiceLine> lines = new ArrayList<>();
    try (CsvReader reader = new CsvReader(open(file), dialect)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        LineResult result = parser.parse(row.get().bytes(), row.get().lineNo(), file);
        assertThat(result.violations()).isEmpty();
        lines.add(result.line().orElseThrow());
        assertThat(row.get().fileLine()).isEqualTo(lines.size() + 1);
      }
    }
    return lines;
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = Files.newInputStream(DATA.resolve(file));
    return file.endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private static BigDecimal total(List<InvoiceLine> lines) {
    return lines.stream().map(InvoiceLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static void assertEqualsTruths(List<InvoiceLine> lines, String totals, String invoices)
      throws IOException {
    try (InputStream in = open(totals)) {
      String truth = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(CanonicalLines.sha256(lines)).isEqualTo(value(truth, "sha256_file_order"));
      List<InvoiceLine> sorted = new ArrayList<>(lines);
      sorted.sort(
          Comparator.comparing(InvoiceLine::invoiceNo).thenComparingInt(InvoiceLine::lineNo));
      assertThat(CanonicalLines.sha256(sorted))
          .isEqualTo(value(truth, "sha256_sorted_by_invoice_then_ordinal"));
    }
    assertThat(summaries(lines)).isEqualTo(truths(invoices));
  }

  private static String value(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": \"([0-9a-f]+)\"").matcher(json);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  private static String threeDecimals(BigDecimal value) {
    return value.setScale(3, RoundingMode.UNNECESSARY).toPlainString();
  }

  /** In the form of the truth file, without its last two columns. */
  private static Map<String, String> summaries(List<InvoiceLine> lines) {
    Map<String, List<InvoiceLine>> byInvoice =
        lines.stream()
            .collect(
                Collectors.groupingBy(
                    InvoiceLine::invoiceNo, LinkedHashMap::new, Collectors.toList()));
    Map<String, String> summaries = new LinkedHashMap<>();
    byInvoice.forEach(
        (number, of) -> {
          InvoiceSummary summary = InvoiceSummary.of(of);
          summaries.put(
              number,
              String.join(
                  ",",
                  summary.customerId().orElse(""),
                  LineJson.formatDate(summary.date()),
                  String.valueOf(summary.lineCount()),
                  String.valueOf(summary.units()),
                  threeDecimals(summary.total()),
                  summary.country()));
        });
    return summaries;
  }

  private static Map<String, String> truths(String file) {
    Map<String, String> truths = new LinkedHashMap<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      in.lines()
          .skip(1)
          .map(row -> row.split(",", -1))
          .forEach(
              cells ->
                  truths.put(
                      cells[0],
                      String.join(
                          ",", cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return truths;
  }
}
