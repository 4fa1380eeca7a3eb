package org.invoiceflow.local.endpoints;

import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The bucket that holds the lake and the files to import.
 *
 * @param bucket name of the bucket
 */
public record S3Endpoint(AwsAccess access, String bucket) {

  /**
   * A new client, to be closed by the caller; safe for use by many threads. An emulator is
   * addressed by path and spared the checksums that only AWS's newer clients send.
   */
  public S3Client client() {
    return access
        .configure(S3Client.builder())
        .forcePathStyle(access.endpoint().isPresent())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }
}
