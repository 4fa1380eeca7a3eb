package org.invoiceflow.local.artifacts;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A jar that is deployed. */
enum Artifact {
  JOB("flink-job", "-msf.jar", 60_000_000, 55),
  INGEST("ingest-lambda", "-lambda.jar", 15_000_000, 61),
  QUERY("query-lambda", "-lambda.jar", 15_000_000, 61);

  private static final String VERSIONS = "META-INF/versions/";

  /** Version 44 is Java's 0, as it were. */
  private static final int CLASS_VERSION_OF_JAVA_0 = 44;

  private final String module;
  private final String suffix;
  private final long maxBytes;
  private final int maxClassVersion;

  Artifact(String module, String suffix, long maxBytes, int maxClassVersion) {
    this.module = module;
    this.suffix = suffix;
    this.maxBytes = maxBytes;
    this.maxClassVersion = maxClassVersion;
  }

  long maxBytes() {
    return maxBytes;
  }

  Path file() throws IOException {
    Path target = Path.of(System.getProperty("invoiceflow.root"), module, "target");
    try (Stream<Path> files = Files.list(target)) {
      List<Path> found = files.filter(f -> f.getFileName().toString().endsWith(suffix)).toList();
      if (found.size() != 1) {
        throw new AssertionError("One *" + suffix + " should be in " + target + ": " + found);
      }
      return found.get(0);
    }
  }

  /** Classes that the artefact's Java cannot read, with their version. */
  TreeMap<String, Integer> tooNew() throws IOException {
    TreeMap<String, Integer> found = new TreeMap<>();
    try (JarFile jar = new JarFile(file().toFile())) {
      for (ZipEntry entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
          in.skipNBytes(6);
          int version = in.readUnsignedShort();
          if (version > allowed(entry.getName())) {
            found.put(entry.getName(), version);
          }
        }
      }
    }
    return found;
  }

  /** Classes for a newer Java are not looked at by an older one. */
  private int allowed(String name) {
    if (!name.startsWith(VERSIONS)) {
      return maxClassVersion;
    }
    String java = name.substring(VERSIONS.length(), name.indexOf('/', VERSIONS.length()));
    return Math.max(maxClassVersion, CLASS_VERSION_OF_JAVA_0 + Integer.parseInt(java));
  }

  /** What the files below META-INF/services name and the jar does not hold. */
  TreeSet<String> missingProviders() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    try (JarFile jar = new JarFile(file().toFile())) {
      List<? extends ZipEntry> services =
          jar.stream()
              .filter(e -> !e.isDirectory() && e.getName().startsWith("META-INF/services/"))
              .toList();
      for (ZipEntry service : services) {
        try (InputStream in = jar.getInputStream(service)) {
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(name -> !name.isEmpty())
              .filter(name -> jar.getEntry(name.replace('.', '/') + ".class") == null)
              .forEach(name -> missing.add(service.getName() + ": " + name));
        }
      }
    }
    return missing;
  }
}
