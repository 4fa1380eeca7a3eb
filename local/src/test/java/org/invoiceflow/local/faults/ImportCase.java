package org.invoiceflow.local.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.invoiceflow.job.Operators;

/**
 * One import of the crash matrix.
 *
 * @param strikes one for each start of the import but the last
 */
record ImportCase(List<Strike> strikes, int parallelism, long seed) implements CrashCase {

  private static final int MAX_PARALLELISM = 2;
  private static final String INVOICES = Operators.VIEW_INVOICES.displayName() + ": Writer";

  ImportCase {
    strikes = List.copyOf(strikes);
  }

  /** Every operator at every moment in every way, with every parallelism: an import each. */
  static List<ImportCase> whole(List<String> operators, long seed) {
    Random random = new Random(seed);
    List<ImportCase> cases = new ArrayList<>();
    for (String operator : operators) {
      for (Moment moment : Moment.OF_IMPORT) {
        for (Strike.Way way : Strike.Way.values()) {
          for (int parallelism = 1; parallelism <= MAX_PARALLELISM; parallelism++) {
            cases.add(
                new ImportCase(
                    List.of(Strike.of(operator, moment, way, random)),
                    parallelism,
                    seed + cases.size()));
          }
        }
      }
    }
    Collections.shuffle(cases, random);
    return cases;
  }

  /**
   * Every operator at every moment, and every operator and moment in every way, in fewer imports:
   * each is struck three times, in another way, at another moment and operator each time.
   */
  static List<ImportCase> pairwise(List<String> operators, long seed) {
    Random random = new Random(seed);
    List<String> shuffled = new ArrayList<>(operators);
    Collections.shuffle(shuffled, random);
    List<Moment> moments = Moment.OF_IMPORT;
    List<Strike.Way> ways = List.of(Strike.Way.KILL, Strike.Way.CANCEL, Strike.Way.FAIL);
    List<ImportCase> cases = new ArrayList<>();
    for (int o = 0; o < shuffled.size(); o++) {
      List<Strike> strikes = new ArrayList<>();
      for (int w = 0; w < ways.size(); w++) {
        strikes.add(
            Strike.of(
                shuffled.get((o + w) % shuffled.size()),
                moments.get((o + w * 2) % moments.size()),
                ways.get(w),
                random));
      }
      // What is stored already does not come to this operator again.
      strikes.sort(Comparator.comparing(strike -> !strike.operator().equals(INVOICES)));
      cases.add(new ImportCase(strikes, 1 + random.nextInt(MAX_PARALLELISM), seed + o));
    }
    return cases;
  }

  @Override
  public String name() {
    return strikes.stream()
            .map(strike -> strike + ", " + strike.way())
            .collect(Collectors.joining("; "))
        + " [parallelism "
        + parallelism
        + "]";
  }
}
