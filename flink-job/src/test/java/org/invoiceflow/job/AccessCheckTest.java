package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.invoiceflow.job.config.ConfigException;
import org.invoiceflow.job.config.JobConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCheckTest {

  private final Map<String, Properties> groups = new TreeMap<>();

  @TempDir private Path folder;

  @BeforeEach
  void nothing_can_be_used() throws IOException {
    Path file = Files.createFile(folder.resolve("a-file"));
    set("job", "mode", "import");
    set("source", "path", folder.resolve("absent").toUri().toString());
    set("views", "region", "eu-central-1");
    set("views", "endpoint", "http://127.0.0.1:" + closedPort());
    set("views", "access.key.id", "local");
    set("views", "secret.access.key", "hidden-word");
    set("views", "invoices.table", "invoices");
    set("views", "customers.table", "customers");
    set("lake", "root", file.toUri().toString());
    set("warehouse", "url", "jdbc:nodriver://host/db?password=hidden-word");
    set("warehouse", "user", "loader");
    set("warehouse", "password", "hidden-word");
  }

  @Test
  void every_store_that_cannot_be_used_is_named_in_one_sentence_before_the_job_starts() {
    assertThat(errors())
        .satisfiesExactly(
            error -> assertThat(error).startsWith("DynamoDB table invoices cannot be used: "),
            error -> assertThat(error).startsWith("DynamoDB table customers cannot be used: "),
            error -> assertThat(error).contains("/raw of the lake cannot be used: "),
            error -> assertThat(error).contains("/rejected of the lake cannot be used: "),
            error -> assertThat(error).contains("/duplicates of the lake cannot be used: "),
            error -> assertThat(error).startsWith("The import's path cannot be used: No file"),
            error -> assertThat(error).contains("of the warehouse's staged lines cannot be used"),
            error ->
                assertThat(error)
                    .startsWith(
                        "The warehouse jdbc:nodriver://host/db?password=*** cannot be loaded by"))
        .noneSatisfy(error -> assertThat(error).contains("hidden-word"));
  }

  @Test
  void a_stream_that_cannot_be_read_is_named_first() throws IOException {
    groups.remove("source");
    set("job", "mode", "stream");
    set("source", "stream", "lines");
    set("source", "region", "eu-central-1");
    set("source", "endpoint", "http://127.0.0.1:" + closedPort());
    set("source", "access.key.id", "local");
    set("source", "secret.access.key", "hidden-word");

    assertThat(errors())
        .noneSatisfy(error -> assertThat(error).contains("hidden-word"))
        .first()
        .asString()
        .startsWith("Kinesis stream lines cannot be used: ");
  }

  @Test
  void a_replay_needs_its_files_and_writes_no_lake() {
    set("job", "mode", "replay");
    set("warehouse", "enabled", "false");

    assertThat(errors())
        .hasSize(3)
        .last()
        .asString()
        .startsWith("The replay's path cannot be used: No file matches");
  }

  @Test
  void each_folder_that_a_run_writes_to_is_tried_apart() throws IOException {
    set("job", "run.id", "history");
    for (String name : List.of("raw", "rejected", "duplicates", "runs", "staging")) {
      Path lake = Files.createDirectory(folder.resolve("lake-" + name));
      Files.createFile(lake.resolve(name));
      set("lake", "root", lake.toUri().toString());

      assertThat(errors())
          .filteredOn(error -> error.startsWith("Folder "))
          .singleElement()
          .asString()
          .startsWith("Folder " + lake.toUri() + name + " of ");
    }
  }

  @Test
  void a_replay_with_a_run_id_is_tried_where_its_record_will_be_written() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    Files.createFile(lake.resolve("runs"));
    set("lake", "root", lake.toUri().toString());
    set("job", "mode", "replay");
    set("job", "run.id", "again");
    set("warehouse", "enabled", "false");

    assertThat(errors())
        .filteredOn(error -> error.startsWith("Folder "))
        .singleElement()
        .asString()
        .contains("/runs of the runs' records cannot be used");
    assertThat(lake.resolve("raw")).doesNotExist();
  }

  @Test
  void the_check_leaves_no_file_behind_and_deletes_none() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    Path other = Files.createDirectories(lake.resolve("raw/_access_check")).resolve("other");
    Files.createFile(other);
    set("lake", "root", lake.toUri().toString());

    assertThat(errors()).noneMatch(error -> error.contains("of the lake"));
    try (var left = Files.walk(lake)) {
      assertThat(left.filter(Files::isRegularFile)).containsExactly(other);
    }
  }

  private List<String> errors() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    return catchThrowableOfType(
            ConfigException.class, () -> InvoiceflowJob.build(env, JobConfig.of(groups)))
        .getMessage()
        .lines()
        .collect(Collectors.toList());
  }

  private void set(String group, String key, String value) {
    groups.computeIfAbsent(group, g -> new Properties()).setProperty(key, value);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
