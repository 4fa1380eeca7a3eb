package org.invoiceflow.loader.generate;

import java.util.Random;

/** A distribution over whole numbers, given by its smallest value, nine deciles and largest. */
final class Spread {

  private final int[] deciles;

  private Spread(int[] deciles) {
    this.deciles = deciles;
  }

  static Spread of(int... deciles) {
    return new Spread(deciles.clone());
  }

  /**
   * Straight between deciles; in the last one the square pulls towards its lower end, as real tails
   * do.
   */
  int draw(Random random) {
    int at = random.nextInt(deciles.length - 1);
    double part = random.nextDouble();
    if (at == deciles.length - 2) {
      part = part * part;
    }
    return deciles[at] + (int) (part * (deciles[at + 1] - deciles[at]));
  }
}
