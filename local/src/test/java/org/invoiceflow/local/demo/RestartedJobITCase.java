package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.invoiceflow.local.console.ExitCode;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.faults.proxy.RefusingViews;
import org.invoiceflow.local.testing.SharedStandins;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DynamoDB refuses puts, and Flink restarts the job, which counts some lines again. */
class RestartedJobITCase {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"stream", "import"})
  void a_run_whose_job_was_restarted_is_balanced_if_the_stores_are(String mode) throws Exception {
    Endpoints stores = SharedStandins.emptyStores();
    try (RefusingViews views = new RefusingViews(stores.dynamoDb())) {
      DemoRun run =
          DemoRun.on(
              Endpoints.of(views.endpoint()).or(stores),
              temp,
              DemoProcess.root().resolve("data/sample.csv"),
              "--mode",
              mode);

      assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitCode.BALANCED);
      assertThat(run.out()).contains("Note: The job was restarted", "Every line is accounted for.");
      assertThat(views.hasStruck()).isTrue();
    }
  }
}
