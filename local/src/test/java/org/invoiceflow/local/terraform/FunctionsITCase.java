package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.terraform.AppliedTerraform.list;
import static org.invoiceflow.local.terraform.StateMachine.object;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Starts each function from its own jar, by the name of its handler and with the environment that
 * Terraform gives it.
 */
class FunctionsITCase {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "query"})
  void it_starts_with_its_environment_and_needs_each_variable(String function) throws Exception {
    Map<String, Object> values = function(AppliedTerraform.of("by_default"), function);
    Map<String, String> environment = environment(values);

    assertThat(start(function, values, environment)).contains("started " + values.get("handler"));

    for (String variable : environment.keySet()) {
      Map<String, String> without = new HashMap<>(environment);
      without.remove(variable);
      assertThat(start(function, values, without)).doesNotContain("started ").contains(variable);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "query"})
  void it_reads_which_claims_count(String function) throws Exception {
    Map<String, Object> values = function(AppliedTerraform.of("with_tokens"), function);
    Map<String, String> environment = environment(values);
    assertThat(environment).containsKeys("CUSTOMER_CLAIM", "STAFF_CLAIM");

    assertThat(start(function, values, environment)).contains("started ");

    environment.put("STAFF_CLAIM", "no claim");
    assertThat(start(function, values, environment)).doesNotContain("started ");
  }

  private static Map<String, Object> function(AppliedTerraform terraform, String function) {
    return terraform.resource("module.ingest.aws_lambda_function.api[\"" + function + "\"]");
  }

  private static Map<String, String> environment(Map<String, Object> function) {
    Map<String, String> environment = new HashMap<>();
    object(object(list(function.get("environment")).get(0)).get("variables"))
        .forEach((key, value) -> environment.put(key, String.valueOf(value)));
    return environment;
  }

  /** What the function says. */
  private String start(String function, Map<String, Object> values, Map<String, String> environment)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(jar(function) + File.pathSeparator + classesOf(FunctionStart.class));
    command.add(FunctionStart.class.getName());
    command.add(String.valueOf(values.get("handler")));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    // What Lambda adds.
    builder.environment().put("AWS_REGION", "eu-central-1");
    builder.environment().put("AWS_ACCESS_KEY_ID", "id");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "key");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the function starts or ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }

  private static Path jar(String function) throws IOException {
    Path target = Path.of(System.getProperty("invoiceflow.root"), function + "-lambda", "target");
    try (Stream<Path> files = Files.list(target)) {
      List<Path> jars =
          files.filter(file -> file.getFileName().toString().endsWith("-lambda.jar")).toList();
      assertThat(jars).hasSize(1);
      return jars.get(0);
    }
  }

  private static Path classesOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
