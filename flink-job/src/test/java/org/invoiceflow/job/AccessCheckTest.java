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
            error ->
                assertThat(error)
                    .contains("of the lake cannot be used: FileAlreadyExistsException"),
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
  void the_check_leaves_nothing_behind() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    set("lake", "root", lake.toUri().toString());

    assertThat(errors()).noneMatch(error -> error.contains("of the lake"));
    try (var left = Files.list(lake)) {
      assertThat(left.filter(path -> !path.endsWith("staging"))).isEmpty();
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
