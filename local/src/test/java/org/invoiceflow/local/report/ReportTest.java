package org.invoiceflow.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.invoiceflow.local.stores.Findings;
import org.invoiceflow.local.stores.LakeCounts;
import org.invoiceflow.local.stores.LakeCounts.Folder;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void the_table_is_aligned_and_says_that_every_line_is_accounted_for() {
    assertThat(new Report(balanced()).table())
        .isEqualTo(
            """
            import                                      lines               total
            sent                                      541,909
            accepted                                  541,909
            rejected by the loader                          0
            rejected by the API                             0
            raw                                       541,909
            rejected in the job                             0
            duplicates (raw - rejected - stored)            0
            duplicates counted by the job                   0
              from another file                             0
            invoices view                             541,909         9747747.934
            customers view                            406,829         8300065.814
            guests' invoices                          135,080         1447682.120
            warehouse                                 541,909         9747747.934

            invoices                                   25,900
            customers                                   4,372
            DynamoDB puts                              49,268     0.0909 per line

            stage                                     seconds
            start                                         3.0
            import                                       31.2

            Every line is accounted for.
            """);
  }

  @Test
  void the_table_names_every_difference() {
    assertThat(new Report(unbalanced()).table())
        .endsWith(
            """
            NOT every line is accounted for:
              - 10 lines were accepted, but raw/ holds 9
              - The job counted 0 duplicates, but raw - rejected - stored is -1
            """
                .replace(
                    "  - The job",
                    "  - raw/ holds 9 lines, fewer than the 0 rejected and 10 stored ones\n"
                        + "  - The job"));
  }

  @Test
  void the_json_has_stable_names_and_exact_numbers() {
    assertThat(new Report(balanced()).json())
        .isEqualToIgnoringWhitespace(
            """
            {
              "mode": "import",
              "balanced": true,
              "differences": [],
              "notes": [],
              "invoices": 25900,
              "customers": 4372,
              "lines": {
                "sent": 541909,
                "accepted": 541909,
                "rejected_by_loader": 0,
                "rejected_by_api": 0,
                "raw": 541909,
                "rejected_in_job": 0,
                "duplicates_counted_by_job": 0,
                "duplicates_by_stores": 0,
                "duplicates_from_other_file": 0,
                "invoices_view": 541909,
                "customers_view": 406829,
                "guests": 135080,
                "warehouse": 541909
              },
              "totals": {
                "invoices_view": 9747747.934,
                "customers_view": 8300065.814,
                "guests": 1447682.120,
                "warehouse": 9747747.934
              },
              "requests_repeated": 0,
              "lake": {
                "raw_files": 2,
                "raw_bytes": 9876543,
                "raw_records": 541909,
                "rejected_files": 0,
                "duplicates_files": 0
              },
              "dynamodb": {
                "puts": 49268,
                "puts_per_line": 0.0909
              },
              "stages": [
                {"name": "start", "seconds": 3.0},
                {"name": "import", "seconds": 31.234}
              ]
            }
            """);
  }

  @Test
  void the_json_of_a_run_with_differences_lists_them_and_leaves_out_what_is_unknown() {
    assertThat(new Report(unbalanced()).json())
        .contains("\"balanced\" : false", "\"10 lines were accepted, but raw/ holds 9\"")
        .doesNotContain("puts_per_line");
  }

  private static Accounting balanced() {
    return new Accounting(
        "import",
        Sent.imported(541_909),
        new LakeCounts(
            new Folder(2, 9_876_543, 541_909, 541_909), Folder.EMPTY, Folder.EMPTY, Findings.NONE),
        new JobCounts(OptionalLong.of(0), OptionalLong.of(49_268), 0),
        25_900,
        4_372,
        new Held(541_909, new BigDecimal("9747747.934")),
        new Held(406_829, new BigDecimal("8300065.814")),
        new Held(135_080, new BigDecimal("1447682.12")),
        new Held(541_909, new BigDecimal("9747747.934")),
        0,
        Findings.NONE,
        List.of(
            new Stage("start", Duration.ofSeconds(3)),
            new Stage("import", Duration.ofMillis(31_234))));
  }

  private static Accounting unbalanced() {
    Held all = new Held(10, BigDecimal.TEN);
    return new Accounting(
        "stream",
        new Sent(10, 10, 0, 0, 0),
        new LakeCounts(new Folder(1, 100, 9, 9), Folder.EMPTY, Folder.EMPTY, Findings.NONE),
        new JobCounts(OptionalLong.of(0), OptionalLong.empty(), 0),
        1,
        1,
        all,
        all,
        new Held(0, BigDecimal.ZERO),
        all,
        0,
        Findings.NONE,
        List.of());
  }
}
