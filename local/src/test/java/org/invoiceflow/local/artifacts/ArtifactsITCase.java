package org.invoiceflow.local.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opens what is deployed. What only the job's jar must hold to is in {@code JobJarITCase}. */
class ArtifactsITCase {

  /** The build's {@code project.build.outputTimestamp}; a zip has no zone. */
  private static final LocalDateTime BUILT = LocalDateTime.of(2026, 1, 1, 0, 0);

  private static final Pattern HANDLER = Pattern.compile("handler\\s*=\\s*\"([\\w.]+)\"");

  @ParameterizedTest
  @EnumSource
  void it_is_small(Artifact artifact) throws IOException {
    assertThat(Files.size(artifact.file())).isLessThan(artifact.maxBytes());
  }

  @ParameterizedTest
  @EnumSource
  void its_java_reads_every_class(Artifact artifact) throws IOException {
    assertThat(artifact.tooNew()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void it_has_no_signature_which_would_be_that_of_another_jar(Artifact artifact)
      throws IOException {
    assertThat(names(artifact))
        .isNotEmpty()
        .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA|EC)"));
  }

  @ParameterizedTest
  @EnumSource
  void every_registered_service_is_there(Artifact artifact) throws IOException {
    assertThat(artifact.missingProviders()).isEmpty();
  }

  /** Two builds of one commit give the same bytes, so a jar named by its content stays. */
  @ParameterizedTest
  @EnumSource
  void nothing_in_it_tells_when_and_where_it_was_built(Artifact artifact) throws IOException {
    Instant written = Files.getLastModifiedTime(artifact.file()).toInstant();
    try (JarFile jar = new JarFile(artifact.file().toFile())) {
      List<? extends ZipEntry> entries = Collections.list(jar.entries());
      assertThat(entries)
          .as("entries of the hours before the jar was written")
          .filteredOn(
              entry ->
                  entry
                      .getLastModifiedTime()
                      .toInstant()
                      .isAfter(written.minus(Duration.ofHours(48))))
          .extracting(ZipEntry::getName)
          .isEmpty();
      assertThat(entries)
          .filteredOn(entry -> entry.getName().startsWith("org/invoiceflow/"))
          .isNotEmpty()
          .allSatisfy(entry -> assertThat(entry.getTimeLocal()).isEqualTo(BUILT));
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.keySet().stream().map(Object::toString))
          .isSubsetOf(
              "Manifest-Version",
              "Created-By",
              "Build-Jdk-Spec",
              "Main-Class",
              "Multi-Release",
              "Implementation-Version");
      assertThat(entries)
          .extracting(ZipEntry::getName)
          .noneMatch(name -> name.matches("META-INF/maven/.*|(.*/)?git\\.properties"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void the_functions_jars_hold_the_handlers_that_terraform_names() throws Exception {
    String terraform =
        Files.readString(
            Path.of(System.getProperty("invoiceflow.root"), "terraform/modules/ingest/main.tf"));
    List<String> handlers =
        HANDLER.matcher(terraform).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(handlers).hasSize(2);
    assertHandler(Artifact.INGEST, handlers.get(0));
    assertHandler(Artifact.QUERY, handlers.get(1));
  }

  /** Loads it with nothing but its jar and Java, as Lambda does. */
  private static void assertHandler(Artifact artifact, String name) throws Exception {
    URL[] jar = {artifact.file().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
      Class<?> handler = Class.forName(name, false, loader);
      Set<String> interfaces = new HashSet<>();
      for (Class<?> type : handler.getInterfaces()) {
        interfaces.add(type.getName());
      }
      assertThat(interfaces).as(name).contains(RequestHandler.class.getName());
      assertThat(handler.getConstructor()).isNotNull();
      assertThat(handler.getDeclaredMethods())
          .anyMatch(method -> method.getName().equals("handleRequest"));
    }
  }

  private static Set<String> names(Artifact artifact) throws IOException {
    Set<String> names = new TreeSet<>();
    try (JarFile jar = new JarFile(artifact.file().toFile())) {
      jar.stream().map(ZipEntry::getName).forEach(names::add);
    }
    return names;
  }
}
