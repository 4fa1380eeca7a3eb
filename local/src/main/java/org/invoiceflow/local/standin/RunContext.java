package org.invoiceflow.local.standin;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Begins the command of a child JVM: small, quick to start, and with its temporary files in the
   * run's folder.
   */
  List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    // The stand-ins live for minutes: the optimizing compiler takes more than it gives.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:-UsePerfData");
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of(options));
    return command;
  }
}
