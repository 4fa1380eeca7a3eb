package org.invoiceflow.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.invoiceflow.local.faults.SoakSeries.Point;
import org.junit.jupiter.api.Test;

class SoakSeriesTest {

  private static final int RATE = 500;
  private static final long MB = 1_000_000;

  @Test
  void a_job_that_only_remembers_more_lines_is_flat() {
    assertThat(findings(i -> point(i, 80 * MB, 300, 100, 400))).isEmpty();
  }

  @Test
  void one_moment_after_a_crash_counts_for_nothing() {
    assertThat(findings(i -> point(i, 80 * MB, 300, 100, i % 6 == 0 ? 50_000 : 400))).isEmpty();
  }

  @Test
  void the_growth_of_the_published_soak_is_explained() {
    assertThat(findings(i -> point(i, 57 * MB + 240_000L * i, 270 + i / 3, 100, 400))).isEmpty();
  }

  @Test
  void a_leak_of_four_megabytes_a_minute_is_named() {
    assertThat(findings(i -> point(i, 57 * MB + (240_000L + 4 * MB / 6) * i, 280, 100, 400)))
        .containsExactly(
            "The heap after a collection in MB grows: 71.5 in the middle, 80.6 at the end; 7.0 more"
                + " would be no wonder");
  }

  @Test
  void two_files_that_stay_open_in_ten_seconds_are_named() {
    assertThat(findings(i -> point(i, 57 * MB, 280 + 2L * i, 100, 400)))
        .singleElement()
        .asString()
        .startsWith("The number of open files grows: ");
  }

  @Test
  void each_figure_that_grows_is_named() {
    assertThat(findings(i -> point(i, (50 + 5 * i) * MB, 300, 100, 400)))
        .singleElement()
        .asString()
        .startsWith("The heap after a collection in MB grows: ");
    assertThat(findings(i -> point(i, 80 * MB, 100 + 10 * i, 100, 400)))
        .singleElement()
        .asString()
        .startsWith("The number of open files grows: ");
    assertThat(findings(i -> point(i, 80 * MB, 300, 100 + 10 * i, 400)))
        .singleElement()
        .asString()
        .startsWith("The state in bytes a line grows: ");
    assertThat(findings(i -> point(i, 80 * MB, 300, 100, 400 * i)))
        .singleElement()
        .asString()
        .startsWith("The lag in lines grows: ");
  }

  @Test
  void too_few_moments_say_nothing() {
    SoakSeries series = new SoakSeries();
    series.add(point(1, 80 * MB, 300, 100, 400));

    assertThat(series.findings(RATE)).containsExactly("Only 1 moments were measured");
  }

  private static java.util.List<String> findings(IntFunction<Point> points) {
    SoakSeries series = new SoakSeries();
    for (int i = 1; i <= 30; i++) {
      series.add(points.apply(i));
    }
    return series.findings(RATE);
  }

  private static Point point(int i, long heap, long files, long stateOfALine, long lag) {
    long stored = 5_000L * i;
    return new Point(10L * i, heap, files, stateOfALine * stored, stored, lag, i / 6);
  }
}
