package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.invoiceflow.loader.generate.GenerateOptions;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.GeneratedFile;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.StoredData;
import org.invoiceflow.model.InvoiceLine;
import org.invoiceflow.model.LineJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever way the same lines take, the stores hold the same, value by value. */
class StreamAndImportITCase {

  private static final int LINES = 4_000;
  private static final long SEED = 20_261_122;

  @TempDir static Path temp;

  private static GeneratedFile file;
  private static StoredData imported;

  @BeforeAll
  static void import_a_generated_file() throws Exception {
    file = GeneratedFile.write(temp.resolve("generated.csv"), GenerateOptions.of(LINES, SEED));
    Endpoints stores = SharedStandins.emptyStores();

    DemoRun run = DemoRun.on(stores, temp, file.path(), "--mode", "import");

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
    imported = StoredData.read(stores);
    assertThat(imported.warehouse()).hasSize(LINES);
    assertThat(imported.invoices()).hasSizeGreaterThan(100);
    assertThat(imported.invoices().keySet())
        .as("an invoice of several parts")
        .anyMatch(key -> key.endsWith(" 0002"));
  }

  @Test
  void the_file_sent_by_the_loader_gives_the_same_items_and_rows() throws Exception {
    Endpoints stores = SharedStandins.emptyStores();

    DemoRun run = DemoRun.on(stores, temp, file.path(), "--mode", "stream");

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
    assertSame(StoredData.read(stores));
  }

  @Test
  void shuffled_repeated_and_split_records_give_the_same_items_and_rows() throws Exception {
    Random random = new Random(SEED);
    List<Batch> batches = batches(random);
    Endpoints stores = SharedStandins.emptyStores();
    int sent = batches.stream().mapToInt(batch -> batch.lines().size()).sum();
    assertThat(sent).isGreaterThan(LINES);

    try (RunningStream stream =
        RunningStream.start(stores, Files.createDirectory(temp.resolve("shuffled")))) {
      for (Batch batch : batches) {
        stream.put(
            batch.invoiceNo(),
            LineJson.toJsonArray(batch.lines()).getBytes(StandardCharsets.UTF_8));
      }
      stream.awaitLines(sent, LINES);
      stream.assertNeverFailed();
    }

    assertSame(StoredData.read(stores));
  }

  private static void assertSame(StoredData streamed) {
    assertThat(streamed.invoices()).isEqualTo(imported.invoices());
    assertThat(streamed.customers()).isEqualTo(imported.customers());
    assertThat(streamed.warehouse()).isEqualTo(imported.warehouse());
  }

  /** One record: lines of one invoice. */
  private record Batch(String invoiceNo, List<InvoiceLine> lines) {}

  /** Each invoice's lines shuffled and cut anywhere; every fifth record twice; all mixed. */
  private static List<Batch> batches(Random random) {
    List<Batch> batches = new ArrayList<>();
    file.byInvoice()
        .forEach(
            (invoiceNo, lines) -> {
              Collections.shuffle(lines, random);
              int from = 0;
              while (from < lines.size()) {
                int to = Math.min(lines.size(), from + 1 + random.nextInt(40));
                Batch batch = new Batch(invoiceNo, lines.subList(from, to));
                batches.add(batch);
                if (random.nextInt(5) == 0) {
                  batches.add(batch);
                }
                from = to;
              }
            });
    Collections.shuffle(batches, random);
    return batches;
  }
}
