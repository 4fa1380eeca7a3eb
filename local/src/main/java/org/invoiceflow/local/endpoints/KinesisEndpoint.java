package org.invoiceflow.local.endpoints;

import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A Kinesis stream.
 *
 * @param stream name of the stream
 */
public record KinesisEndpoint(AwsAccess access, String stream) {

  /** A new client, to be closed by the caller; safe for use by many threads. */
  public KinesisClient client() {
    return access.configure(KinesisClient.builder()).build();
  }
}
