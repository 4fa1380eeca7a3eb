package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.invoiceflow.local.terraform.StateMachine.object;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.dashjoin.jsonata.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Terraform would make: the state that a run of {@code terraform/tests/root.tftest.hcl} ends
 * in. What only AWS can say, such as ids, is made up there. Terraform is asked once for all tests
 * of a JVM, which takes it a quarter of a minute.
 */
final class AppliedTerraform {

  private static final Path ROOT = Path.of(System.getProperty("invoiceflow.root"));
  private static final Path TOOL = ROOT.resolve("../shared/terraform-offline/tf-offline");
  private static final int PATIENCE_MINUTES = 9;

  private static @Nullable Map<String, AppliedTerraform> runs;

  private final Map<String, Object> state;

  private AppliedTerraform(Map<String, Object> state) {
    this.state = state;
  }

  /**
   * The state after a run of this name. Skips the test that asks where there is no
   * terraform-offline.
   */
  static synchronized AppliedTerraform of(String run) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(TOOL), "Terraform is not asked, for there is no " + TOOL);
    if (runs == null) {
      runs = apply();
    }
    AppliedTerraform found = runs.get(run);
    assertThat(found).as("run %s among %s", run, runs.keySet()).isNotNull();
    return found;
  }

  private static Map<String, AppliedTerraform> apply() throws IOException, InterruptedException {
    Path out = Files.createTempFile("terraform", ".json");
    Path log = Files.createTempFile("terraform", ".log");
    try {
      Process process =
          new ProcessBuilder(
                  TOOL.toString(),
                  "test",
                  ROOT.resolve("terraform").toString(),
                  "-filter=tests/root.tftest.hcl",
                  "-verbose",
                  "-json")
              .redirectOutput(out.toFile())
              .redirectError(log.toFile())
              .start();
      try {
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
      } finally {
        process.destroy();
      }
      assertThat(process.exitValue()).as("terraform test: %s", Files.readString(log)).isZero();
      return statesIn(out);
    } finally {
      Files.delete(out);
      Files.delete(log);
    }
  }

  private static Map<String, AppliedTerraform> statesIn(Path messages) throws IOException {
    Map<String, AppliedTerraform> states = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(messages)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("\"type\":\"test_state\"")) {
          Map<String, Object> message = object(Json.parseJson(line));
          Map<String, Object> state = object(message.get("test_state"));
          state.remove("provider_schemas");
          states.put(String.valueOf(message.get("@testrun")), new AppliedTerraform(state));
        }
      }
    }
    return states;
  }

  /** The values of every resource of this type. */
  List<Map<String, Object>> resources(String type) {
    List<Map<String, Object>> found = new ArrayList<>();
    allResources()
        .forEach(
            resource -> {
              if (type.equals(resource.get("type")) && "managed".equals(resource.get("mode"))) {
                found.add(object(resource.get("values")));
              }
            });
    return found;
  }

  /** The values of the one resource at an address such as {@code module.m.type.name["key"]}. */
  Map<String, Object> resource(String address) {
    List<Map<String, Object>> found =
        allResources().stream().filter(r -> address.equals(r.get("address"))).toList();
    assertThat(found).as(address).hasSize(1);
    return object(found.get(0).get("values"));
  }

  /** Address, type and values of each resource. */
  List<Map<String, Object>> allResources() {
    List<Map<String, Object>> found = new ArrayList<>();
    collect(object(state.get("root_module")), found);
    return found;
  }

  private static void collect(Map<String, Object> module, List<Map<String, Object>> found) {
    list(module.get("resources")).forEach(resource -> found.add(object(resource)));
    list(module.get("child_modules")).forEach(child -> collect(object(child), found));
  }

  /** Empty if there is none. */
  static List<?> list(@Nullable Object json) {
    return json instanceof List<?> items ? items : List.of();
  }

  /** As Terraform keeps it, for programs that look for something in it. */
  Map<String, Object> state() {
    return state;
  }
}
