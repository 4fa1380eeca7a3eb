package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {

  @TempDir Path folder;

  @Test
  void a_folder_that_does_not_exist_holds_none() {
    RetainedCheckpoints none = new RetainedCheckpoints(folder.resolve("checkpoints"));

    assertThat(none.latest()).isEmpty();
    assertThat(none.latestNumber()).isZero();
  }

  @Test
  void the_newest_complete_one_of_all_jobs_is_taken_by_number() throws Exception {
    complete("first-job/chk-9");
    complete("second-job/chk-10");
    Files.createDirectories(folder.resolve("second-job/shared"));

    assertThat(new RetainedCheckpoints(folder).latest())
        .contains(folder.resolve("second-job/chk-10"));
  }

  @Test
  void one_that_is_half_written_is_not_taken() throws Exception {
    complete("job/chk-7");
    Files.createDirectories(folder.resolve("job/chk-8"));
    Files.writeString(folder.resolve("job/chk-8/._metadata.inprogress.1"), "half");

    assertThat(new RetainedCheckpoints(folder).latestNumber()).isEqualTo(7);
  }

  private void complete(String checkpoint) throws IOException {
    Path made = Files.createDirectories(folder.resolve(checkpoint));
    Files.writeString(made.resolve("_metadata"), "all");
  }
}
