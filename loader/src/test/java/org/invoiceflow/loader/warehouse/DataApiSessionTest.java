package org.invoiceflow.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.model.warehouse.Dialect;
import org.invoiceflow.model.warehouse.SchemaMigration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.RedshiftDataException;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;

class DataApiSessionTest {

  private final FakeDataApi api = new FakeDataApi();
  private final List<Duration> pauses = new ArrayList<>();
  private final DataApiSession session =
      new DataApiSession(
          api,
          new DataApiTarget(
              Optional.of("shop"),
              Optional.empty(),
              "dev",
              Optional.of("arn:secret"),
              Optional.empty()),
          pauses::add);

  @Test
  void statements_run_as_one_batch_against_the_workgroup() throws Exception {
    session.run(List.of("A", "B"));
    BatchExecuteStatementRequest request = api.batches.get(0);
    assertThat(request.sqls()).containsExactly("A", "B");
    assertThat(request.workgroupName()).isEqualTo("shop");
    assertThat(request.clusterIdentifier()).isNull();
    assertThat(request.database()).isEqualTo("dev");
    assertThat(request.secretArn()).isEqualTo("arn:secret");
    assertThat(request.clientToken()).hasSize(36);
  }

  @Test
  void a_call_waits_until_the_statement_has_ended() throws Exception {
    api.state(StatusString.SUBMITTED, null);
    api.state(StatusString.STARTED, null);
    api.state(StatusString.FINISHED, null);
    session.run(List.of("A"));
    assertThat(pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
  }

  @Test
  void a_failed_statement_is_told_with_the_warehouses_reason() {
    api.state(StatusString.FAILED, "ERROR: relation \"x\" already exists");
    assertThatThrownBy(() -> session.run(List.of("A")))
        .hasMessage("ERROR: relation \"x\" already exists.");
  }

  @Test
  void an_aborted_statement_is_a_failure() {
    api.state(StatusString.ABORTED, null);
    assertThatThrownBy(() -> session.run(List.of("A"))).hasMessage("the statement was ABORTED.");
  }

  @Test
  void a_statement_without_end_is_given_up() {
    for (int i = 0; i < 400; i++) {
      api.state(StatusString.STARTED, null);
    }
    assertThatThrownBy(() -> session.run(List.of("A")))
        .hasMessageContaining("has not ended after 15 minutes");
    assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(3)) <= 0);
  }

  @Test
  void all_pages_of_a_result_are_read() throws Exception {
    api.pages.add(
        List.of(
            FakeDataApi.row(Field.fromLongValue(1L), Field.fromStringValue("a")),
            FakeDataApi.row(Field.fromLongValue(2L), Field.fromIsNull(true))));
    api.pages.add(List.of(FakeDataApi.row(Field.fromLongValue(3L), Field.fromStringValue("c"))));
    assertThat(session.query("SELECT 1"))
        .containsExactly(List.of("1", "a"), List.of("2", ""), List.of("3", "c"));
  }

  @Test
  void more_than_one_call_takes_is_refused_before_anything_is_run() {
    assertThatThrownBy(() -> session.run(Collections.nCopies(41, "A")))
        .hasMessageContaining("takes 40 statements");
    assertThatThrownBy(() -> session.run(List.of("A".repeat(100_001))))
        .hasMessageContaining("100 KB");
    assertThat(api.batches).isEmpty();
  }

  @Test
  void a_refusal_is_told_in_the_services_words() {
    api.refusal =
        RedshiftDataException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorMessage("No such workgroup.").build())
            .build();
    assertThatThrownBy(() -> session.run(List.of("A")))
        .hasMessage("The Redshift Data API refused: No such workgroup.");
  }

  @Test
  void absent_credentials_are_told_in_one_sentence() {
    api.refusal = SdkClientException.create("Unable to load credentials from any of ...");
    assertThatThrownBy(() -> session.query("A"))
        .hasMessage("There are no AWS credentials: set them as for the AWS command line.");
  }

  @Test
  void the_schema_is_applied_version_by_version() throws Exception {
    api.pages.add(List.of(FakeDataApi.row(Field.fromLongValue(0L))));
    new SchemaMigration(session, Dialect.REDSHIFT).migrate();
    assertThat(api.batches.get(0).sqls()).hasSize(1);
    assertThat(api.batches.get(1).sqls())
        .startsWith("LOCK invoice_schema_versions")
        .anyMatch(sql -> sql.endsWith("SORTKEY (invoice_date)"));
    assertThat(api.batches)
        .extracting(BatchExecuteStatementRequest::clientToken)
        .doesNotHaveDuplicates();
  }
}
