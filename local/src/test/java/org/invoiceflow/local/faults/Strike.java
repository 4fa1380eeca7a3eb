package org.invoiceflow.local.faults;

import java.util.Optional;
import java.util.Random;
import org.invoiceflow.job.Operators;
import org.invoiceflow.job.warehouse.WarehouseSink;

/**
 * One intended crash.
 *
 * @param operator name of the node in the graph
 * @param way what befalls the job
 * @param after how many elements, or completed checkpoints, to let pass before; at least 0
 * @param step which of the steps of a snapshot: 0 before the barrier, 1 after it, 2 after the
 *     operator's snapshot; without meaning at other moments
 */
record Strike(String operator, Moment moment, Way way, int after, int step) {

  /** What befalls the job. */
  enum Way {
    /** The operator throws, and Flink restarts the job. */
    FAIL("restart"),
    /** The operator throws, and the job fails for good; it is started again from nothing. */
    KILL("kill and start again"),
    /** The operator stands still until the job is cancelled; it is started again from nothing. */
    CANCEL("cancel and start again");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Steps of {@link Moment#DURING_SNAPSHOT}. */
  private static final int STEPS = 3;

  /** Flink's names of a sink's operators end so. */
  private static final String WRITER = ": Writer";

  private static final String COMMITTER = ": Committer";

  private static final int MAX_ELEMENTS = 8;
  private static final int MAX_CHECKPOINTS = 2;

  /** With count and step from the random numbers. */
  static Strike of(String operator, Moment moment, Way way, Random random) {
    boolean atElement = moment == Moment.BEFORE_FIRST_CHECKPOINT || moment == Moment.AT_ELEMENT;
    int elements = writerBefore(operator).isPresent() ? 1 : MAX_ELEMENTS;
    return new Strike(
        operator,
        moment,
        way,
        random.nextInt(atElement ? elements : MAX_CHECKPOINTS),
        random.nextInt(STEPS));
  }

  /** Of an operator that gets elements only with checkpoints, few of them: who sends them. */
  Optional<String> writer() {
    return writerBefore(operator);
  }

  private static Optional<String> writerBefore(String operator) {
    if (operator.endsWith(WarehouseSink.AGGREGATOR_NAME)) {
      return Optional.of(Operators.WAREHOUSE.displayName() + WRITER);
    }
    return operator.endsWith(COMMITTER)
        ? Optional.of(operator.substring(0, operator.length() - COMMITTER.length()) + WRITER)
        : Optional.empty();
  }

  @Override
  public String toString() {
    return operator + ", " + moment;
  }
}
