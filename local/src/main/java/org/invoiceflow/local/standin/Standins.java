package org.invoiceflow.local.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.invoiceflow.local.endpoints.Endpoints;
import org.invoiceflow.local.endpoints.Service;

/**
 * The running stand-ins of one run, and the run's folder. Closing kills them and deletes the
 * folder; the end of this JVM does the same, however it comes about.
 */
public final class Standins implements AutoCloseable {

  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final Janitor janitor;
  private final Map<Service, Standin> running = new EnumMap<>(Service.class);
  private final Thread hook = new Thread(this::closeAtExit, "close-standins");
  private boolean closed;

  private Standins(Path folder, Janitor janitor) {
    this.folder = folder;
    this.janitor = janitor;
  }

  /**
   * Starts the stand-ins of the given services, all at once, and returns when all are ready. They
   * are empty: see {@link org.invoiceflow.local.endpoints.Provisioning}.
   *
   * @param services may be none; then there is the folder only
   * @param folder of this run alone, created if absent; logs and data go here; deleted at the end
   * @throws StandinException if one does not start; the others are stopped, the folder is deleted
   */
  public static Standins start(Set<Service> services, Path folder)
      throws StandinException, IOException {
    return start(Installation.find(), services, folder);
  }

  static Standins start(Installation installation, Set<Service> services, Path folder)
      throws StandinException, IOException {
    Path absolute = Files.createDirectories(folder).toAbsolutePath();
    Janitor janitor = new Janitor(absolute);
    Standins standins = new Standins(absolute, janitor);
    Runtime.getRuntime().addShutdownHook(standins.hook);
    try {
      standins.startAll(services, new RunContext(installation, absolute, janitor));
    } catch (StandinException | IOException | RuntimeException e) {
      try {
        standins.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    return standins;
  }

  private void startAll(Set<Service> services, RunContext run)
      throws StandinException, IOException {
    ExecutorService starters = Executors.newCachedThreadPool();
    try {
      List<CompletableFuture<Void>> starting = new ArrayList<>();
      for (Service service : services) {
        starting.add(CompletableFuture.runAsync(() -> startOne(service, run), starters));
      }
      // The first failure is thrown when all have ended, so that none is left behind unseen.
      CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof StandinException standinException) {
        throw standinException;
      }
      if (cause instanceof IOException ioException) {
        throw ioException;
      }
      throw e;
    } finally {
      starters.shutdown();
    }
  }

  private void startOne(Service service, RunContext run) {
    for (int attempt = 1; ; attempt++) {
      try {
        Standin standin =
            switch (service) {
              case KINESIS -> KinesisStandin.start(run);
              case DYNAMODB -> DynamoDbStandin.start(run);
              case S3 -> S3Standin.start(run);
              case WAREHOUSE -> WarehouseStandin.start(run);
            };
        add(service, standin);
        return;
      } catch (StandinException | IOException e) {
        // Another process may have taken the port in between.
        if (attempt == ATTEMPTS) {
          throw new CompletionException(e);
        }
      }
    }
  }

  private synchronized void add(Service service, Standin standin) throws IOException {
    if (closed) {
      standin.close();
      return;
    }
    running.put(service, standin);
  }

  /** Where the stand-ins are. */
  public synchronized Endpoints endpoints() {
    Endpoints endpoints = Endpoints.none();
    for (Standin standin : running.values()) {
      endpoints = endpoints.or(standin.endpoints());
    }
    return endpoints;
  }

  /** The run's folder, which holds a log of every stand-in, and may hold more. */
  public Path folder() {
    return folder;
  }

  /** Kills the stand-ins and deletes the run's folder. A second call does nothing. */
  @Override
  public void close() throws IOException {
    closeAll(true);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, or has run.
    }
  }

  private synchronized void closeAll(boolean dismissJanitor) throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    List<Exception> failures = new ArrayList<>();
    running.values().parallelStream()
        .forEach(
            standin -> {
              try {
                standin.close();
              } catch (IOException | RuntimeException e) {
                synchronized (failures) {
                  failures.add(e);
                }
              }
            });
    if (failures.isEmpty()) {
      deleteFolder();
      if (dismissJanitor) {
        janitor.close();
      }
      return;
    }
    // The janitor is left in office: it tries again when this JVM ends.
    IOException failure = new IOException("A stand-in could not be stopped.");
    failures.forEach(failure::addSuppressed);
    throw failure;
  }

  private void closeAtExit() {
    try {
      // The janitor stays: a stand-in may be about to start, which nobody else would stop.
      closeAll(false);
    } catch (IOException | RuntimeException e) {
      // The janitor does the rest.
    }
  }

  private void deleteFolder() throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
