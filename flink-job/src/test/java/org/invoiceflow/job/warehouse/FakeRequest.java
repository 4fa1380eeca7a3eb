package org.invoiceflow.job.warehouse;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** Remembers what the committer says; anything but success and "already committed" is refused. */
final class FakeRequest implements CommitRequest<StagedLoad> {

  private final StagedLoad load;
  private boolean alreadyCommitted;

  FakeRequest(StagedLoad load) {
    this.load = load;
  }

  boolean isAlreadyCommitted() {
    return alreadyCommitted;
  }

  @Override
  public StagedLoad getCommittable() {
    return load;
  }

  @Override
  public int getNumberOfRetries() {
    return 0;
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    throw new AssertionError(reason);
  }

  @Override
  public void retryLater() {
    throw new AssertionError("retryLater has no pause");
  }

  @Override
  public void updateAndRetryLater(StagedLoad other) {
    throw new AssertionError("a load never changes");
  }

  @Override
  public void signalAlreadyCommitted() {
    alreadyCommitted = true;
  }
}
