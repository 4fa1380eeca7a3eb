package org.invoiceflow.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchScriptITCase {

  private static final Path SCRIPT =
      Path.of(System.getProperty("invoiceflow.root"), "bench", "run");

  private record Said(int status, String text) {}

  @Test
  void help_names_every_bench() throws Exception {
    Said said = run("--help");

    assertThat(said.status()).isZero();
    assertThat(said.text()).contains(BenchCommand.names()).contains("  all ");
  }

  @Test
  void a_call_without_a_name_or_with_an_unknown_one_is_told_how_to_call() throws Exception {
    assertThat(run()).isEqualTo(new Said(2, "bench: say what to measure\n" + run("-h").text()));
    assertThat(run("loadr"))
        .isEqualTo(new Said(2, "bench: there is no loadr\n" + run("-h").text()));
  }

  @Test
  void options_out_of_range_are_refused() {
    assertThat(BenchCommand.run("graph", "--rounds", "0")).isEqualTo(2);
    assertThat(BenchCommand.run("graph", "--lines", "10")).isEqualTo(2);
    assertThat(BenchCommand.run("graph", "--line", "10")).isEqualTo(2);
  }

  private static Said run(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(arguments)).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
