package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.testing.SharedStandins;
import org.invoiceflow.local.testing.TruthAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The odd invoices of the real data, which hold one of each trap, through the whole pipeline. */
class SliceEdgeITCase {

  private static final int LINES = 439;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"stream", "import"})
  void every_store_holds_the_truth_also_if_the_file_is_sent_twice(String mode) throws Exception {
    Path file = TruthAssertions.dataFolder().resolve("slice_edge.csv");
    Endpoints stores = SharedStandins.absentStores();
    Path export = temp.resolve("not/there/yet");
    Path report = temp.resolve("report.json");

    DemoRun run =
        DemoRun.on(
            stores,
            temp,
            file,
            "--mode",
            mode,
            "--repeat",
            "2",
            "--create-missing",
            "--export",
            export,
            "--report",
            report);

    assertThat(run.out()).contains("Every line is accounted for.");
    assertThat(run.status()).isEqualTo(ExitCode.BALANCED);
    TruthAssertions.assertEqualsTruth(export, TruthAssertions.SLICE_EDGE);
    assertThat(Files.readString(report))
        .contains("\"mode\" : \"" + mode + "\"")
        .contains("\"balanced\" : true")
        .contains("\"sent\" : " + 2 * LINES)
        .contains("\"raw\" : " + 2 * LINES)
        .contains("\"duplicates_counted_by_job\" : " + LINES)
        .contains("\"duplicates_by_stores\" : " + LINES)
        .contains("\"duplicates_from_other_file\" : 0")
        .contains("\"rejected_in_job\" : 0")
        .contains("\"invoices_view\" : " + LINES)
        .contains("\"warehouse\" : " + LINES);
  }
}
