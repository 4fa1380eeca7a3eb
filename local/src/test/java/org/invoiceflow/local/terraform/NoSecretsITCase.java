package org.invoiceflow.local.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Functions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Terraform's state, with its outputs, the functions' environment and the applications' properties
 * in it, holds no secret. {@code terraform/check} looks at plans in the same way.
 */
class NoSecretsITCase {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"by_default", "without_warehouse", "with_tokens"})
  void a_state_holds_no_secret(String run) throws Exception {
    Path state = write(AppliedTerraform.of(run).state());

    assertThat(scan(state)).isEqualTo("1 files");
  }

  @Test
  void a_secret_in_a_state_would_be_found() throws Exception {
    Map<String, Object> state = new HashMap<>(AppliedTerraform.of("by_default").state());
    state.put("outputs", Map.of("commands", Map.of("value", Map.of("password", "x"))));

    assertThat(scan(write(state))).contains("value of /outputs/commands/value/password");
  }

  private Path write(Map<String, Object> state) throws Exception {
    return Files.writeString(folder.resolve("state.json"), Functions.string(state, false));
  }

  private String scan(Path file) throws Exception {
    Path output = folder.resolve("output.txt");
    Path script = Path.of(System.getProperty("invoiceflow.root"), "terraform", "no-secrets.mjs");
    Process process =
        new ProcessBuilder("node", script.toString(), file.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the scan ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output).strip();
  }
}
