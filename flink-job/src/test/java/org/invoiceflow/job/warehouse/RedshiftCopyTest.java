package org.invoiceflow.job.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;

class RedshiftCopyTest {

  private static StagedFiles staged(Optional<String> iamRole) {
    return new StagedFiles(
        "invoice_lines_staged",
        List.of("invoice_no", "line_no"),
        List.of(
            new Path("s3a://bucket/staging/one.csv.gz"),
            new Path("s3://bucket/staging/it's.csv.gz")),
        new Path("s3p://bucket/staging/load-1.manifest"),
        iamRole);
  }

  @Test
  void copy_reads_the_manifest_and_forgives_nothing() {
    assertThat(
            RedshiftCopy.copyStatement(staged(Optional.of("arn:aws:iam::123456789012:role/copy"))))
        .isEqualTo(
            "COPY invoice_lines_staged (invoice_no, line_no)"
                + " FROM 's3://bucket/staging/load-1.manifest'"
                + " IAM_ROLE 'arn:aws:iam::123456789012:role/copy'"
                + " MANIFEST CSV GZIP NULL AS '\\N' COMPUPDATE OFF STATUPDATE OFF");
  }

  @Test
  void without_a_role_the_clusters_default_role_reads() {
    assertThat(RedshiftCopy.copyStatement(staged(Optional.empty()))).contains(" IAM_ROLE default ");
  }

  @Test
  void every_entry_of_the_manifest_is_mandatory() {
    assertThat(RedshiftCopy.manifest(staged(Optional.empty()).files()))
        .isEqualTo(
            "{\"entries\":[\n"
                + "{\"url\":\"s3://bucket/staging/one.csv.gz\",\"mandatory\":true},\n"
                + "{\"url\":\"s3://bucket/staging/it's.csv.gz\",\"mandatory\":true}\n"
                + "]}\n");
  }

  @Test
  void the_url_chooses_the_bulk_load() {
    assertThat(BulkLoad.forUrl("jdbc:redshift://host:5439/dev")).isInstanceOf(RedshiftCopy.class);
    assertThat(BulkLoad.forUrl("jdbc:postgresql://host/dev")).isInstanceOf(PostgresCopy.class);
    assertThatThrownBy(() -> BulkLoad.forUrl("jdbc:other://host/dev?password=hush"))
        .hasMessageContaining("jdbc:other://host/dev?password=***")
        .hasMessageNotContaining("hush");
  }
}
