package org.invoiceflow.local.standin;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.invoiceflow.local.endpoints.AwsAccess;
import org.invoiceflow.local.endpoints.AwsKeys;

/**
 * What every stand-in of one run needs.
 *
 * @param folder the run's folder: logs, data
 */
record RunContext(Installation installation, Path folder, Janitor janitor) {

  /** Shown to the user, who types them into his own client. Nothing outside this machine asks. */
  static final AwsKeys KEYS = new AwsKeys("local", "local-secret");

  static final String REGION = "us-east-1";

  static AwsAccess access(URI address) {
    return new AwsAccess(Optional.of(address), REGION, Optional.of(KEYS));
  }

  /** The {@code java} of this JVM. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
