package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.RandomGenerator;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.Trial.Expected;
import org.invoiceflow.local.job.JobProperties;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.Arbitraries;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.invoiceflow.model.LineRules;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the rules let through, every store takes it and gives it back as it was sent: the
 * longest texts, the largest and smallest numbers, the first and the last second, every kind of
 * character.
 */
@ExtendWith(UnjudgedRuns.class)
class ExtremeLinesITCase {

  private static final int RANDOM_INVOICES = 60;

  /**
   * Texts that some reader or store takes for something else: for null, an end, a quote, a number.
   */
  private static final List<String> MARKERS =
      List.of(
          "\\N", "\\.", "\\", "\\\\N", "NULL", "null", "\"", "\"\"", "'", "''", ",", ";--", "0",
          "-0.0", "1E5", "NaN", "true", "{}", "[]", "%", "..", "#", "=1", "\u0085x", "\ufeffx",
          "a\nb");

  /** Lines of one item of the invoices view. */
  private static final int LINES_OF_A_PART = 100;

  /** Tries that jqwik would make: it changes nothing for values without edge cases. */
  private static final int GEN_SIZE = 1_000;

  @TempDir Path temp;

  static LongStream seeds() {
    return DisorderedStreamITCase.seeds();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void lines_at_every_limit_come_back_from_every_store_as_they_were_sent(long seed)
      throws Exception {
    Random random = new Random(seed);
    List<InvoiceLine> lines = extremeLines(random);
    List<List<InvoiceLine>> batches = Batches.mixed(lines, random);
    int half = batches.size() / 2;
    try (Trial trial = new Trial("extreme-lines", seed, temp)) {
      JobRun unused = trial.stream();
      trial.putAll(batches.subList(0, half));
      // Two live writers of one invoice are not what is tried here: docs/decisions/0010.
      trial.settle(Expected.onceEach(flat(batches.subList(0, half))));
      trial.upload("import/extreme.jsonl", jsonLines(batches.subList(half, batches.size())));
      trial.importing("import/").end();
      trial.judge("extreme lines", lines.size(), Expected.onceEach(lines));

      Endpoints rebuilt = Endpoints.of(trial.stores().s3()).or(SharedStandins.emptyStores());
      String bucket = "s3://" + trial.stores().s3().bucket();
      try (JobRun replay =
          JobRun.start(
              rebuilt,
              temp,
              JobProperties.replaying(rebuilt, bucket + "/raw/", bucket + "/again"))) {
        replay.end();
      }
      assertThat(StoredData.read(rebuilt)).isEqualTo(StoredData.read(trial.stores()));
    }
  }

  private static List<InvoiceLine> flat(List<List<InvoiceLine>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  /** Each line a record. */
  private static byte[] jsonLines(List<List<InvoiceLine>> batches) {
    return batches.stream()
        .map(LineJson::toJsonArray)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<InvoiceLine> extremeLines(Random random) {
    List<InvoiceLine> limits = Arbitraries.extremeLines();
    List<InvoiceLine> lines = new ArrayList<>(limits);
    lines.addAll(largestItem(limits));
    lines.addAll(markers(limits.get(0)));
    Set<String> invoices =
        lines.stream().map(InvoiceLine::invoiceNo).collect(Collectors.toCollection(HashSet::new));
    RandomGenerator<List<InvoiceLine>> generator = Arbitraries.invoice().generator(GEN_SIZE);
    for (int i = 0; i < RANDOM_INVOICES; i++) {
      List<InvoiceLine> invoice = generator.next(random).value();
      if (invoices.add(invoice.get(0).invoiceNo())) {
        lines.addAll(invoice);
      }
    }
    return lines;
  }

  /** Every text of a line is the marker, from the invoice's number to the country. */
  private static List<InvoiceLine> markers(InvoiceLine any) {
    return MARKERS.stream()
        .map(
            text ->
                any.toBuilder()
                    .invoiceNo(text)
                    .stockCode(text)
                    .description(text)
                    .customerId(text)
                    .country(text)
                    .build())
        .toList();
  }

  /** One part of an invoice, full of the longest lines. */
  private static List<InvoiceLine> largestItem(List<InvoiceLine> limits) {
    List<InvoiceLine> longest =
        limits.stream().filter(line -> line.lineNo() == LineRules.MAX_LINE_NO).toList();
    List<InvoiceLine> lines = new ArrayList<>();
    for (int lineNo = 1; lineNo <= LINES_OF_A_PART; lineNo++) {
      InvoiceLine line = longest.get(lineNo % longest.size());
      lines.add(line.toBuilder().invoiceNo("largest").lineNo(lineNo).customerId("largest").build());
    }
    return lines;
  }
}
