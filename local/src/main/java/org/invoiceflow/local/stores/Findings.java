package org.invoiceflow.local.stores;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong in a store: how many inconsistencies, and the first of them as sentences.
 * Immutable.
 *
 * @param count all inconsistencies found
 * @param sentences the first {@value #KEPT} at most, each naming the item and what is wrong with it
 */
public record Findings(long count, List<String> sentences) {

  /** How many sentences are kept; a broken store would fill the memory otherwise. */
  public static final int KEPT = 20;

  public static final Findings NONE = new Findings(0, List.of());

  public Findings {
    sentences = List.copyOf(sentences);
  }

  /** These and the others together. */
  public Findings plus(Findings others) {
    List<String> both = new ArrayList<>(sentences);
    others.sentences.stream().limit(KEPT - both.size()).forEach(both::add);
    return new Findings(count + others.count, both);
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Collects findings from several threads. */
  static final class Collector {
    private long count;
    private final List<String> sentences = new ArrayList<>();

    synchronized void add(String sentence) {
      count++;
      if (sentences.size() < KEPT) {
        sentences.add(sentence);
      }
    }

    synchronized Findings findings() {
      return new Findings(count, sentences);
    }
  }
}
