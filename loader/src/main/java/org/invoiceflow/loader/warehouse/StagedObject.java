package org.invoiceflow.loader.warehouse;

import java.time.Instant;

/**
 * An object below the staging folder.
 *
 * @param modified when it was complete
 */
public record StagedObject(String key, long bytes, Instant modified) {

  /** The last segment of the key. */
  public String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
