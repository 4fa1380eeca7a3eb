package org.invoiceflow.loader.send;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts what became of the lines. Used by one thread. */
final class Account {

  private final Counts before;
  private final Map<String, Long> rejectedByRule;
  private long linesRead;
  private long accepted;
  private long rejectedByLoader;
  private long rejectedByApi;

  /**
   * @param before what earlier parts of the run have accounted for
   */
  Account(Counts before) {
    this.before = before;
    this.rejectedByRule = new HashMap<>(before.rejectedByRule());
    this.linesRead = before.lines();
    this.accepted = before.accepted();
    this.rejectedByLoader = before.rejectedByLoader();
    this.rejectedByApi = before.rejectedByApi();
  }

  void read() {
    linesRead++;
  }

  void accepted(int lines) {
    accepted += lines;
  }

  void rejectedByLoader(List<Reason> reasons) {
    rejectedByLoader++;
    count(reasons);
  }

  void rejectedByApi(List<Reason> reasons) {
    rejectedByApi++;
    count(reasons);
  }

  private void count(List<Reason> reasons) {
    Stream<String> rules = reasons.stream().map(Reason::rule).distinct();
    rules.forEach(rule -> rejectedByRule.merge(rule, 1L, Long::sum));
  }

  Counts counts() {
    return new Counts(accepted, rejectedByLoader, rejectedByApi, rejectedByRule);
  }

  SendListener.Progress progress(long bytesRead, long bytesTotal, long retries) {
    return new SendListener.Progress(
        bytesRead, bytesTotal, linesRead, accepted, rejectedByLoader + rejectedByApi, retries);
  }

  SendResult result(RetryingClient client, double seconds, RejectsFile rejects) {
    return new SendResult(
        linesRead,
        before.lines(),
        accepted,
        rejectedByLoader,
        rejectedByApi,
        client.requests(),
        client.retries(),
        seconds,
        rejectedByRule,
        rejects.written(),
        rejects.drafts());
  }
}
