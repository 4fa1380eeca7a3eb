package org.invoiceflow.local.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * One stream of the crash matrix.
 *
 * @param strikes made one after the other, each after the job has recovered from the one before
 * @param isFinite whether the stream ends by itself at last; if not, it falls quiet
 */
record StreamCase(
    List<Strike> strikes, String backend, int parallelism, boolean isFinite, long seed)
    implements CrashCase {

  private static final List<String> BACKENDS = List.of("hashmap", "rocksdb");
  private static final int MAX_PARALLELISM = 2;
  private static final int CONFIGURATIONS = BACKENDS.size() * MAX_PARALLELISM;

  StreamCase {
    strikes = List.copyOf(strikes);
  }

  /** Every operator at every moment, on every backend, with every parallelism: a stream each. */
  static List<StreamCase> whole(List<String> operators, long seed) {
    Random random = new Random(seed);
    List<StreamCase> cases = new ArrayList<>();
    for (String operator : operators) {
      for (Moment moment : Moment.OF_STREAM) {
        for (int configuration = 0; configuration < CONFIGURATIONS; configuration++) {
          Strike strike = Strike.of(operator, moment, Strike.Way.FAIL, random);
          cases.add(configured(List.of(strike), configuration, cases.size(), seed));
        }
      }
    }
    Collections.shuffle(cases, random);
    return cases;
  }

  /**
   * Every operator at every moment, and every operator and moment with every backend and
   * parallelism, in fewer streams: each is struck once at every moment, at another operator each
   * time.
   */
  static List<StreamCase> pairwise(List<String> operators, long seed) {
    Random random = new Random(seed);
    List<String> shuffled = new ArrayList<>(operators);
    Collections.shuffle(shuffled, random);
    List<Moment> moments = Moment.OF_STREAM;
    List<StreamCase> cases = new ArrayList<>();
    for (int from = 0; from < shuffled.size(); from += moments.size()) {
      for (int configuration = 0; configuration < CONFIGURATIONS; configuration++) {
        List<Strike> strikes = new ArrayList<>();
        for (int m = 0; m < moments.size(); m++) {
          int operator = from + (m + configuration) % moments.size();
          if (operator < shuffled.size()) {
            strikes.add(Strike.of(shuffled.get(operator), moments.get(m), Strike.Way.FAIL, random));
          }
        }
        cases.add(configured(strikes, configuration, cases.size(), seed));
      }
    }
    return cases;
  }

  private static StreamCase configured(
      List<Strike> strikes, int configuration, int number, long seed) {
    return new StreamCase(
        strikes,
        BACKENDS.get(configuration % BACKENDS.size()),
        1 + configuration / BACKENDS.size(),
        // Neither in step with the configurations nor with the operators.
        Integer.bitCount(number) % 2 == 0,
        seed + number);
  }

  @Override
  public String name() {
    return strikes.stream().map(Strike::toString).collect(Collectors.joining("; "))
        + " ["
        + backend
        + ", parallelism "
        + parallelism
        + (isFinite ? ", ends" : "")
        + "]";
  }
}
