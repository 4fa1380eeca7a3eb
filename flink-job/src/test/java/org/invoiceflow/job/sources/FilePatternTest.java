package org.invoiceflow.job.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.invoiceflow.model.CsvOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {

  @TempDir Path folder;

  @BeforeEach
  void make_files() throws IOException {
    for (String name :
        List.of(
            "2011-01/x1.csv.gz",
            "2011-02/deep/er/x2.csv.gz",
            "2011-02/y.csv",
            "2010-12/x0.csv",
            "top.csv",
            "_tmp.csv",
            ".hidden.csv",
            "_unfinished/x.csv",
            "2011-01/.staging/x.csv",
            "with space.csv")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @Test
  void a_folder_means_every_file_below_it_but_the_hidden_ones() throws IOException {
    List<String> all =
        List.of(
            "2010-12/x0.csv",
            "2011-01/x1.csv.gz",
            "2011-02/deep/er/x2.csv.gz",
            "2011-02/y.csv",
            "top.csv",
            "with space.csv");

    assertThat(matches("")).isEqualTo(all);
    assertThat(matches("/")).isEqualTo(all);
  }

  @Test
  void a_file_means_itself_whatever_its_name() throws IOException {
    assertThat(matches("/top.csv")).containsExactly("top.csv");
    assertThat(matches("/_tmp.csv")).containsExactly("_tmp.csv");
    assertThat(matches("/with space.csv")).containsExactly("with space.csv");
  }

  @Test
  void a_glob_is_matched_against_what_follows_the_fixed_part() throws IOException {
    assertThat(matches("/*.csv")).containsExactly("top.csv", "with space.csv");
    assertThat(matches("/2011-*/*")).containsExactly("2011-01/x1.csv.gz", "2011-02/y.csv");
    assertThat(matches("/2011-*/**")).hasSize(3);
    assertThat(matches("/2011-*/**/x*.csv.gz")).containsExactly("2011-02/deep/er/x2.csv.gz");
    assertThat(matches("/201{0-12,1-01}/x?.{csv,csv.gz}"))
        .containsExactly("2010-12/x0.csv", "2011-01/x1.csv.gz");
    assertThat(matches("/2011-0[2-9]/**")).hasSize(2);
  }

  @Test
  void nothing_matches_where_nothing_is() throws IOException {
    assertThat(matches("/no/such/folder")).isEmpty();
    assertThat(matches("/no/such/*.csv")).isEmpty();
  }

  @Test
  void names_with_marks_that_mean_something_in_a_uri_are_names() throws IOException {
    Files.createFile(folder.resolve("2011-02/08-26 100%20#?.csv"));

    assertThat(matches("/2011-02/*"))
        .containsExactly("2011-02/08-26 100%20#?.csv", "2011-02/y.csv");
  }

  @Test
  void a_path_without_a_scheme_is_found_with_one() throws IOException {
    assertThat(FilePattern.parse(folder + "/top.csv").list().get(0).path().toString())
        .isEqualTo("file:" + folder + "/top.csv");
    assertThat(FilePattern.parse("*/java").list()).isEmpty();
  }

  @Test
  void the_check_before_a_job_counts_the_files_or_says_that_there_is_none() {
    assertThat(InvoiceFiles.check(folder.toUri() + "**.gz")).isEqualTo(2);
    assertThat(RawFiles.check(folder.toString())).isEqualTo(6);
    assertThatThrownBy(() -> InvoiceFiles.check(folder + "/*.parquet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No file matches " + folder + "/*.parquet");
  }

  @Test
  void a_file_system_that_is_not_known_is_one_sentence() {
    assertThatThrownBy(() -> InvoiceFiles.check("nosuch://bucket/import"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot list nosuch://bucket/import: ");
  }

  @Test
  void a_name_that_flink_cannot_list_is_one_sentence_before_the_job_starts() throws IOException {
    Files.createFile(folder.resolve("08:26.csv"));

    assertThatThrownBy(() -> InvoiceFiles.check(folder.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot list " + folder)
        .hasMessageContaining("08:26.csv");
  }

  @Test
  void a_text_that_is_no_glob_is_one_sentence() {
    assertThatThrownBy(() -> InvoiceFiles.source("/data/[a", CsvOptions.detectAll()))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("'/data/[a' is no path and no glob: ")
        .doesNotContain("\n");
    assertThatThrownBy(() -> RawFiles.source(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is empty");
  }

  private List<String> matches(String pattern) throws IOException {
    return FilePattern.parse(folder + pattern).list().stream()
        .map(file -> folder.relativize(Path.of(file.path().getPath())).toString())
        .collect(Collectors.toList());
  }
}
