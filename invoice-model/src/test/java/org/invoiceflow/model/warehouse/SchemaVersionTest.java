package org.invoiceflow.model.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {

  /** A released text never changes; a new version adds a line here. */
  @Test
  void released_versions_keep_their_checksums() {
    assertThat(
            SchemaVersion.all().stream()
                .map(version -> version + " " + version.checksum())
                .collect(Collectors.toList()))
        .containsExactly(
            "version 1 (lines and ledger) 36649d7f24538d4676f7e6d811ed94cdebf9dd74f4564036aa0b6a7d033e34c9",
            "version 2 (relational views) e8e4d33cb99e72a093348d7535d6082597df966ac38425196c0bda131e60a7d2");
  }

  @Test
  void redshift_gets_its_distribution_and_sort_keys_and_no_index() {
    List<String> statements = SchemaVersion.all().get(0).statements(Dialect.REDSHIFT);
    assertThat(statements)
        .hasSize(3)
        .allMatch(sql -> sql.startsWith("CREATE TABLE IF NOT EXISTS "));
    assertThat(statements.get(0))
        .endsWith("DISTSTYLE KEY DISTKEY (invoice_no) SORTKEY (invoice_date)");
  }

  @Test
  void the_stand_in_gets_indexes_that_are_not_unique() {
    List<String> statements = SchemaVersion.all().get(0).statements(Dialect.POSTGRESQL);
    assertThat(statements)
        .hasSize(5)
        .noneMatch(sql -> sql.contains("UNIQUE") || sql.contains("KEY"));
    assertThat(String.join("\n", statements)).doesNotContain("DISTSTYLE").doesNotContain("${");
  }

  @Test
  void the_views_are_one_text_for_both_dialects() {
    SchemaVersion views = SchemaVersion.all().get(1);
    assertThat(views.statements(Dialect.REDSHIFT))
        .hasSize(4)
        .allMatch(sql -> sql.startsWith("CREATE VIEW "))
        .isEqualTo(views.statements(Dialect.POSTGRESQL));
  }

  /** The limits of one call of the Redshift Data API. */
  @Test
  void each_version_fits_one_transaction_of_the_data_api() {
    for (SchemaVersion version : SchemaVersion.all()) {
      List<String> statements = version.statements(Dialect.REDSHIFT);
      assertThat(statements).hasSizeLessThanOrEqualTo(38);
      assertThat(String.join("", statements).length()).isLessThan(90_000);
    }
  }
}
