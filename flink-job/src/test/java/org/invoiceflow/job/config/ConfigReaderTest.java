package org.invoiceflow.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

  private final Map<String, Properties> groups = new TreeMap<>();

  ConfigReaderTest() {
    set("job", "mode", "import");
    set("source", "path", "s3://bucket/import/");
    set("views", "region", "eu-central-1");
    set("views", "invoices.table", "invoices");
    set("views", "customers.table", "customers");
    set("lake", "root", "s3://bucket/");
    set("warehouse", "enabled", "false");
  }

  @Test
  void without_any_property_everything_that_is_needed_is_named_at_once() {
    groups.clear();

    assertThat(errors())
        .containsExactly(
            "Property mode of group job is missing; it is one of [stream, import, replay].",
            "Property root of group lake is missing; give it, for example s3://my-bucket.",
            "Property region of group views is missing; give it, for example eu-central-1.",
            "Property invoices.table of group views is missing; give it, for example invoices.",
            "Property customers.table of group views is missing; give it, for example customers.",
            "Property secret.arn of group warehouse or password must be given, and not both.",
            "Property url of group warehouse must be a JDBC address, for example"
                + " jdbc:redshift://host:5439/db.",
            "Property user of group warehouse is missing; give it, for example loader.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "job       | max.parallelism      | 0         | is '0'; it is a whole number from 1 to 32768",
        "job       | max.parallelism      | many      | is 'many'; it is a whole number from 1 to 32768",
        "job       | bounded.runtime.mode | automatic | is 'automatic'; it is one of [batch, streaming]",
        "source    | encoding             | utf-9     | is 'utf-9'; it is a charset such as UTF-8 or windows-1252",
        "source    | encoding             | UTF-16    | cannot be used: Charset UTF-16 is not supported; convert the file to UTF-8",
        "job       | run.id               | a/b       | is 'a/b'; it is 1 to 128 letters, digits, dots, hyphens and underscores",
        "source    | separator            | ;;        | is ';;'; it is one character, or the word tab",
        "source    | date.format          | american  | is 'american'; it is one of [iso, month-first, day-first, day-first-dashed, month-first-dashed]",
        "source    | start.at             | yesterday | is 'yesterday'; it is a time such as 2026-11-22T08:00:00Z",
        "source    | shard.discovery.ms   | 0         | is '0'; it is a whole number from 1 to 3600000",
        "source    | stream               | lines     | belongs to job mode stream; remove it or change the mode",
        "views     | endpoint             | localhost | is 'localhost'; it is an address such as http://127.0.0.1:8000",
        "views     | access.key.id        | key       | and secret.access.key belong together; give both or none",
        "views     | flush.delay.ms       | -1        | is '-1'; it is a whole number from 0 to 3600000",
        "views     | retention.hours      | 0         | is '0'; it is a whole number from 1 to 8784",
        "views     | invoice.table        | invoices  | is unknown; remove it or correct its name",
        "view      | region               | x         | is unknown; remove it or correct its name",
        "warehouse | enabled              | yes       | is 'yes'; it is true or false",
        "warehouse | load.interval.ms     | 1 s       | is '1 s'; it is a whole number from 0 to 86400000",
      })
  void a_wrong_option_gets_one_sentence(String group, String key, String value, String problem) {
    set(group, key, value);

    assertThat(errors())
        .containsExactly("Property " + key + " of group " + group + " " + problem + ".");
  }

  @Test
  void a_character_that_cannot_separate_columns_is_refused_with_those_that_can() {
    set("source", "separator", "a");

    assertThat(errors())
        .containsExactly(
            "Property separator of group source cannot be used: 'a' cannot separate columns; use a"
                + " comma, a semicolon, a tab or a pipe.");
  }

  @Test
  void a_misspelt_mode_does_not_make_the_sources_options_look_wrong() {
    set("job", "mode", "imprt");

    assertThat(errors())
        .containsExactly(
            "Property mode of group job is 'imprt'; it is one of [stream, import, replay].");
  }

  @Test
  void a_path_and_a_run_id_do_not_belong_to_a_stream() {
    set("job", "mode", "stream");
    set("job", "run.id", "history");
    set("source", "stream", "lines");
    set("source", "region", "eu-central-1");

    assertThat(errors())
        .containsExactly(
            "Property path of group source belongs to job modes import and replay; remove it or"
                + " change the mode.",
            "Property run.id of group job belongs to job modes import and replay; remove it or"
                + " change the mode.");
  }

  @Test
  void a_bounded_run_is_a_streaming_one_only_where_told() {
    assertThat(JobConfig.of(groups).runtimeMode()).isEqualTo(RuntimeExecutionMode.BATCH);

    set("job", "bounded.runtime.mode", "streaming");

    assertThat(JobConfig.of(groups).runtimeMode()).isEqualTo(RuntimeExecutionMode.STREAMING);
  }

  @Test
  void a_run_that_could_be_stopped_half_way_is_not_recorded_as_done() {
    set("job", "run.id", "history");
    set("job", "bounded.runtime.mode", "streaming");

    assertThat(errors())
        .containsExactly(
            "Property run.id of group job does not go with bounded.runtime.mode streaming, in which"
                + " a run that is stopped half-way would be recorded as done; remove one of them.");
  }

  @Test
  void a_warehouse_needs_an_address_a_user_and_one_password() {
    set("warehouse", "enabled", "true");
    set("warehouse", "url", "http://warehouse");
    set("warehouse", "password", "p");
    set("warehouse", "secret.arn", "arn:aws:secretsmanager:eu-central-1:1:secret:x");

    assertThat(errors())
        .containsExactly(
            "Property secret.arn of group warehouse or password must be given, and not both.",
            "Property url of group warehouse must be a JDBC address, for example"
                + " jdbc:redshift://host:5439/db.",
            "Property user of group warehouse is missing; give it, for example loader.");
  }

  @Test
  void a_secret_is_named_by_its_arn_and_what_stands_in_its_place_is_not_printed() {
    set("warehouse", "enabled", "true");
    set("warehouse", "url", "jdbc:redshift://host/db");
    set("warehouse", "user", "loader");
    set("warehouse", "secret.arn", "hidden-word");

    assertThat(errors())
        .containsExactly(
            "Property secret.arn of group warehouse is none; it begins with"
                + " arn:aws:secretsmanager: and holds a region.");
  }

  @Test
  void an_unknown_option_does_not_print_the_secrets_of_its_group() {
    set("warehouse", "password", "hidden-word");
    set("warehouse", "pasword", "hidden-word");

    assertThat(errors())
        .containsExactly(
            "Property pasword of group warehouse is unknown; remove it or correct its name.");
  }

  @Test
  void groups_of_the_service_itself_are_passed_over() {
    set("kinesis.analytics.flink.run.options", "python", "x");

    assertThat(JobConfig.of(groups).inputPath()).isEqualTo("s3://bucket/import/");
  }

  @Test
  void a_blank_option_counts_as_absent_and_white_space_around_a_value_does_not_count() {
    set("source", "encoding", "  ");
    set("source", "path", " s3://bucket/import/ ");

    assertThat(JobConfig.of(groups).inputPath()).isEqualTo("s3://bucket/import/");
    assertThat(JobConfig.of(groups).csvOptions().charset()).isEmpty();
  }

  @Test
  void lines_are_staged_below_the_lake_unless_another_place_is_given() {
    set("warehouse", "enabled", "true");
    set("warehouse", "url", "jdbc:redshift://host/db");
    set("warehouse", "user", "loader");
    set("warehouse", "password", "hidden-word");

    assertThat(JobConfig.of(groups).warehouse().orElseThrow().stagingPath())
        .isEqualTo("s3://bucket/staging");
    assertThat(JobConfig.of(groups).lakeRoot()).isEqualTo("s3://bucket");
  }

  @Test
  void no_secret_is_printed() {
    set("job", "mode", "stream");
    groups.remove("source");
    set("source", "stream", "lines");
    for (String group : List.of("source", "views")) {
      set(group, "region", "eu-central-1");
      set(group, "access.key.id", "AKIDEXAMPLE");
      set(group, "secret.access.key", "hidden-word");
    }
    set("warehouse", "enabled", "true");
    set("warehouse", "url", "jdbc:redshift://host/db?user=loader&password=hidden-word");
    set("warehouse", "user", "loader");
    set("warehouse", "password", "hidden-word");

    JobConfig config = JobConfig.of(groups);

    assertThat(
            List.of(
                config.toString(),
                config.stream().orElseThrow().toString(),
                config.viewTables().toString(),
                config.viewTables().access().toString(),
                config.warehouse().orElseThrow().toString(),
                WarehousePassword.fixed("hidden-word").toString()))
        .allSatisfy(text -> assertThat(text).contains("***").doesNotContain("hidden-word"));
  }

  @Test
  void the_password_is_the_text_field_of_that_name_in_the_secret() {
    assertThat(WarehousePassword.passwordIn("{\"username\":\"loader\",\"password\":\"p\\\"1\"}"))
        .isEqualTo("p\"1");
    assertThatThrownBy(() -> WarehousePassword.passwordIn("{\"password\":null}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The warehouse's secret has no text field password");
    assertThatThrownBy(() -> WarehousePassword.passwordIn("plain-hidden-word"))
        .hasMessage("The warehouse's secret is no JSON object")
        .hasStackTraceContaining("unreadable secret")
        .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain("hidden"));
  }

  @Test
  void a_file_that_is_absent_or_of_another_form_gets_one_sentence(@TempDir Path folder)
      throws IOException {
    Path absent = folder.resolve("absent.json");
    assertThatThrownBy(() -> RuntimeProperties.ofFile(absent))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Configuration file " + absent + " does not exist or cannot be read.");

    Path broken = Files.writeString(folder.resolve("broken.json"), "{");
    assertThatThrownBy(() -> RuntimeProperties.ofFile(broken))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "Configuration file " + broken + " is no JSON array of PropertyGroupId and PropertyMap")
        .message()
        .hasLineCount(1);
  }

  @Test
  void wrong_arguments_are_answered_with_the_right_ones() {
    assertThatThrownBy(() -> RuntimeProperties.forArguments(new String[] {"--conf", "x"}))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Usage: --config FILE, or no argument on Managed Service for Apache Flink.");
    assertThatThrownBy(() -> RuntimeProperties.forArguments(new String[0]))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "There are no runtime properties; set the application's property groups, or give"
                + " --config FILE.");
  }

  private void set(String group, String key, String value) {
    groups.computeIfAbsent(group, g -> new Properties()).setProperty(key, value);
  }

  private List<String> errors() {
    return catchThrowableOfType(ConfigException.class, () -> JobConfig.of(groups))
        .getMessage()
        .lines()
        .collect(Collectors.toList());
  }
}
