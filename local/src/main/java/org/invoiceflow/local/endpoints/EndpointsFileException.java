package org.invoiceflow.local.endpoints;

import java.nio.file.Path;
import java.util.List;

/** An endpoints file is wrong. The message names the file and lists everything that is wrong. */
public final class EndpointsFileException extends Exception {

  private static final long serialVersionUID = 1L;

  EndpointsFileException(Path file, List<String> problems) {
    super("Endpoints file " + file + ": " + String.join(" ", problems));
  }
}
