package org.invoiceflow.loader.send;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.input.SourceLine;

/**
 * One run. The calling thread reads, batches and accounts; a few threads send. Answers are taken in
 * file order, so the rejects file is in file order too, and everything before a failure is known.
 * At most twice as many batches as requests in flight are in memory.
 */
final class Sending {

  private final Traffic traffic;
  private final InvoiceInput input;
  private final RetryingClient client;
  private final Pace pace;
  private final RejectsFile rejects;
  private final RunProgress progress;
  private final SendListener listener;
  private final Account account;
  private final Deque<Sent> window = new ArrayDeque<>();
  private final long started;
  private volatile boolean hasGivenUp;

  /** A batch on its way. */
  private record Sent(Batch batch, Future<Reply.Answered> answer) {}

  /**
   * @param started when the input was opened, as {@link System#nanoTime}
   */
  Sending(
      Traffic traffic,
      InvoiceInput input,
      RetryingClient client,
      Pace pace,
      RejectsFile rejects,
      RunProgress progress,
      SendListener listener,
      long started) {
    this.traffic = traffic;
    this.input = input;
    this.client = client;
    this.pace = pace;
    this.rejects = rejects;
    this.progress = progress;
    this.listener = listener;
    this.started = started;
    this.account = new Account(progress.before());
  }

  /**
   * @param lines those of the input that are not accounted for yet
   * @throws GaveUpException if the service cannot be reached, or refuses to work
   * @throws BrokenOffException if a file fails
   */
  SendResult run(LineSource lines) throws IOException, InterruptedException {
    ExecutorService senders = Executors.newFixedThreadPool(traffic.inFlight(), Sending::daemon);
    try {
      progress.note(account, rejects);
      Batcher batcher = new Batcher(traffic.linesOfRequest(), Batcher.MAX_BYTES);
      for (Optional<SourceLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        account.read();
        send(batcher.add(line.get()), senders);
      }
      send(batcher.finish(), senders);
      settleAll();
      progress.end(rejects);
      return result();
    } catch (GaveUpException e) {
      noteLast(e);
      throw e;
    } catch (InputException e) {
      noteLast(e);
      throw new BrokenOffException(e, result());
    } catch (OutputException e) {
      // The last note stands: what may be missing in the rejects must not count.
      throw new BrokenOffException(e, result());
    } finally {
      senders.shutdownNow();
    }
  }

  /** As far as that is possible; the run ends by its cause in any case. */
  private void noteLast(IOException cause) throws InterruptedException {
    try {
      if (!hasGivenUp) {
        settleAll();
      }
      progress.note(account, rejects);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void settleAll() throws IOException, InterruptedException {
    while (!window.isEmpty()) {
      settleFirst();
    }
  }

  private void send(List<Batch> batches, ExecutorService senders)
      throws IOException, InterruptedException {
    for (Batch batch : batches) {
      pace.await(batch.linesToSend());
      window.add(new Sent(batch, senders.submit(() -> send(batch))));
      while (window.size() > 2 * traffic.inFlight() || firstIsDone()) {
        settleFirst();
      }
    }
  }

  /** Batches start in the order of the file, so one that failed stands before all that wait. */
  private Reply.Answered send(Batch batch) throws GaveUpException, InterruptedException {
    if (hasGivenUp) {
      throw new GaveUpException("an earlier request failed.");
    }
    int lines = batch.linesToSend();
    try {
      return lines == 0 ? new Reply.Answered(0, List.of()) : client.send(batch.body(), lines);
    } catch (GaveUpException e) {
      hasGivenUp = true;
      throw e;
    }
  }

  private boolean firstIsDone() {
    Sent first = window.peek();
    return first != null && first.answer().isDone();
  }

  private void settleFirst() throws IOException, InterruptedException {
    Sent first = window.remove();
    Reply.Answered answer;
    try {
      answer = first.answer().get();
    } catch (ExecutionException e) {
      throw failure(e, first.batch());
    }
    settle(first.batch(), answer);
    rejects.flush();
    progress.settled(first.batch());
    progress.noteIfDue(account, rejects);
    listener.progress(
        account.progress(input.bytesRead(), input.knownSize().orElse(0), client.retries()));
  }

  private void settle(Batch batch, Reply.Answered answer) throws OutputException {
    account.accepted(answer.accepted());
    Map<Integer, List<Reason>> byApi = new HashMap<>();
    for (Reply.RejectedLine line : answer.rejected()) {
      byApi.put(line.index(), line.reasons());
    }
    int index = 0;
    for (Batch.Entry entry : batch.entries()) {
      if (entry.refused()) {
        List<Reason> reasons = Reason.of(entry.line().result());
        account.rejectedByLoader(reasons);
        rejects.write(entry.line(), reasons);
        continue;
      }
      List<Reason> reasons = byApi.getOrDefault(index, List.of());
      if (!reasons.isEmpty()) {
        account.rejectedByApi(reasons);
        rejects.write(entry.line(), reasons);
      }
      index++;
    }
  }

  private IOException failure(ExecutionException e, Batch batch) {
    if (e.getCause() instanceof GaveUpException gaveUp) {
      String place =
          "Gave up on "
              + batch.place()
              + " of "
              + input.name()
              + " (what stands before is accounted for): ";
      return gaveUp.at(place, result());
    }
    throw new IllegalStateException("sending failed for a reason that is not the service's", e);
  }

  private SendResult result() {
    double seconds = (System.nanoTime() - started) / 1e9;
    return account.result(client, seconds, rejects);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "loader-sender");
    thread.setDaemon(true);
    return thread;
  }
}
