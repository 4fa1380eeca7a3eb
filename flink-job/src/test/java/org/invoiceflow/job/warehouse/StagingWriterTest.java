package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.invoiceflow.model.InvoiceLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingWriterTest {

  @TempDir Path folder;

  private static String content(StagedFile file) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(Path.of(URI.create(file.path()))))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void each_checkpoint_with_lines_gives_one_complete_file() throws Exception {
    StagingWriter writer = Staging.writer(folder);
    assertThat(writer.prepareCommit()).isEmpty();
    writer.write(Lines.line(1), null);
    writer.write(Lines.line(2), null);
    Collection<StagedFile> first = writer.prepareCommit();
    writer.write(Lines.line(3), null);
    Collection<StagedFile> second = writer.prepareCommit();
    assertThat(writer.prepareCommit()).isEmpty();
    assertThat(first).singleElement().extracting(StagedFile::lines).isEqualTo(2L);
    assertThat(second).singleElement().extracting(StagedFile::lines).isEqualTo(1L);
    assertThat(content(first.iterator().next()).lines()).hasSize(2);
  }

  @Test
  void values_are_quoted_and_only_what_is_absent_is_not() throws Exception {
    InvoiceLine line =
        Lines.line(0).toBuilder()
            .description("a \"b\",\n\\N")
            .invoiceDate(LocalDateTime.of(2011, 11, 13, 13, 46))
            .customerId(null)
            .country("")
            .sourceFile(null)
            .build();
    assertThat(content(Staging.file(folder, List.of(line))))
        .isEqualTo(
            "\"500000\",\"1\",\"85120\",\"a \"\"b\"\",\n\\N\",\"1\",\"2011-11-13 13:46:00\",\"0\",\\N,\"\",\\N\n");
  }

  @Test
  void a_line_that_the_file_has_is_left_out_and_one_that_contradicts_it_is_not() throws Exception {
    InvoiceLine line = Lines.line(1);
    InvoiceLine other = line.toBuilder().quantity(-5).build();
    StagedFile file = Staging.file(folder, List.of(line, line, other, other));
    assertThat(file.lines()).isEqualTo(2);
  }

  @Test
  void the_next_file_has_the_line_again() throws Exception {
    StagingWriter writer = Staging.writer(folder);
    for (int checkpoint = 0; checkpoint < 2; checkpoint++) {
      writer.write(Lines.line(1), null);
      assertThat(writer.prepareCommit()).hasSize(1);
    }
  }

  @Test
  void what_no_checkpoint_knows_is_removed_when_the_writer_closes() throws Exception {
    StagingWriter writer = Staging.writer(folder);
    writer.write(Lines.line(1), null);
    StagedFile known = writer.prepareCommit().iterator().next();
    writer.write(Lines.line(2), null);
    writer.close();
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly(known.name());
    }
  }
}
