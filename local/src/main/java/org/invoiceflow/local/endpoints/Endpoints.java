package org.invoiceflow.local.endpoints;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where some or all of the four services are. Immutable; secrets do not show in the text form.
 *
 * @param ifKinesis the stream, if it is among them
 * @param ifDynamoDb the views, if they are among them
 * @param ifS3 the bucket, if it is among them
 * @param ifWarehouse the warehouse, if it is among them
 */
public record Endpoints(
    Optional<KinesisEndpoint> ifKinesis,
    Optional<DynamoDbEndpoint> ifDynamoDb,
    Optional<S3Endpoint> ifS3,
    Optional<WarehouseEndpoint> ifWarehouse) {

  /** No service at all. */
  public static Endpoints none() {
    return new Endpoints(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Only this stream. */
  public static Endpoints of(KinesisEndpoint kinesis) {
    return new Endpoints(
        Optional.of(kinesis), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Only these views. */
  public static Endpoints of(DynamoDbEndpoint dynamoDb) {
    return new Endpoints(
        Optional.empty(), Optional.of(dynamoDb), Optional.empty(), Optional.empty());
  }

  /** Only this bucket. */
  public static Endpoints of(S3Endpoint s3) {
    return new Endpoints(Optional.empty(), Optional.empty(), Optional.of(s3), Optional.empty());
  }

  /** Only this warehouse. */
  public static Endpoints of(WarehouseEndpoint warehouse) {
    return new Endpoints(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(warehouse));
  }

  /**
   * Reads the services that a properties file names; {@code endpoints.example.properties} among
   * this module's resources shows every key. A service of which no key stands in the file is left
   * out.
   *
   * @throws EndpointsFileException if the file breaks a rule; the message lists all that is wrong
   * @throws IOException if the file cannot be read
   */
  public static Endpoints read(Path file) throws IOException, EndpointsFileException {
    return EndpointsFile.read(file);
  }

  /**
   * Writes these in the form that {@link #read} takes, secrets included.
   *
   * @return the file
   */
  public Path write(Path file) throws IOException {
    return EndpointsFile.write(this, file);
  }

  /** The services that are among these. */
  public Set<Service> services() {
    EnumSet<Service> services = EnumSet.noneOf(Service.class);
    ifKinesis.ifPresent(any -> services.add(Service.KINESIS));
    ifDynamoDb.ifPresent(any -> services.add(Service.DYNAMODB));
    ifS3.ifPresent(any -> services.add(Service.S3));
    ifWarehouse.ifPresent(any -> services.add(Service.WAREHOUSE));
    return services;
  }

  /** These, and from {@code others} the services that are not among these. */
  public Endpoints or(Endpoints others) {
    return new Endpoints(
        ifKinesis.or(others::ifKinesis),
        ifDynamoDb.or(others::ifDynamoDb),
        ifS3.or(others::ifS3),
        ifWarehouse.or(others::ifWarehouse));
  }

  /** The stream; whoever asks has made sure that it is there. */
  public KinesisEndpoint kinesis() {
    return ifKinesis.orElseThrow(() -> absent(Service.KINESIS));
  }

  /** The views; whoever asks has made sure that they are there. */
  public DynamoDbEndpoint dynamoDb() {
    return ifDynamoDb.orElseThrow(() -> absent(Service.DYNAMODB));
  }

  /** The bucket; whoever asks has made sure that it is there. */
  public S3Endpoint s3() {
    return ifS3.orElseThrow(() -> absent(Service.S3));
  }

  /** The warehouse; whoever asks has made sure that it is there. */
  public WarehouseEndpoint warehouse() {
    return ifWarehouse.orElseThrow(() -> absent(Service.WAREHOUSE));
  }

  private static IllegalStateException absent(Service service) {
    return new IllegalStateException("no endpoint for " + service);
  }
}
