package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.terraform.AppliedTerraform.list;
import static org.invoiceflow.local.terraform.StateMachine.object;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.invoiceflow.job.completion.CompletionRecord;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.sources.KinesisSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The property groups that Terraform gives the applications, read by the job itself. */
class JobPropertiesITCase {

  private static final String BUCKET = "s3://inv-000000000000-eu-central-1";

  @Test
  void the_stream_application_is_told_what_terraform_makes() throws Exception {
    JobConfig config = JobConfig.of(groups(AppliedTerraform.of("by_default"), "stream"));

    assertThat(config.mode()).isEqualTo(Mode.STREAM);
    assertThat(config.stream().map(KinesisSettings::stream)).hasValue("inv-lines");
    assertThat(config.viewTables().invoices()).isEqualTo("inv-invoices");
    assertThat(config.viewTables().customers()).isEqualTo("inv-customers");
    assertThat(config.lakeRoot()).isEqualTo(BUCKET);
    assertThat(config.warehouse())
        .hasValueSatisfying(
            warehouse -> {
              assertThat(warehouse.url()).startsWith("jdbc:redshift://inv.");
              assertThat(warehouse.stagingPath()).isEqualTo(BUCKET + "/staging");
            });
  }

  @Test
  void an_option_that_a_user_adds_reaches_the_job() throws Exception {
    JobConfig config =
        JobConfig.of(groups(AppliedTerraform.of("with_further_properties"), "stream"));

    assertThat(config.retention()).hasHours(48);
  }

  @Test
  void without_a_warehouse_the_job_is_told_so() throws Exception {
    JobConfig config = JobConfig.of(groups(AppliedTerraform.of("without_warehouse"), "stream"));

    assertThat(config.warehouse()).isEmpty();
  }

  @Test
  void the_import_application_can_be_started_before_its_first_run() throws Exception {
    JobConfig config = JobConfig.of(groups(AppliedTerraform.of("by_default"), "import"));

    assertThat(config.mode()).isEqualTo(Mode.IMPORT);
    assertThat(config.inputPath()).isEqualTo(BUCKET + "/import/");
    assertThat(config.runId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"by_default", "without_warehouse"})
  void a_run_of_the_state_machine_sets_what_the_job_understands(String run) throws Exception {
    AppliedTerraform terraform = AppliedTerraform.of(run);
    String path = BUCKET + "/import/2011.csv.gz";

    JobConfig config =
        JobConfig.of(
            afterRun(terraform, Map.of("path", path, "options", Map.of("encoding", "UTF-8"))));

    assertThat(config.mode()).isEqualTo(Mode.IMPORT);
    assertThat(config.inputPath()).isEqualTo(path);
    assertThat(config.runId()).hasValue("run-1");
    assertThat(config.viewTables().invoices()).isEqualTo("inv-invoices");
    assertThat(config.warehouse().isPresent()).isEqualTo(run.equals("by_default"));
  }

  @Test
  void a_replay_by_the_state_machine_is_one_to_the_job() throws Exception {
    JobConfig config =
        JobConfig.of(
            afterRun(
                AppliedTerraform.of("by_default"),
                Map.of("path", BUCKET + "/raw/", "mode", "replay")));

    assertThat(config.mode()).isEqualTo(Mode.REPLAY);
    assertThat(config.inputPath()).isEqualTo(BUCKET + "/raw/");
  }

  @Test
  void the_state_machine_looks_for_the_record_where_the_job_leaves_it() throws Exception {
    Map<String, Object> machine =
        AppliedTerraform.of("by_default").resource("module.imports.aws_sfn_state_machine.import");

    assertThat(String.valueOf(machine.get("definition")))
        .contains("'" + CompletionRecord.FOLDER + "/' & $run_id & '.json'");
  }

  /** What the application has after the machine has set a run. */
  private static Map<String, Properties> afterRun(
      AppliedTerraform terraform, Map<String, Object> input) {
    FakeImport application = new FakeImport();
    Map<String, Object> machine = terraform.resource("module.imports.aws_sfn_state_machine.import");

    new StateMachine(String.valueOf(machine.get("definition"))).run("run-1", input, application);

    Map<String, Properties> groups = new HashMap<>();
    application.groups.forEach((group, properties) -> groups.put(group, properties(properties)));
    return groups;
  }

  private static Map<String, Properties> groups(AppliedTerraform terraform, String application) {
    Map<String, Object> values =
        terraform.resource("module.job.aws_kinesisanalyticsv2_application." + application);
    Map<String, Object> configuration =
        object(list(values.get("application_configuration")).get(0));
    Map<String, Object> environment =
        object(list(configuration.get("environment_properties")).get(0));
    Map<String, Properties> groups = new HashMap<>();
    for (Object one : list(environment.get("property_group"))) {
      Map<String, Object> group = object(one);
      groups.put(
          String.valueOf(group.get("property_group_id")),
          properties(object(group.get("property_map"))));
    }
    return groups;
  }

  private static Properties properties(Map<String, Object> map) {
    Properties properties = new Properties();
    map.forEach((key, value) -> properties.setProperty(key, String.valueOf(value)));
    return properties;
  }
}
