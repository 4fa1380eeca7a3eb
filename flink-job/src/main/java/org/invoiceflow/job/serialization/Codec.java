package org.invoiceflow.job.serialization;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of one immutable type. Implementations have a public constructor without
 * arguments and keep no state; a new form gets a higher {@link #version()} and still reads every
 * older one, so that a savepoint of an earlier release restores.
 */
public interface Codec<T> {

  /** Version of the form that {@link #write} makes, from 1. */
  int version();

  Class<T> type();

  void write(T value, DataOutputView out) throws IOException;

  /**
   * @param version of the form that stands in {@code in}, at most {@link #version()}
   */
  T read(int version, DataInputView in) throws IOException;
}
