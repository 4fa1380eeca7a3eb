package org.invoiceflow.local.faults;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Takes down the runs that end before they could be judged: none may be missing in the figures. */
final class UnjudgedRuns implements BeforeEachCallback, TestWatcher {

  @Override
  public void beforeEach(ExtensionContext test) {
    FaultLog.beginNone();
  }

  @Override
  public void testFailed(ExtensionContext test, @Nullable Throwable cause) {
    Optional.ofNullable(cause)
        .filter(failure -> !(failure instanceof FaultLog.Verdict))
        .ifPresent(
            failure ->
                FaultLog.unjudged(
                    test.getRequiredTestClass().getSimpleName() + ", " + test.getDisplayName(),
                    failure));
  }
}
