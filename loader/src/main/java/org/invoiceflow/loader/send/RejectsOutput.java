package org.invoiceflow.loader.send;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.invoiceflow.loader.input.InputException;
import org.jspecify.annotations.Nullable;

/**
 * A text file of whole lines that is made with the first of them. Says how long it is on the disk,
 * and goes on at such a length.
 */
final class RejectsOutput implements Closeable {

  private final Path path;
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
   * The file, cut off at this length.
   *
   * @throws InputException if it does not hold whole lines of this length
   */
  static RejectsOutput continued(Path path, long length) throws IOException {
    RejectsOutput output = new RejectsOutput(path);
    if (length == 0) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw output.failure(e);
      }
      return output;
    }
    if (!hasLinesUpTo(path, length)) {
      throw new InputException(
          path
              + " lacks lines that the earlier part of the run has written, or was changed since;"
              + " put it back, or send the file from its start, without --resume; that is safe.");
    }
    try {
      output.open().truncate(length).position(length);
    } catch (IOException e) {
      throw output.failure(e);
    }
    return output;
  }

  private static boolean hasLinesUpTo(Path path, long length) throws IOException {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel file = FileChannel.open(path)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return file.read(last, length - 1) == 1 && last.get(0) == '\n';
    }
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
   * @return the file's length, in bytes
   */
  long length() throws OutputException {
    flush();
    try {
      return channel == null ? 0 : channel.position();
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
            new OutputStreamWriter(Channels.newOutputStream(opened), StandardCharsets.UTF_8));
    return opened;
  }

  private OutputException failure(IOException e) {
    return new OutputException("Writing the rejects file " + path + " failed: " + e + ".", e);
  }
}
