package org.invoiceflow.loader.generate;

import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The last lines sold to customers, for cancellations to take back; a fixed number of them. */
final class RecentSales {

  private static final int KEPT = 512;

  private final @Nullable Row[] rows = new @Nullable Row[KEPT];
  private int next;

  void add(Row row) {
    rows[next] = row;
    next = (next + 1) % KEPT;
  }

  /** A line sold some time ago; empty before enough were sold. */
  Optional<Row> draw(Random random) {
    return Optional.ofNullable(rows[random.nextInt(KEPT)]);
  }
}
