package org.invoiceflow.local.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The strikes of one run, one after the other: the next is due when the job has completed a
 * checkpoint that began after the one before. Operators find the plan by its number, because they
 * are made from serialized factories. Thread-safe.
 */
final class CrashPlan implements AutoCloseable {

  private static final Map<Integer, CrashPlan> PLANS = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  /** Longer than the interval of the warehouse's loads. */
  private static final Duration HAND_OVER = StreamCrashRun.LOAD_INTERVAL.multipliedBy(2);

  private final int number = NEXT.incrementAndGet();
  private final Deque<Strike> due;
  private final List<Strike> made = new ArrayList<>();
  private final List<Duration> recoveries = new ArrayList<>();
  private final CompletableFuture<Void> standstill = new CompletableFuture<>();
  private final Set<Long> checkpointsSinceStrike = new HashSet<>();
  private final Set<Long> completed = new HashSet<>();
  private final Map<String, Long> firstElements = new HashMap<>();
  private boolean recovering;
  private long struckNanos;
  private long struckMillis;
  private int restarts;

  private CrashPlan(List<Strike> strikes) {
    this.due = new ArrayDeque<>(strikes);
  }

  static CrashPlan of(List<Strike> strikes) {
    CrashPlan plan = new CrashPlan(strikes);
    PLANS.put(plan.number, plan);
    return plan;
  }

  static CrashPlan numbered(int number) {
    CrashPlan plan = PLANS.get(number);
    if (plan == null) {
      throw new IllegalStateException("the run of plan " + number + " is over");
    }
    return plan;
  }

  int number() {
    return number;
  }

  /** The strike that is to be made now, if it is this operator's at this moment. */
  synchronized Optional<Strike> due(String operator, Moment moment) {
    return recovering
        ? Optional.empty()
        : Optional.ofNullable(due.peek())
            .filter(strike -> strike.operator().equals(operator) && strike.moment() == moment);
  }

  /**
   * Whether checkpoints must wait for a strike that comes before the first. What a checkpoint
   * itself brings to an operator comes only after the operator's writer has something to hand on.
   */
  synchronized boolean holdsCheckpoints() {
    Strike next = due.peek();
    if (next == null || next.moment() != Moment.BEFORE_FIRST_CHECKPOINT || recovering) {
      return false;
    }
    Optional<String> writer = next.writer();
    if (writer.isEmpty()) {
      return true;
    }
    Long first = firstElements.get(writer.get());
    return first == null || System.nanoTime() - first < HAND_OVER.toNanos();
  }

  synchronized void firstElement(String operator) {
    firstElements.putIfAbsent(operator, System.nanoTime());
  }

  synchronized int completedCheckpoints() {
    return completed.size();
  }

  /**
   * Breaks the operator that calls, unless another subtask was faster.
   *
   * @throws StrikeException that the operator lets through
   */
  void strike(Strike strike) {
    synchronized (this) {
      if (recovering || !strike.equals(due.peek())) {
        return;
      }
      due.remove();
      made.add(strike);
      recovering = true;
      checkpointsSinceStrike.clear();
      struckNanos = System.nanoTime();
      struckMillis = System.currentTimeMillis();
    }
    if (strike.way() == Strike.Way.CANCEL) {
      standStill();
    }
    throw new StrikeException(strike);
  }

  /** Until Flink interrupts the canceled task. */
  private void standStill() {
    standstill.complete(null);
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void checkpointBegun(long id, long millis) {
    if (recovering && millis > struckMillis) {
      checkpointsSinceStrike.add(id);
    }
  }

  synchronized void checkpointCompleted(long id) {
    completed.add(id);
    if (recovering && checkpointsSinceStrike.contains(id)) {
      recoveries.add(Duration.ofNanos(System.nanoTime() - struckNanos));
      recovering = false;
    }
  }

  /**
   * Waits until an operator stands still or the job is over.
   *
   * @param end completed when the job is over
   * @return whether an operator stands still
   * @throws TimeoutException if neither comes about
   */
  boolean awaitStandstill(CompletableFuture<?> end)
      throws InterruptedException, ExecutionException, TimeoutException {
    return CompletableFuture.anyOf(standstill, end)
        .thenApply(any -> standstill.isDone())
        .get(FaultSettings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  synchronized void attempt(int attempt) {
    restarts = Math.max(restarts, attempt);
  }

  /** Whether every strike was made and recovered from. */
  synchronized boolean isDone() {
    return due.isEmpty() && !recovering;
  }

  /** Strikes made so far, in order. */
  synchronized List<Strike> made() {
    return List.copyOf(made);
  }

  synchronized List<Strike> notMade() {
    return List.copyOf(due);
  }

  synchronized List<Duration> recoveries() {
    return List.copyOf(recoveries);
  }

  /** How often Flink has restarted the job. */
  synchronized int restarts() {
    return restarts;
  }

  @Override
  public void close() {
    PLANS.remove(number);
  }
}
