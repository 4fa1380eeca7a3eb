package org.invoiceflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens and starts the jar that Managed Service for Apache Flink gets, beside the libraries that
 * the service provides and no others.
 */
class JobJarITCase {

  private static final int JAVA_11 = 55;
  private static final long MAX_BYTES = 55_000_000;
  private static final String NOT_WANTED =
      "amazon-kinesis-producer-native-binaries/.*|.*\\.(so|dll|dylib|jnilib|exe|zip)"
          + "|(org/apache/logging/log4j|org/postgresql|org/apache/hadoop)/.*"
          + "|META-INF/[^/]+\\.(SF|DSA|RSA)|(.*/)?module-info\\.class";

  private static Path jarFile;
  private static List<Path> provided;
  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    Path target = Path.of(System.getProperty("invoiceflow.root"), "flink-job", "target");
    try (Stream<Path> files = Files.list(target)) {
      jarFile =
          files
              .filter(f -> f.getFileName().toString().endsWith("-msf.jar"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("There is no *-msf.jar in " + target));
    }
    provided =
        Stream.of(Files.readString(target.resolve("provided.classpath")).split(File.pathSeparator))
            .map(entry -> Path.of(entry.trim()))
            .collect(Collectors.toList());
    jar = new JarFile(jarFile.toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void the_manifest_names_the_main_class() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
        .isEqualTo(InvoiceflowJob.class.getName());
  }

  @Test
  void the_jar_is_small() throws IOException {
    assertThat(Files.size(jarFile)).isLessThan(MAX_BYTES);
  }

  @Test
  void no_class_of_a_provided_library_is_in_the_jar() throws IOException {
    Set<String> ofTheService = new HashSet<>();
    for (Path library : provided) {
      ofTheService.addAll(classes(library));
    }
    assertThat(ofTheService)
        .contains(
            "org/apache/flink/streaming/api/datastream/DataStream.class",
            "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
            "org/apache/flink/connector/file/src/FileSource.class",
            "com/amazonaws/services/kinesisanalytics/runtime/KinesisAnalyticsRuntime.class",
            "org/slf4j/Logger.class");
    Set<String> twice = new TreeSet<>(classes(jarFile));
    twice.retainAll(ofTheService);
    assertThat(twice).isEmpty();
  }

  @Test
  void the_jar_holds_no_program_for_an_operating_system_and_no_other_logger_or_database_driver() {
    assertThat(
            jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .filter(name -> name.matches(NOT_WANTED)))
        .isEmpty();
  }

  @Test
  void every_class_runs_on_java_11() throws IOException {
    List<String> newer = new ArrayList<>();
    for (String name : classes(jarFile)) {
      try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
        in.readInt();
        in.readUnsignedShort();
        if (in.readUnsignedShort() > JAVA_11) {
          newer.add(name);
        }
      }
    }
    assertThat(newer).isEmpty();
  }

  @Test
  void the_services_of_all_libraries_are_registered() throws IOException {
    assertThat(service("org.invoiceflow.job.warehouse.BulkLoad"))
        .containsExactly("org.invoiceflow.job.warehouse.RedshiftCopy");
    assertThat(service("java.sql.Driver")).contains("com.amazon.redshift.Driver");
    assertThat(service("software.amazon.awssdk.http.async.SdkAsyncHttpService"))
        .contains("software.amazon.awssdk.http.nio.netty.NettySdkAsyncHttpService");
    assertThat(service("software.amazon.awssdk.http.SdkHttpService"))
        .contains("software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService");
  }

