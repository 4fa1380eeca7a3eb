package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.invoiceflow.job.config.JobConfig;
import org.invoiceflow.job.config.RuntimeProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real graph of every mode, as it is handed to Managed Service for Apache Flink; nothing is
 * executed.
 */
class GraphTest {

  private static final String STREAM = "example-stream.json";
  private static final String IMPORT = "example-import.json";
  private static final String REPLAY = "example-replay.json";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {STREAM, IMPORT, REPLAY})
  void every_operator_has_a_uid_and_a_name_and_no_type_needs_kryo(String example) throws Exception {
    // With these two Flink refuses to build a graph with a made-up uid or a generic type.
    StreamGraph graph = graph(example, strict()).getStreamGraph();

    assertThat(graph.getStreamNodes())
        .allSatisfy(
            node -> {
              assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotBlank();
              assertThat(node.getOperatorName()).isNotBlank();
            });
    assertThat(graph.getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {STREAM, IMPORT, REPLAY})
  void uids_are_those_that_a_savepoint_knows(String example) throws Exception {
    Set<String> listed =
        Arrays.stream(Operators.values()).map(Operators::uid).collect(Collectors.toSet());

    // A sink's inner operators carry its uid, with Flink's own word before it.
    assertThat(graph(example, strict()).getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .allSatisfy(
            uid ->
                assertThat(listed)
                    .as(uid)
                    .anyMatch(known -> uid.equals(known) || uid.contains(known)));
  }

  @Test
  void every_listed_operator_is_in_the_graph_of_some_mode() throws Exception {
    Set<String> used = new HashSet<>();
    for (String example : List.of(STREAM, IMPORT, REPLAY)) {
      graph(example, strict())
          .getStreamGraph()
          .getStreamNodes()
          .forEach(node -> used.add(node.getTransformationUID()));
    }

    for (Operators operator : Operators.values()) {
      assertThat(used).anyMatch(uid -> uid.contains(operator.uid()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {STREAM, IMPORT, REPLAY})
  void the_job_sets_nothing_that_belongs_to_the_service(String example) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    Map<String, String> before = settings(env);

    InvoiceflowJob.addGraph(env, config(example));

    assertThat(changed(before, settings(env)))
        .allMatch(key -> key.equals("execution.runtime-mode") || key.startsWith("pipeline."))
        .contains("execution.runtime-mode", PipelineOptions.MAX_PARALLELISM.key());
  }

  @Test
  void a_replay_writes_neither_raw_nor_rejected() throws Exception {
    assertThat(graph(REPLAY, strict()).getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .noneMatch(uid -> uid.contains("lake"));
  }

  @Test
  void bounded_runs_are_in_batch_mode() throws Exception {
    assertThat(config(REPLAY).runtimeMode()).isEqualTo(RuntimeExecutionMode.BATCH);
    assertThat(config(IMPORT).runtimeMode()).isEqualTo(RuntimeExecutionMode.BATCH);
    assertThat(InvoiceflowJob.jobName(config(REPLAY))).isEqualTo("invoiceflow replay");
  }

  @Test
  void the_check_would_find_a_missing_uid() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict());
    env.fromSequence(1, 2).uid("numbers").print();

    assertThatThrownBy(env::getStreamGraph)
        .hasMessageContaining("no UID or hash has been assigned");
  }

  @Test
  void the_check_would_find_a_type_for_kryo() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(strict());
    env.fromSequence(1, 2).uid("numbers").map(n -> new Object()).uid("objects").print().uid("out");

    assertThatThrownBy(env::getStreamGraph)
        .hasMessageContaining("Generic types have been disabled");
  }

  private static Configuration strict() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    return configuration;
  }

  private StreamExecutionEnvironment graph(String example, Configuration configuration)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    InvoiceflowJob.addGraph(env, config(example));
    return env;
  }

  /** An example with a folder in the bucket's place, because sinks look for the file system. */
  private JobConfig config(String example) throws IOException, URISyntaxException {
    Path original = Path.of(GraphTest.class.getClassLoader().getResource(example).toURI());
    String json = Files.readString(original).replace("s3://my-bucket", folder.toUri().toString());
    return JobConfig.of(RuntimeProperties.ofFile(Files.writeString(folder.resolve(example), json)));
  }

  /** All that a program can have set, wherever Flink keeps it. */
  private static Map<String, String> settings(StreamExecutionEnvironment env) {
    Map<String, String> settings = new HashMap<>();
    settings.putAll(((Configuration) env.getConfiguration()).toMap());
    settings.putAll(env.getConfig().toConfiguration().toMap());
    settings.putAll(env.getCheckpointConfig().toConfiguration().toMap());
    return settings;
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> changed = new TreeSet<>();
    after.forEach(
        (key, value) -> {
          if (!value.equals(before.get(key))) {
            changed.add(key);
          }
        });
    before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(changed::add);
    return changed;
  }
}
