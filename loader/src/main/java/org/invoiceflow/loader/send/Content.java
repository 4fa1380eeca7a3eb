package org.invoiceflow.loader.send;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.invoiceflow.loader.input.InvoiceInput;
import org.invoiceflow.loader.input.LineSource;
import org.invoiceflow.loader.input.Sha256;
import org.invoiceflow.loader.input.SourceLine;

/**
 * Tells what a run reads from anything else: by the whole file, or, where that is not to be had
 * before, by the lines so far. Used by one thread.
 */
abstract sealed class Content {

  static Content of(InvoiceInput input) throws IOException {
    Optional<String> whole = input.sha256();
    return whole.isPresent() ? new WholeFile(whole.get()) : new LinesSoFar();
  }

  /** Takes the next line that is accounted for, in the order of the file. */
  abstract void pass(SourceLine line);

  /** Passes over the lines that earlier parts have accounted for. */
  abstract void skip(LineSource lines, long count) throws IOException;

  /** Equal at the same line of the same content, and else nowhere. */
  abstract String mark();

  private static final class WholeFile extends Content {
    private final String sha256;

    WholeFile(String sha256) {
      this.sha256 = sha256;
    }

    @Override
    void pass(SourceLine line) {
      // The file is known already.
    }

    @Override
    void skip(LineSource lines, long count) throws IOException {
      lines.skip(count);
    }

    @Override
    String mark() {
      return "file sha256 " + sha256;
    }
  }

  private static final class LinesSoFar extends Content {
    private final MessageDigest digest = Sha256.start();

    @Override
    void pass(SourceLine line) {
      digest.update((line.fileLine() + ":" + line.row() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    void skip(LineSource lines, long count) throws IOException {
      Optional<SourceLine> line = Optional.empty();
      for (long i = 0; i < count; i++) {
        line = lines.next();
        line.ifPresent(this::pass);
        if (line.isEmpty()) {
          return;
        }
      }
    }

    @Override
    String mark() {
      return "lines sha256 " + Sha256.soFar(digest);
    }
  }
}
