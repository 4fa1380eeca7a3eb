package org.invoiceflow.loader.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.invoiceflow.loader.TestFiles;
import org.invoiceflow.model.CsvDetector;
import org.invoiceflow.model.CsvDialect;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.CsvReader;
import org.invoiceflow.model.CsvRow;
import org.invoiceflow.model.CsvRowParser;
import org.invoiceflow.model.DateFormat;
import org.invoiceflow.model.InvoiceKind;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

  @Test
  void the_sample_is_what_its_command_makes() throws IOException {
    assertThat(generate(GenerateOptions.of(5_000, 1)))
        .isEqualTo(Files.readAllBytes(TestFiles.sample()));
  }

  @Test
  void another_seed_makes_other_invoices() throws IOException {
    assertThat(generate(GenerateOptions.of(100, 2)))
        .isNotEqualTo(generate(GenerateOptions.of(100, 3)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 100, 12_345})
  void there_are_exactly_as_many_rows_as_asked_for(long lines) throws IOException {
    assertThat(read(generate(GenerateOptions.of(lines, 5)))).hasSize((int) lines);
  }

  @Test
  void it_is_written_as_the_kaggle_file_is() throws IOException {
    byte[] bytes = generate(GenerateOptions.of(2_000, 4));
    CsvDialect dialect = dialect(bytes);
    assertThat(dialect.charset()).isEqualTo(TestFiles.WINDOWS_1252);
    assertThat(dialect.dateFormat()).isEqualTo(DateFormat.MONTH_FIRST);
    String text = new String(bytes, TestFiles.WINDOWS_1252);
    assertThat(text).startsWith(TestFiles.HEADER + "\r\n").endsWith("\r\n");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(text).contains("\"PAPER FAN,COAL GREY\"", "\"PAPER GARLAND 36\"\"GREY\"");
  }

  @Test
  void rows_stand_in_the_order_of_time_and_inside_the_days_asked_for() throws IOException {
    LocalDate start = LocalDate.of(2025, 3, 1);
    List<InvoiceLine> lines = read(generate(new GenerateOptions(5_000, 1, start, 30, 42)));

    assertThat(lines).extracting(InvoiceLine::invoiceDate).isSorted();
    assertThat(lines)
        .allMatch(
            l ->
                !l.invoiceDate().toLocalDate().isBefore(start)
                    && l.invoiceDate().toLocalDate().isBefore(start.plusDays(30)));
    assertThat(lines.get(0).invoiceNo()).isEqualTo("42");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 99, -7, Long.MAX_VALUE})
  void every_quirk_stands_in_two_thousand_lines_of_any_seed(long seed) throws IOException {
    List<InvoiceLine> lines = read(generate(GenerateOptions.of(2_000, seed)));
    Map<String, List<InvoiceLine>> invoices = new LinkedHashMap<>();
    lines.forEach(l -> invoices.computeIfAbsent(l.invoiceNo(), k -> new ArrayList<>()).add(l));

    anyLine(lines, l -> kind(l) == InvoiceKind.CANCELLATION && l.quantity() < 0);
    anyLine(lines, l -> kind(l) == InvoiceKind.ADJUSTMENT && l.unitPrice().signum() < 0);
    anyLine(lines, l -> l.customerId().isEmpty() && l.quantity() > 0);
    anyLine(lines, l -> isWriteOff(l) && l.quantity() < 0);
    anyLine(lines, l -> l.unitPrice().signum() == 0 && l.customerId().isPresent());
    anyLine(lines, l -> l.unitPrice().scale() == 3);
    anyLine(lines, l -> l.description().contains("\u00a3"));
    anyLine(lines, l -> l.description().startsWith(" "));
    anyLine(lines, l -> l.stockCode().contains(" "));
    anyLine(lines, l -> l.quantity() > 30_000);
    anyInvoice(invoices, i -> distinct(i, InvoiceLine::invoiceDate).size() == 2);
    anyInvoice(invoices, GeneratorTest::hasCaseTwins);
    anyInvoice(invoices, GeneratorTest::hasTwoPrices);
    anyInvoice(invoices, i -> distinct(i, GeneratorTest::content).size() <= i.size() - 19);
    anyInvoice(invoices, i -> i.size() >= 250);
    assertThat(customersWithTwoCountries(lines)).isNotEmpty();
    assertThat(runsOf(lines)).isGreaterThan(invoices.size());
    assertThat(invoices.values()).allMatch(i -> distinct(i, InvoiceLine::customerId).size() == 1);
  }

  @Test
  void shares_are_near_those_of_the_real_file() throws IOException {
    List<InvoiceLine> lines = read(generate(GenerateOptions.of(200_000, 1)));
    double all = lines.size();
    long invoices = lines.stream().map(InvoiceLine::invoiceNo).distinct().count();

    assertThat(all / invoices).isBetween(18.0, 25.0);
    assertThat(count(lines, l -> l.customerId().isEmpty()) / all).isBetween(0.2, 0.3);
    assertThat(count(lines, l -> l.quantity() < 0) / all).isBetween(0.01, 0.03);
    assertThat(count(lines, l -> l.country().equals("United Kingdom")) / all).isBetween(0.85, 0.95);
    assertThat(count(lines, l -> !l.description().strip().equals(l.description())) / all)
        .isBetween(0.15, 0.25);
    assertThat(distinct(lines, GeneratorTest::content).size() / all).isBetween(0.97, 0.995);
  }

  @Test
  void options_out_of_range_are_refused_in_a_sentence() {
    assertThatThrownBy(() -> GenerateOptions.of(0, 1))
        .hasMessage("The number of lines must be at least 1, but is 0");
    assertThatThrownBy(() -> new GenerateOptions(1, 1, LocalDate.of(2024, 1, 1), 0, 1))
        .hasMessageContaining("days");
    assertThatThrownBy(() -> new GenerateOptions(1, 1, LocalDate.of(1, 1, 1), 1, 1))
        .hasMessageContaining("start");
    assertThatThrownBy(() -> new GenerateOptions(1, 1, LocalDate.of(2024, 1, 1), 1, 0))
        .hasMessageContaining("first invoice");
  }

  @Test
  void a_shop_that_is_closed_all_the_time_sells_all_the_same() throws IOException {
    LocalDate saturday = LocalDate.of(2024, 3, 30);
    List<InvoiceLine> lines = read(generate(new GenerateOptions(50, 1, saturday, 1, 1)));

    assertThat(lines).allMatch(l -> l.invoiceDate().toLocalDate().equals(saturday));
  }

  private static byte[] generate(GenerateOptions options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Generator(options).writeTo(out);
    return out.toByteArray();
  }

  private static CsvDialect dialect(byte[] csv) throws IOException {
    CsvOptions monthFirst = CsvOptions.detectAll().withDateFormat(DateFormat.MONTH_FIRST);
    return CsvDetector.detect(() -> new ByteArrayInputStream(csv), monthFirst);
  }

  private static List<InvoiceLine> read(byte[] csv) throws IOException {
    CsvDialect dialect = dialect(csv);
    CsvRowParser parser = new CsvRowParser(dialect);
    List<InvoiceLine> lines = new ArrayList<>();
    try (CsvReader reader = new CsvReader(new ByteArrayInputStream(csv), dialect)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        lines.add(
            parser.parse(row.get().bytes(), row.get().lineNo(), "g.csv").line().orElseThrow());
      }
    }
    return lines;
  }

  private static InvoiceKind kind(InvoiceLine line) {
    return InvoiceKind.ofInvoiceNo(line.invoiceNo());
  }

  private static boolean isWriteOff(InvoiceLine line) {
    return line.unitPrice().signum() == 0 && line.customerId().isEmpty();
  }

  /** A line but for its number. */
  private static InvoiceLine content(InvoiceLine line) {
    return line.toBuilder().lineNo(1).build();
  }

  private static boolean hasCaseTwins(List<InvoiceLine> invoice) {
    Set<String> codes = distinct(invoice, InvoiceLine::stockCode);
    return codes.stream()
        .anyMatch(
            c ->
                !c.equals(c.toUpperCase(Locale.ROOT))
                    && codes.contains(c.toUpperCase(Locale.ROOT)));
  }

  private static boolean hasTwoPrices(List<InvoiceLine> invoice) {
    return distinct(invoice, l -> l.stockCode() + " " + l.unitPrice()).size()
        > distinct(invoice, InvoiceLine::stockCode).size();
  }

  private static Set<String> customersWithTwoCountries(List<InvoiceLine> lines) {
    Map<String, Set<String>> countries = new HashMap<>();
    for (InvoiceLine line : lines) {
      line.customerId()
          .ifPresent(c -> countries.computeIfAbsent(c, k -> new HashSet<>()).add(line.country()));
    }
    countries.values().removeIf(c -> c.size() < 2);
    return countries.keySet();
  }

  /** Number of runs of rows of one invoice; more than invoices if one is interrupted. */
  private static int runsOf(List<InvoiceLine> lines) {
    int runs = 0;
    String last = "";
    for (InvoiceLine line : lines) {
      runs += line.invoiceNo().equals(last) ? 0 : 1;
      last = line.invoiceNo();
    }
    return runs;
  }

  private static <T> Set<T> distinct(
      Collection<InvoiceLine> lines, java.util.function.Function<InvoiceLine, T> value) {
    return lines.stream().map(value).collect(Collectors.toSet());
  }

  private static long count(List<InvoiceLine> lines, Predicate<InvoiceLine> which) {
    return lines.stream().filter(which).count();
  }

  private static void anyLine(List<InvoiceLine> lines, Predicate<InvoiceLine> which) {
    assertThat(lines).anyMatch(which);
  }

  private static void anyInvoice(
      Map<String, List<InvoiceLine>> invoices, Predicate<List<InvoiceLine>> which) {
    assertThat(invoices.values().stream().anyMatch(which)).isTrue();
  }
}
