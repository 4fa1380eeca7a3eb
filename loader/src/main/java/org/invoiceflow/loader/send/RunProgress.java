package org.invoiceflow.loader.send;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.LineSource;

/**
 * Notes from time to time how far a run has come, and finds out where an earlier one left off. Only
 * lines count that have no unanswered line before them. Used by one thread.
 */
final class RunProgress implements Closeable {

  /**
   * A note keeps the disk busy for some milliseconds, on a busy machine much longer, so it is
   * written by a thread of its own. What is answered between two notes is sent again after a kill.
   */
  private static final long BETWEEN_NOTES = Duration.ofMillis(250).toNanos();

  private final Optional<ProgressFile> file;
  private final Optional<Content> content;
  private final ResumePoint start;
  private final boolean isResumed;
  private final ExecutorService notes = Executors.newSingleThreadExecutor(RunProgress::daemon);
  private Future<ResumePoint> underWay;
  private long noted;

  private RunProgress(
      Optional<ProgressFile> file,
      Optional<Content> content,
      ResumePoint start,
      boolean isResumed) {
    this.file = file;
    this.content = content;
    this.start = start;
    this.isResumed = isResumed;
    this.underWay = CompletableFuture.completedFuture(start);
  }

  /**
   * Finds the place to start from, and moves the lines there.
   *
   * @throws InputException if the run is to be resumed, but what is known of it is of another run
   */
  static RunProgress begin(SendOptions options, InvoiceInput input, LineSource lines, Path rejects)
      throws IOException {
    String url = options.endpoint().toString();
    ResumePoint.Rejects noRejects =
        new ResumePoint.Rejects(
            absolute(rejects), ResumePoint.Written.NOTHING, ResumePoint.Written.NOTHING);
    if (options.progress().isEmpty()) {
      ResumePoint start =
          new ResumePoint(input.name(), "", lines.format(), url, Counts.NONE, noRejects);
      return new RunProgress(Optional.empty(), Optional.empty(), start, false);
    }
    ProgressFile file = new ProgressFile(options.progress().get());
    Content content = Content.of(input);
    Optional<ResumePoint> found = file.read();
    if (options.resume() && found.isPresent()) {
      ResumeCheck check = new ResumeCheck(file.path(), found.get());
      check.isOf(input.name(), lines.format(), url, noRejects.path());
      content.skip(lines, found.get().counts().lines());
      check.hasContent(content.mark());
      return new RunProgress(Optional.of(file), Optional.of(content), found.get(), true);
    }
    ResumePoint start =
        new ResumePoint(input.name(), content.mark(), lines.format(), url, Counts.NONE, noRejects);
    return new RunProgress(Optional.of(file), Optional.of(content), start, false);
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** What earlier parts of the run have accounted for. */
  Counts before() {
    return start.counts();
  }

  /**
   * The rejects file as earlier parts have left it, or a new one: nobody goes on with them then.
   */
  RejectsFile openRejects(Path path) throws IOException {
    if (isResumed) {
      return RejectsFile.continued(path, start.rejects());
    }
    RejectsFile rejects = RejectsFile.at(path);
    if (file.isPresent()) {
      file.get().delete();
    }
    return rejects;
  }

  /** Takes lines that are accounted for, in the order of the file. */
  void settled(Batch batch) {
    content.ifPresent(known -> batch.entries().forEach(entry -> known.pass(entry.line())));
  }

  /** Notes the counts if the last note is old enough; does not wait for the disk. */
  void noteIfDue(Account account, RejectsFile rejects) throws IOException, InterruptedException {
    if (System.nanoTime() - noted >= BETWEEN_NOTES && underWay.isDone()) {
      start(account, rejects);
    }
  }

  /** Notes the counts; they are on the disk when this returns. */
  void note(Account account, RejectsFile rejects) throws IOException, InterruptedException {
    start(account, rejects);
    await();
  }

  /** Every line is accounted for: there is nothing to go on with. */
  void end(RejectsFile rejects) throws IOException, InterruptedException {
    await();
    if (file.isPresent()) {
      rejects.flush();
      rejects.force();
      file.get().delete();
    }
  }

  @Override
  public void close() {
    notes.shutdown();
  }

  private void start(Account account, RejectsFile rejects)
      throws IOException, InterruptedException {
    await();
    if (file.isEmpty() || content.isEmpty()) {
      return;
    }
    ProgressFile to = file.get();
    ResumePoint point =
        new ResumePoint(
            start.name(),
            content.get().mark(),
            start.format(),
            start.url(),
            account.counts(),
            rejects.flushed());
    noted = System.nanoTime();
    underWay =
        notes.submit(
            () -> {
              rejects.force();
              to.write(point);
              return point;
            });
  }

  private void await() throws IOException, InterruptedException {
    try {
      underWay.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutputException failure) {
        throw new OutputException(String.valueOf(failure.getMessage()), failure);
      }
      throw new IllegalStateException("the progress cannot be noted", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "loader-progress");
    thread.setDaemon(true);
    return thread;
  }
}
