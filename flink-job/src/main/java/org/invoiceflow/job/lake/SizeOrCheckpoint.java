package org.invoiceflow.job.lake;

import java.io.IOException;
import org.apache.flink.streaming.api.functions.sink.filesystem.PartFileInfo;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.CheckpointRollingPolicy;

/**
 * Ends a part file at every checkpoint, which a compressed file needs to be whole when it becomes
 * visible, and before that when it has reached a size.
 */
final class SizeOrCheckpoint<T> extends CheckpointRollingPolicy<T, String> {

  private static final long serialVersionUID = 1L;

  private final long maxBytes;

  SizeOrCheckpoint(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public boolean shouldRollOnEvent(PartFileInfo<String> file, T element) throws IOException {
    return file.getSize() >= maxBytes;
  }

  @Override
  public boolean shouldRollOnProcessingTime(PartFileInfo<String> file, long now) {
    return false;
  }
}