  @Test
  void all_classes_of_the_job_and_of_its_connectors_find_what_they_refer_to() throws Exception {
    List<String> names =
        classes(jarFile).stream()
            .filter(name -> name.startsWith("org/invoiceflow/"))
            .map(name -> name.replace('/', '.').substring(0, name.length() - ".class".length()))
            .collect(Collectors.toCollection(ArrayList::new));
    assertThat(names).hasSizeGreaterThan(100);
    names.add("org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer");
    names.add("org.apache.flink.streaming.connectors.kinesis.internals.KinesisDataFetcher");
    names.add("org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxy");
    names.add("org.apache.flink.streaming.connectors.kinesis.proxy.KinesisProxyAsyncV2");
    names.add("org.apache.flink.connector.dynamodb.sink.DynamoDbSink");
    names.add("org.apache.flink.connector.dynamodb.sink.DynamoDbSinkWriter");
    names.add("org.apache.flink.connector.aws.util.AWSGeneralUtil");
    names.add("software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient");
    List<URL> urls = new ArrayList<>();
    for (Path entry : classPath()) {
      urls.add(entry.toUri().toURL());
    }
    ClassLoader jdk = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), jdk)) {
      for (String name : names) {
        Class<?> loaded = Class.forName(name, true, loader);
        // Resolves every type that a signature names.
        assertThat(loaded.getDeclaredMethods()).isNotNull();
        assertThat(loaded.getDeclaredFields()).isNotNull();
      }
    }
  }

  @Test
  void the_jar_starts_and_names_every_error_of_a_broken_configuration(@TempDir Path folder)
      throws Exception {
    Path config = folder.resolve("broken.json");
    Files.writeString(
        config,
        "[{\"PropertyGroupId\": \"job\","
            + " \"PropertyMap\": {\"mode\": \"stream\", \"max.parallelism\": \"none\"}},"
            + " {\"PropertyGroupId\": \"views\","
            + " \"PropertyMap\": {\"region\": \"eu-central-1\", \"invoice.table\": \"i\"}}]");
    Started started = start(folder, config);
    assertThat(started.status).isNotZero();
    assertThat(started.output)
        .contains("Property max.parallelism of group job is 'none'")
        .contains("Property stream of group source is missing")
        .contains("Property customers.table of group views is missing")
        .contains("Property root of group lake is missing")
        .contains("Property invoice.table of group")
        .contains("is unknown; remove it or correct its name.")
        .doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "LinkageError");
  }

  @Test
  void the_jar_starts_and_names_every_store_that_cannot_be_reached(@TempDir Path folder)
      throws Exception {
    Path config = folder.resolve("unreachable.json");
    Files.writeString(
        config,
        "[{\"PropertyGroupId\": \"job\", \"PropertyMap\": {\"mode\": \"import\"}},"
            + " {\"PropertyGroupId\": \"source\", \"PropertyMap\": {\"path\": \"file:"
            + folder.resolve("absent")
            + "\"}},"
            + " {\"PropertyGroupId\": \"views\", \"PropertyMap\": {\"region\": \"eu-central-1\","
            + " \"endpoint\": \"http://127.0.0.1:1\", \"access.key.id\": \"k\","
            + " \"secret.access.key\": \"hidden\", \"invoices.table\": \"i\","
            + " \"customers.table\": \"c\"}},"
            + " {\"PropertyGroupId\": \"lake\", \"PropertyMap\": {\"root\": \"file:"
            + folder.resolve("lake")
            + "\"}},"
            + " {\"PropertyGroupId\": \"warehouse\", \"PropertyMap\": {"
            + " \"url\": \"jdbc:redshift://127.0.0.1:1/db\", \"user\": \"u\","
            + " \"password\": \"hidden\", \"iam.role\": \"arn:aws:iam::123456789012:role/r\"}}]");
    Started started = start(folder, config);
    assertThat(started.status).isNotZero();
    assertThat(started.output)
        .contains("DynamoDB table i cannot be used")
        .contains("DynamoDB table c cannot be used")
        .contains("127.0.0.1:1")
        .doesNotContain("hidden")
        .doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "LinkageError");
  }

  private static Started start(Path folder, Path config) throws Exception {
    Path output = folder.resolve("output.txt");
    String path =
        classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                path,
                InvoiceflowJob.class.getName(),
                "--config",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the job ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Started(process.exitValue(), Files.readString(output));
  }

  /** The job's jar first, as the service loads it. */
  private static List<Path> classPath() {
    List<Path> all = new ArrayList<>();
    all.add(jarFile);
    all.addAll(provided);
    return all;
  }

  private static Set<String> classes(Path library) throws IOException {
    try (JarFile opened = new JarFile(library.toFile())) {
      return opened.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
          .filter(name -> !name.equals("module-info.class"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<String> service(String name) throws IOException {
    JarEntry entry = jar.getJarEntry("META-INF/services/" + name);
    assertThat(entry).as(name).isNotNull();
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toList());
    }
  }

  private static final class Started {
    final int status;
    final String output;

    Started(int status, String output) {
      this.status = status;
      this.output = output;
    }
  }
}
