package org.invoiceflow.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.invoiceflow.job.config.JobConfig.Mode;
import org.invoiceflow.job.sources.KinesisSettings;
import org.invoiceflow.job.warehouse.WarehouseSettings;
import org.invoiceflow.model.CsvOptions;
import org.invoiceflow.model.DateFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples that ship with the job say what the reader understands. */
class ExampleConfigsTest {

  private static final String STREAM = "example-stream.json";
  private static final String IMPORT = "example-import.json";
  private static final String REPLAY = "example-replay.json";

  @Test
  void the_example_of_a_stream_is_read_option_by_option() throws URISyntaxException {
    JobConfig config = JobConfig.of(groups(STREAM));

    assertThat(config.mode()).isEqualTo(Mode.STREAM);
    assertThat(config.runtimeMode()).isEqualTo(RuntimeExecutionMode.STREAMING);
    assertThat(config.maxParallelism()).isEqualTo(256);
    assertThat(config.runId()).isEmpty();
    assertThat(config.inputPath()).isEmpty();
    KinesisSettings stream = config.stream().orElseThrow();
    assertThat(stream.stream()).isEqualTo("invoice-lines");
    assertThat(stream.access().region()).isEqualTo("eu-central-1");
    assertThat(stream.access().endpoint()).isEmpty();
    assertThat(stream.startAt()).contains(Instant.parse("2026-11-22T08:00:00Z"));
    assertThat(stream.pollInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(stream.shardDiscoveryInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.viewTables().access().region()).isEqualTo("eu-central-1");
    assertThat(config.viewTables().invoices()).isEqualTo("invoices");
    assertThat(config.viewTables().customers()).isEqualTo("customers");
    assertThat(config.flushDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(2));
    assertThat(config.lakeRoot()).isEqualTo("s3://my-bucket/lake");
    WarehouseSettings warehouse = config.warehouse().orElseThrow();
    assertThat(warehouse.url()).startsWith("jdbc:redshift://my-workgroup.");
    assertThat(warehouse.user()).isEqualTo("loader");
    assertThat(warehouse.iamRole())
        .contains("arn:aws:iam::123456789012:role/warehouse-reads-staging");
    assertThat(warehouse.stagingPath()).isEqualTo("s3://my-bucket/staging");
    assertThat(warehouse.loadInterval()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void the_example_of_an_import_is_read_option_by_option() throws URISyntaxException {
    JobConfig config = JobConfig.of(groups(IMPORT));

    assertThat(config.mode()).isEqualTo(Mode.IMPORT);
    assertThat(config.runtimeMode()).isEqualTo(RuntimeExecutionMode.BATCH);
    assertThat(config.maxParallelism()).isEqualTo(128);
    assertThat(config.stream()).isEmpty();
    assertThat(config.runId()).contains("history-2011");
    assertThat(config.inputPath()).isEqualTo("s3://my-bucket/import/2011-*/*.csv.gz");
    CsvOptions csv = config.csvOptions();
    assertThat(csv.charset()).contains(Charset.forName("windows-1252"));
    assertThat(csv.separator()).contains('\t');
    assertThat(csv.dateFormat()).contains(DateFormat.MONTH_FIRST);
    assertThat(config.viewTables().access().endpoint())
        .contains(URI.create("http://127.0.0.1:8000"));
    assertThat(config.viewTables().access().connectorProperties())
        .containsEntry("aws.credentials.provider.basic.accesskeyid", "local")
        .containsEntry("aws.credentials.provider.basic.secretkey", "not-a-secret");
    assertThat(config.flushDelay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.retention()).isEqualTo(Duration.ofHours(24));
    WarehouseSettings warehouse = config.warehouse().orElseThrow();
    assertThat(warehouse.stagingPath()).isEqualTo("s3://my-bucket/staging");
    assertThat(warehouse.loadInterval()).isEqualTo(WarehouseSettings.DEFAULT_LOAD_INTERVAL);
  }

  @Test
  void the_example_of_a_replay_is_read_option_by_option() throws URISyntaxException {
    JobConfig config = JobConfig.of(groups(REPLAY));

    assertThat(config.mode()).isEqualTo(Mode.REPLAY);
    assertThat(config.runtimeMode()).isEqualTo(RuntimeExecutionMode.BATCH);
    assertThat(config.stream()).isEmpty();
    assertThat(config.inputPath()).isEqualTo("s3://my-bucket/raw/");
    assertThat(config.viewTables().invoices()).isEqualTo("invoices-rebuilt");
    assertThat(config.warehouse()).isEmpty();
  }

  @Test
  void every_option_that_the_reader_knows_stands_in_an_example() throws URISyntaxException {
    Set<String> known = new TreeSet<>();
    Set<String> shown = new TreeSet<>();
    for (String example : new String[] {STREAM, IMPORT, REPLAY}) {
      Options options = new Options(groups(example));
      new ConfigReader(options).read();
      known.addAll(options.asked());
      groups(example)
          .forEach(
              (group, map) -> map.stringPropertyNames().forEach(k -> shown.add(group + "/" + k)));
    }

    assertThat(shown).isEqualTo(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {STREAM, IMPORT, REPLAY})
  void no_example_shows_a_secret_when_it_is_logged(String example) throws URISyntaxException {
    assertThat(JobConfig.of(groups(example)).toString()).doesNotContain("not-a-secret");
  }

  private static Map<String, Properties> groups(String example) throws URISyntaxException {
    Path file = Path.of(ExampleConfigsTest.class.getClassLoader().getResource(example).toURI());
    return RuntimeProperties.ofFile(file);
  }
}
