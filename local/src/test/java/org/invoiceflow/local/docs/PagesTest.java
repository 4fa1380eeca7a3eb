package org.invoiceflow.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead somewhere, and commands name what Terraform puts out. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern OUTPUT = Pattern.compile("output (?:-raw|-json) (\\w+)");
  private static final Pattern COMMAND = Pattern.compile("\\brun (\\w+)");

  @Test
  void every_link_leads_to_a_file_and_a_heading_that_are_there() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      LINK.matcher(Files.readString(page))
          .results()
          .map(match -> match.group(1))
          .filter(target -> !target.matches("(https?|mailto):.*"))
          .filter(target -> !leadsSomewhere(page, target))
          .forEach(target -> broken.add(Page.repository().relativize(page) + ": " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_output_that_a_page_asks_terraform_for_is_one() throws IOException {
    Set<String> outputs = found("(?m)^output \"(\\w+)\"", Page.read("terraform/outputs.tf"));
    Set<String> asked = new TreeSet<>();
    for (Path page : pages()) {
      OUTPUT.matcher(Files.readString(page)).results().forEach(m -> asked.add(m.group(1)));
    }
    assertThat(asked).contains("api_url", "import_state_machine_arn").isSubsetOf(outputs);
  }

  @Test
  void every_command_that_readme_runs_is_one_of_those_that_terraform_puts_out() throws IOException {
    String outputs = Page.read("terraform/outputs.tf").text();
    Set<String> commands =
        found("(?:\"(\\w+)\" =>|^ +(\\w+) += \"aws )", new Page(commands(outputs)));
    Set<String> run = new TreeSet<>();
    String readme = Page.read("README.md").text();
    int begin = readme.indexOf("### 3. ");
    COMMAND
        .matcher(readme.substring(begin, readme.indexOf("### 4. ", begin)))
        .results()
        .forEach(match -> run.add(match.group(1)));
    assertThat(run).contains("migrate", "users", "start_stream").isSubsetOf(commands);
  }

  private static String commands(String outputs) {
    return outputs.substring(outputs.indexOf("output \"commands\""));
  }

  private static Set<String> found(String pattern, Page page) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(page.text())
        .results()
        .forEach(
            match -> {
              for (int group = 1; group <= match.groupCount(); group++) {
                if (match.group(group) != null) {
                  found.add(match.group(group));
                }
              }
            });
    return found;
  }

  private static boolean leadsSomewhere(Path page, String target) {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path path = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!Files.exists(path)) {
      return false;
    }
    return hash < 0 || anchors(path).contains(target.substring(hash + 1));
  }

  /** As GitHub makes them: a heading that comes again gets a number. */
  private static Set<String> anchors(Path page) {
    try {
      Map<String, Integer> times = new HashMap<>();
      Set<String> anchors = new TreeSet<>();
      for (String heading : new Page(Files.readString(page)).headings()) {
        String anchor =
            heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
        int before = times.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
      return anchors;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/decisions", "data")) {
      try (Stream<Path> files = Files.list(Page.repository().resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    assertThat(pages).hasSizeGreaterThan(15);
    return pages;
  }
}
