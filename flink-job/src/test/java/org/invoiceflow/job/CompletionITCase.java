package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.invoiceflow.job.completion.CompletionRecord;
import org.invoiceflow.job.testing.GraphRun;
import org.invoiceflow.job.testing.MemoryRecords;
import org.invoiceflow.job.testing.MemoryStores;
import org.invoiceflow.job.testing.RandomInvoices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The record that a bounded run leaves when it is done, and only then. */
class CompletionITCase {

  private static final String RUN = "history-2011";

  @RegisterExtension static final MiniClusterExtension CLUSTER = GraphRun.cluster();

  @TempDir private Path lake;

  private final MemoryStores stores = new MemoryStores();

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void a_run_that_has_ended_is_recorded(RuntimeExecutionMode mode) throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    run(mode, stores.all());

    String json = Files.readString(record());
    String known =
        "{\"run_id\":\"history-2011\",\"mode\":\"import\",\"source\":\"s3://b/in/\",\"finished_at\":\"";
    assertThat(json).startsWith(known).endsWith("\"}");
    assertThat(Instant.parse(json.substring(known.length(), json.length() - 2)))
        .isBetween(before, Instant.now());
  }

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void a_run_that_fails_is_not_recorded(RuntimeExecutionMode mode) {
    stores.failOnceAtWrite(1);

    assertThatThrownBy(() -> run(mode, stores.all()))
        .hasRootCauseMessage("the test lets this write fail");

    assertThat(record()).doesNotExist();
  }

  @Test
  void a_record_that_cannot_be_written_fails_the_run() throws IOException {
    Files.writeString(lake.resolve("runs"), "a file in the folder's place");

    assertThatThrownBy(() -> run(RuntimeExecutionMode.BATCH, stores.all()))
        .hasStackTraceContaining("Failed to finalize execution on master");
  }

  private void run(RuntimeExecutionMode mode, Stores all) throws Exception {
    GraphRun.in(mode)
        .run(
            MemoryRecords.of(RandomInvoices.of(3).records()),
            all.withCompletion(
                CompletionRecord.of(lake.toUri().toString(), RUN, "import", "s3://b/in/")));
  }

  private Path record() {
    return lake.resolve("runs").resolve(RUN + ".json");
  }
}
