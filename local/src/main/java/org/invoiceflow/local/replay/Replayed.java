package org.invoiceflow.local.replay;

import java.util.Map;
import java.util.TreeMap;
import org.invoiceflow.job.metrics.JobMetrics;
import org.invoiceflow.local.job.JobCounters;
import org.invoiceflow.model.Rule;

/**
 * What the job counted. After a restart it counts again what it reads again.
 *
 * @param rejected lines and unreadable records that broke a rule
 * @param byRule how many of them broke which rule; one that broke several counts for each
 * @param conflicting lines that contradict a stored one
 * @param duplicates lines that are stored already
 * @param restarts how often the job was restarted
 */
record Replayed(
    long rejected, Map<String, Long> byRule, long conflicting, long duplicates, int restarts) {

  static Replayed of(JobCounters counters) {
    Map<String, Long> byRule = new TreeMap<>();
    for (Rule rule : Rule.values()) {
      long count = counters.sum(JobMetrics.REJECTED_BY_RULE + rule);
      if (count > 0) {
        byRule.put(rule.name(), count);
      }
    }
    return new Replayed(
        counters.sum(JobMetrics.LINES_REJECTED),
        byRule,
        counters.sum(JobMetrics.LINES_CONFLICTING),
        counters.sum(JobMetrics.LINES_DUPLICATE) + counters.sum(JobMetrics.LINES_ALREADY_STORED),
        counters.restarts());
  }
}
