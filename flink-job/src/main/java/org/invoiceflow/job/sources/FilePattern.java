package org.invoiceflow.job.sources;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.PathMatcher;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Which files to read: one file, every file below a folder, or those that a glob names. A glob is
 * the part of the path from the first segment with one of {@code *}, {@code ?}, {@code [} or an
 * opening brace; it has the meaning of {@link java.nio.file.FileSystem#getPathMatcher}: {@code *}
 * stays within a folder, {@code **} does not. Files and folders below the fixed part whose names
 * begin with {@code _} or {@code .} are passed over: programs keep their unfinished files there.
 * Immutable.
 */
final class FilePattern implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String GLOB_CHARACTERS = "*?[{";

  private final String text;
  private final String base;
  private final String glob;

  private FilePattern(String text, String base, String glob) {
    this.text = text;
    this.base = base;
    this.glob = glob;
  }

  /**
   * @throws IllegalArgumentException with one sentence if the text is no path or no glob
   */
  static FilePattern parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "The path of the files is empty; give a file, a folder or a glob");
    }
    int globAt = firstGlobCharacter(text);
    int baseEnd = globAt < 0 ? text.length() : text.lastIndexOf('/', globAt) + 1;
    String base = baseEnd == 0 ? "." : text.substring(0, baseEnd);
    FilePattern pattern = new FilePattern(text, base, text.substring(baseEnd));
    try {
      pattern.matcher();
      new Path(base);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no path and no glob: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    }
    return pattern;
  }

  private static int firstGlobCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (GLOB_CHARACTERS.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The file, or the folder below which the files lie. */
  Path base() {
    return new Path(base);
  }

  /** The files that match now, in the order of their paths; none if the base is not there. */
  List<FoundFile> list() throws IOException {
    FileSystem fileSystem = base().getFileSystem();
    Path root = base().makeQualified(fileSystem);
    List<FoundFile> files = new ArrayList<>();
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(root);
    } catch (FileNotFoundException e) {
      return files;
    }
    if (!status.isDir()) {
      files.add(new FoundFile(root, status));
      return files;
    }
    collect(fileSystem, root, "", matcher(), files);
    files.sort(Comparator.comparing(file -> file.path().toString()));
    return files;
  }

  private static void collect(
      FileSystem fileSystem, Path folder, String prefix, PathMatcher matcher, List<FoundFile> files)
      throws IOException {
    FileStatus[] children = fileSystem.listStatus(folder);
    if (children == null) {
      return;
    }
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (name.startsWith("_") || name.startsWith(".")) {
        continue;
      }
      String relative = prefix + name;
      Path path = childOf(folder, name);
      if (child.isDir()) {
        collect(fileSystem, path, relative + "/", matcher, files);
      } else if (matches(matcher, relative)) {
        files.add(new FoundFile(path, child));
      }
    }
  }

  /**
   * Made from the user's path and not taken from the listing, in which Flink's S3 file system says
   * {@code s3a:} where the user said {@code s3:}. In three parts, so that the name is not parsed.
   */
  private static Path childOf(Path folder, String name) {
    URI uri = folder.toUri();
    return new Path(uri.getScheme(), uri.getAuthority(), uri.getPath() + "/" + name);
  }

  private static boolean matches(PathMatcher matcher, String relative) {
    try {
      return matcher.matches(Paths.get(relative));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private PathMatcher matcher() {
    return glob.isEmpty() ? path -> true : FileSystems.getDefault().getPathMatcher("glob:" + glob);
  }

  @Override
  public String toString() {
    return text;
  }

  /** A file as it was listed. */
  static final class FoundFile {
    private final Path path;
    private final long length;
    private final long modifiedAtMillis;

    private FoundFile(Path path, FileStatus status) {
      this.path = path;
      this.length = status.getLen();
      this.modifiedAtMillis = status.getModificationTime();
    }

    /** With the scheme that the user wrote. */
    Path path() {
      return path;
    }

    long length() {
      return length;
    }

    long modifiedAtMillis() {
      return modifiedAtMillis;
    }
  }
}
