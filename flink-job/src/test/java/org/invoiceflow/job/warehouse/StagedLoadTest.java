package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StagedLoadTest {

  private final StagedFile one = new StagedFile("s3://bucket/staging/lines-1-0.csv.gz", 10, 1);
  private final StagedFile two = new StagedFile("s3://bucket/stäging/lines-2-1.csv.gz", 20, 2);

  @Test
  void the_id_follows_from_the_names_of_the_files_in_whatever_order() {
    StagedLoad load = StagedLoad.of(List.of(one, two));
    assertThat(StagedLoad.of(List.of(two, one)).id()).isEqualTo(load.id()).hasSize(36);
    assertThat(StagedLoad.of(List.of(one)).id()).isNotEqualTo(load.id());
  }

  @Test
  void a_load_and_a_file_survive_their_binary_forms() throws Exception {
    StagedLoad load = StagedLoad.of(List.of(one, two));
    VersionedForm<StagedLoad> loads = new VersionedForm<>(new StagedLoadCodec());
    assertThat(loads.deserialize(loads.getVersion(), loads.serialize(load))).isEqualTo(load);
    VersionedForm<StagedFile> files = new VersionedForm<>(new StagedFileCodec());
    assertThat(files.deserialize(files.getVersion(), files.serialize(two))).isEqualTo(two);
  }

  @Test
  void a_load_counts_its_lines() {
    StagedLoad load = StagedLoad.of(List.of(two, one));
    assertThat(load.lines()).isEqualTo(30);
    assertThat(one.name()).isEqualTo("lines-1-0.csv.gz");
  }
}
