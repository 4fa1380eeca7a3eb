package org.invoiceflow.loader.send;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one request came to. */
sealed interface Reply {

  /**
   * The API looked at every line.
   *
   * @param accepted number of lines that it took
   * @param rejected the lines that it refused
   */
  record Answered(int accepted, List<RejectedLine> rejected) implements Reply {
    public Answered {
      rejected = List.copyOf(rejected);
    }
  }

  /**
   * The same request may succeed later.
   *
   * @param reason for people
   * @param retryAfter how long the service wants to be left alone
   */
  record Later(String reason, Optional<Duration> retryAfter) implements Reply {}

  /**
   * The same request would fail again.
   *
   * @param reason for people
   */
  record Refused(String reason) implements Reply {}

  /**
   * A line that the API refused.
   *
   * @param index place in the request, from 0
   * @param reasons every rule that it broke
   */
  record RejectedLine(int index, List<Reason> reasons) {
    public RejectedLine {
      reasons = List.copyOf(reasons);
    }
  }
}
