package org.invoiceflow.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java the scripts run, told by one that only says how it was called. */
class JavaOfScriptsITCase {

  @TempDir Path home;

  private record Said(int status, String text) {}

  @ParameterizedTest
  @ValueSource(strings = {"demo", "bin/replay"})
  void the_java_of_java_home_runs(String script) throws Exception {
    Said said = run(javaThatSays("17.0.2"), script, "--help");

    assertThat(said.text()).contains("called", "--help");
    assertThat(said.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "demo, 11.0.2, is Java 11",
    "bin/replay, 1.8.0_292, is Java 1",
    "bench/run loader, 25, is Java 25",
    "bench/cold-start, nonsense, of an unknown version",
    "bin/pictures, 11.0.2, is Java 11",
    "bin/fuzz ingest 1, 11.0.2, is Java 11"
  })
  void a_java_that_does_not_fit_is_refused_before_anything_is_built(
      String call, String version, String words) throws Exception {
    Said said = run(javaThatSays(version), call.split(" "));

    assertThat(said.text()).hasLineCount(1).contains(home + "/bin/java", words, "JDK 17");
    assertThat(said.status()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "bin/replay", "bench/run loader"})
  void a_java_home_without_a_java_is_named(String call) throws Exception {
    Said said = run(home.resolve("absent"), call.split(" "));

    assertThat(said.text()).hasLineCount(1).contains("absent/bin/java", "JAVA_HOME");
    assertThat(said.status()).isEqualTo(3);
  }

  /** A JDK's folder. */
  private Path javaThatSays(String version) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-01-01' >&2; else echo called "$@"; fi
        """
            .formatted(version));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private static Said run(Path javaHome, String... call) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(DemoProcess.root().resolve(call[0]).toString()), Stream.of(call).skip(1))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
