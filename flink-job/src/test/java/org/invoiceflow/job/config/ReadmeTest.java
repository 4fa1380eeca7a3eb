package org.invoiceflow.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The examples show every option (see {@link ExampleConfigsTest}); README must, too. */
class ReadmeTest {

  @Test
  void readme_names_every_option_of_the_examples() throws Exception {
    String readme = Files.readString(Path.of(System.getProperty("invoiceflow.root"), "README.md"));
    Set<String> options = new HashSet<>();
    for (String example :
        new String[] {"example-stream.json", "example-import.json", "example-replay.json"}) {
      Path file = Path.of(ReadmeTest.class.getClassLoader().getResource(example).toURI());
      RuntimeProperties.ofFile(file).values().forEach(p -> options.addAll(p.stringPropertyNames()));
    }

    assertThat(options.stream().filter(o -> !readme.contains('`' + o + '`'))).isEmpty();
    assertThat(
            readme.lines().filter(l -> l.startsWith("mvn -B verify")).collect(Collectors.toList()))
        .as("the command that .ci/run runs")
        .hasSize(1);
  }
}
