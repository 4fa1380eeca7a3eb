package org.invoiceflow.job.config;

import java.util.List;

/**
 * Everything that is wrong with a configuration or with the access that it describes; the message
 * has one line an error. It has no stack trace: what it says is the user's to mend, not ours.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(List<String> errors) {
    super(String.join(System.lineSeparator(), errors), null, false, false);
  }
}
