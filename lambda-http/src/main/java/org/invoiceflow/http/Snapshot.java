package org.invoiceflow.http;

import java.io.PrintStream;
import org.crac.Core;
import org.crac.Resource;

/**
 * Runs code once before Lambda takes the snapshot from which SnapStart starts its instances, so
 * that classes are loaded and connections have been made when the first request comes. Without
 * SnapStart nothing is run.
 *
 * <p>Whatever is primed is in every instance that starts from the snapshot, at another time: it
 * must leave behind no point of time, no random number and no answer that can grow old.
 */
public final class Snapshot implements Resource {

  private final Runnable priming;
  private final PrintStream log;

  private Snapshot(Runnable priming, PrintStream log) {
    this.priming = priming;
    this.log = log;
  }

  /**
   * Asks to be told of the snapshot. The runtime may hold what is returned weakly: the handler
   * keeps it.
   *
   * @param priming may fail: that is logged, and the function starts all the same
   */
  public static Snapshot prime(Runnable priming, PrintStream log) {
    Snapshot snapshot = new Snapshot(priming, log);
    Core.getGlobalContext().register(snapshot);
    return snapshot;
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    String fault = "";
    try {
      priming.run();
    } catch (RuntimeException e) {
      fault = FaultText.of(e);
    }
    String text = fault;
    log.println(
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("level", text.isEmpty() ? "INFO" : "WARN");
              json.writeStringField("message", text.isEmpty() ? "primed" : "priming failed");
              if (!text.isEmpty()) {
                json.writeStringField("stack_trace", text);
              }
              json.writeEndObject();
            }));
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    // Clients and connections renew themselves.
  }
}
