package org.invoiceflow.local.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL of a test's own, where the shared one has what the test wants otherwise. */
public final class TestPostgres {

  private TestPostgres() {}

  /** On loopback; its default would be to give up when the start takes more than 10 seconds. */
  public static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setPGStartupWait(Limits.PATIENCE);
  }
}
