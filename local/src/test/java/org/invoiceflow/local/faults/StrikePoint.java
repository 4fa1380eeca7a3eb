package org.invoiceflow.local.faults;

import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What one instance of an operator tells the plan, and where it is broken. One thread at a time, as
 * operators are called.
 */
final class StrikePoint {

  private final CrashPlan plan;
  private final String operator;
  private long elements;
  private long elementsSinceCommit;

  StrikePoint(CrashPlan plan, String operator, int attempt) {
    this.plan = plan;
    this.operator = operator;
    plan.attempt(attempt);
  }

  void beforeElement(Object element) {
    // A summary without committables moves nothing.
    if (element instanceof StreamRecord<?> record
        && record.getValue() instanceof CommittableSummary) {
      return;
    }
    if (elements == 0) {
      plan.firstElement(operator);
    }
    elements++;
    elementsSinceCommit++;
    strikeAtElement(Moment.BEFORE_FIRST_CHECKPOINT);
    strikeAtElement(Moment.AT_ELEMENT);
  }

  private void strikeAtElement(Moment moment) {
    plan.due(operator, moment).filter(strike -> elements > strike.after()).ifPresent(plan::strike);
  }

  void beforeBarrier() {
    strikeInSnapshot(0);
  }

  void afterBarrier() {
    strikeInSnapshot(1);
  }

  void afterSnapshot(long checkpoint, long millis) {
    plan.checkpointBegun(checkpoint, millis);
    strikeInSnapshot(2);
  }

  private void strikeInSnapshot(int step) {
    if (elementsSinceCommit > 0) {
      plan.due(operator, Moment.DURING_SNAPSHOT)
          .filter(strike -> strike.step() == step)
          .filter(strike -> plan.completedCheckpoints() > strike.after())
          .ifPresent(plan::strike);
    }
  }

  void beforeCommit() {
    strikeAtCommit(Moment.BEFORE_COMMIT);
  }

  void afterCommit(long checkpoint) {
    strikeAtCommit(Moment.AFTER_COMMIT);
    elementsSinceCommit = 0;
    plan.checkpointCompleted(checkpoint);
  }

  /** Only where something has come since the last time: an idle committer has nothing to commit. */
  private void strikeAtCommit(Moment moment) {
    if (elementsSinceCommit > 0) {
      plan.due(operator, moment)
          .filter(strike -> plan.completedCheckpoints() > strike.after())
          .ifPresent(plan::strike);
    }
  }

  void beforeEnd() {
    strikeAtEnd(Moment.BEFORE_END);
  }

  void afterEnd() {
    strikeAtEnd(Moment.AFTER_END);
  }

  private void strikeAtEnd(Moment moment) {
    plan.due(operator, moment).ifPresent(plan::strike);
  }
}
