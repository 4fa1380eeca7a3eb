package org.invoiceflow.loader.send;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.invoiceflow.loader.input.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A text file of whole lines that is made with the first of them. Says what it holds on the disk,
 * and goes on behind that.
 */
final class RejectsOutput implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final MessageDigest digest = Sha256.start();
  private volatile @Nullable FileChannel channel;
  private @Nullable BufferedWriter writer;

  private RejectsOutput(Path path) {
    this.path = path;
  }

  /** A file that is not there yet. */
  static RejectsOutput create(Path path) {
    return new RejectsOutput(path);
  }

  /**
   * The file, cut off behind what it held.
   *
   * @throws InputException if it does not begin with that
   */
  static RejectsOutput continued(Path path, ResumePoint.Written held) throws IOException {
    RejectsOutput output = new RejectsOutput(path);
    if (held.bytes() == 0) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw output.failure(e);
      }
      return output;
    }
    if (!output.beginsWith(held)) {
      throw new InputException(
          path
              + " lacks lines that the earlier part of the run has written, or was changed since;"
              + " put it back, or send the file from its start, without --resume; that is safe.");
    }
    try {
      output.open().truncate(held.bytes()).position(held.bytes());
    } catch (IOException e) {
      throw output.failure(e);
    }
    return output;
  }

  /** Takes these bytes into the digest. */
  private boolean beginsWith(ResumePoint.Written held) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      for (long left = held.bytes(); left > 0; ) {
        byte[] read = in.readNBytes((int) Math.min(left, BUFFER));
        if (read.length == 0) {
          return false;
        }
        digest.update(read);
        left -= read.length;
      }
    }
    return Sha256.soFar(digest).equals(held.sha256());
  }

  void write(String text) throws OutputException {
    try {
      BufferedWriter to = writer;
      if (to == null) {
        open();
        to = writer;
      }
      if (to != null) {
        to.write(text);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Hands over what was written to the system. */
  void flush() throws OutputException {
    try {
      if (writer != null) {
        writer.flush();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Hands over what was written to the system.
   *
   * @return what the file holds now
   */
  ResumePoint.Written flushed() throws OutputException {
    flush();
    try {
      return channel == null
          ? ResumePoint.Written.NOTHING
          : new ResumePoint.Written(channel.position(), Sha256.soFar(digest));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Brings to the disk what was handed over; on any thread. */
  void force() throws OutputException {
    FileChannel file = channel;
    try {
      if (file != null) {
        file.force(false);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  boolean isEmpty() {
    return writer == null;
  }

  /** The file, if anything was written. */
  Optional<Path> written() {
    return isEmpty() ? Optional.empty() : Optional.of(path);
  }

  @Override
  public void close() throws OutputException {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Not Files.newBufferedWriter: that throws on half of a surrogate pair in a message. */
  private FileChannel open() throws IOException {
    FileChannel opened =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel = opened;
    writer =
        new BufferedWriter(
            new OutputStreamWriter(
                new DigestOutputStream(Channels.newOutputStream(opened), digest),
                StandardCharsets.UTF_8));
    return opened;
  }

  private OutputException failure(IOException e) {
    return new OutputException("Writing the rejects file " + path + " failed: " + e + ".", e);
  }
}
