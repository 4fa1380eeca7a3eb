package org.invoiceflow.local.endpoints;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/** Reads an endpoints file once and collects what is wrong with it. */
final class EndpointsFile {

  private final Properties properties;
  private final TreeSet<String> unread;
  private final List<String> problems = new ArrayList<>();

  private EndpointsFile(Properties properties) {
    this.properties = properties;
    this.unread = new TreeSet<>(properties.stringPropertyNames());
  }

  static Endpoints read(Path file) throws IOException, EndpointsFileException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      throw new EndpointsFileException(
          file, List.of("It is no properties file: " + e.getMessage() + "."));
    }
    EndpointsFile parsed = new EndpointsFile(properties);
    Endpoints endpoints = parsed.endpoints();
    parsed.unread.forEach(
        key -> parsed.problems.add("The key " + key + " is unknown: remove or correct it."));
    if (!parsed.problems.isEmpty()) {
      throw new EndpointsFileException(file, parsed.problems);
    }
    return endpoints;
  }

  static Path write(Endpoints endpoints, Path file) throws IOException {
    Map<String, String> keys = new LinkedHashMap<>();
    endpoints
        .ifKinesis()
        .ifPresent(
            kinesis -> {
              put(keys, Service.KINESIS, kinesis.access());
              keys.put("kinesis.stream", kinesis.stream());
            });
    endpoints
        .ifDynamoDb()
        .ifPresent(
            dynamoDb -> {
              put(keys, Service.DYNAMODB, dynamoDb.access());
              keys.put("dynamodb.invoices-table", dynamoDb.invoicesTable());
              keys.put("dynamodb.customers-table", dynamoDb.customersTable());
            });
    endpoints
        .ifS3()
        .ifPresent(
            s3 -> {
              put(keys, Service.S3, s3.access());
              keys.put("s3.bucket", s3.bucket());
            });
    endpoints
        .ifWarehouse()
        .ifPresent(
            warehouse -> {
              keys.put("warehouse.jdbc-url", warehouse.jdbcUrl());
              keys.put("warehouse.user", warehouse.user());
              keys.put("warehouse.password", warehouse.password());
            });
    Properties properties = new Properties();
    keys.forEach(properties::setProperty);
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(writer, null);
    }
    return file;
  }

  private static void put(Map<String, String> keys, Service service, AwsAccess access) {
    String prefix = service.key() + ".";
    access.endpoint().ifPresent(uri -> keys.put(prefix + "endpoint", uri.toString()));
    keys.put(prefix + "region", access.region());
    access
        .keys()
        .ifPresent(
            given -> {
              keys.put(prefix + "access-key-id", given.accessKeyId());
              keys.put(prefix + "secret-access-key", given.secretAccessKey());
              given.sessionToken().ifPresent(t -> keys.put(prefix + "session-token", t));
            });
  }

  private Endpoints endpoints() {
    Endpoints endpoints = Endpoints.none();
    if (names(Service.KINESIS)) {
      AwsAccess access = access(Service.KINESIS);
      endpoints = endpoints.or(Endpoints.of(new KinesisEndpoint(access, need("kinesis.stream"))));
    }
    if (names(Service.DYNAMODB)) {
      AwsAccess access = access(Service.DYNAMODB);
      endpoints =
          endpoints.or(
              Endpoints.of(
                  new DynamoDbEndpoint(
                      access, need("dynamodb.invoices-table"), need("dynamodb.customers-table"))));
    }
    if (names(Service.S3)) {
      AwsAccess access = access(Service.S3);
      endpoints = endpoints.or(Endpoints.of(new S3Endpoint(access, need("s3.bucket"))));
    }
    if (names(Service.WAREHOUSE)) {
      endpoints =
          endpoints.or(
              Endpoints.of(
                  new WarehouseEndpoint(
                      jdbcUrl(), need("warehouse.user"), need("warehouse.password"))));
    }
    return endpoints;
  }

  private boolean names(Service service) {
    return properties.stringPropertyNames().stream()
        .anyMatch(key -> key.startsWith(service.key() + "."));
  }

  private AwsAccess access(Service service) {
    String prefix = service.key() + ".";
    return new AwsAccess(uri(prefix + "endpoint"), need(prefix + "region"), keys(prefix));
  }

  private Optional<AwsKeys> keys(String prefix) {
    Optional<String> id = find(prefix + "access-key-id");
    Optional<String> secret = find(prefix + "secret-access-key");
    Optional<String> token = find(prefix + "session-token");
    if (id.isPresent() && secret.isPresent()) {
      return Optional.of(new AwsKeys(id.get(), secret.get(), token));
    }
    if (id.isPresent() || secret.isPresent() || token.isPresent()) {
      problems.add(
          "Give both "
              + prefix
              + "access-key-id and "
              + prefix
              + "secret-access-key, or neither (then AWS's default credentials are used).");
    }
    return Optional.empty();
  }

  private Optional<URI> uri(String key) {
    Optional<String> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(value.get());
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Told below, as every other address that is none.
    }
    problems.add("The value of " + key + " must look like http://host:port or https://host.");
    return Optional.empty();
  }

  private String jdbcUrl() {
    String url = need("warehouse.jdbc-url");
    if (!url.isEmpty()
        && !url.startsWith("jdbc:redshift:")
        && !url.startsWith("jdbc:postgresql:")) {
      problems.add(
          "The value of warehouse.jdbc-url must begin with jdbc:redshift: or jdbc:postgresql:.");
    }
    return url;
  }

  private String need(String key) {
    Optional<String> value = find(key);
    if (value.isEmpty()) {
      problems.add("The key " + key + " is missing or empty.");
    }
    return value.orElse("");
  }

  private Optional<String> find(String key) {
    unread.remove(key);
    return Optional.ofNullable(properties.getProperty(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
