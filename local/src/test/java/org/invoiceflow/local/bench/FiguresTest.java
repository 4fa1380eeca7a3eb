package org.invoiceflow.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.invoiceflow.local.bench.Figures.Column;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final Machine MACHINE =
      new Machine(Instant.parse("2026-11-24T20:00:00Z"), "a processor", 2, "Linux", "a JVM", 0.5);

  private final Figures figures =
      new Figures(
          "bench: 10 lines",
          new Column("seconds", "seconds", 1),
          new Column("lines/s", "lines_per_second", 0));

  @Test
  void shows_the_run_in_the_middle_whole() {
    figures.run("ours", 3, 3_333);
    figures.run("ours", 1, 10_000);
    figures.run("ours", 2, 5_000);
    figures.run("theirs", 4, Double.NaN);

    assertThat(figures.table(MACHINE))
        .isEqualTo(
            """
            bench: 10 lines
            2026-11-24T20:00:00Z, 2 x a processor, a JVM, load 0.5 before the start
                    seconds  lines/s
            ours        2.0    5,000
            theirs      4.0        -
            """);
  }

  @Test
  void writes_every_run_as_json() {
    figures.run("ours", 3, 3_333);
    figures.run("ours", 1, Double.NaN);
    figures.note("A note.");

    assertThat(figures.json("bench", MACHINE, MACHINE))
        .contains("\"bench\" : \"bench\"", "\"load_before\" : 0.5", "\"notes\" : [ \"A note.\" ]")
        .containsIgnoringWhitespaces(
            "\"runs\" : [ { \"seconds\" : 3.0, \"lines_per_second\" : 3333 },"
                + " { \"seconds\" : 1.0, \"lines_per_second\" : null } ]");
  }

  @Test
  void keeps_no_run_that_warms_up() {
    figures.uncounted().run("ours", 1, 1);

    assertThat(figures.table(MACHINE)).doesNotContain("ours");
  }
}
