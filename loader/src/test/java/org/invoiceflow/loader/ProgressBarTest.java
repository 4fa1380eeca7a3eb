package org.invoiceflow.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.invoiceflow.loader.send.SendListener.Progress;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final StringWriter err = new StringWriter();
  private final AtomicLong now = new AtomicLong(42);
  private final ProgressBar bar = new ProgressBar(new PrintWriter(err), now::get);

  @Test
  void it_is_one_line_that_is_drawn_about_once_a_second() {
    for (int tenth = 0; tenth < 30; tenth++) {
      bar.progress(new Progress(tenth, 100, tenth, tenth, 0, 0));
      now.addAndGet(Duration.ofMillis(100).toNanos());
    }
    bar.close();

    assertThat(err.toString().chars().filter(c -> c == '\r').count()).isEqualTo(4);
    assertThat(err.toString().lines().filter(line -> !line.isEmpty())).hasSizeGreaterThan(0);
    assertThat(err.toString()).endsWith(System.lineSeparator());
  }

  @Test
  void it_says_how_far_it_is_how_fast_and_what_went_wrong() {
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    bar.progress(new Progress(50, 100, 9_000, 7_999, 1, 3));

    assertThat(err.toString())
        .isEqualTo(
            "\r[============            ]  50 %  8,000 lines  4,000/s  rejected 1  retries 3");
  }

  @Test
  void a_wait_is_explained() {
    bar.waiting("status 429", 2, Duration.ofMillis(1_500));

    assertThat(err.toString()).endsWith("; try 3 in 1.5 s: status 429");
  }

  @Test
  void nothing_is_drawn_if_nothing_happened() {
    bar.close();

    assertThat(err.toString()).isEmpty();
  }
}
