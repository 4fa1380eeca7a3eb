package org.invoiceflow.local.endpoints;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Static AWS credentials. The text form shows none of them.
 *
 * @param sessionToken for temporary credentials
 */
public record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

  /** Credentials without a session token. */
  public AwsKeys(String accessKeyId, String secretAccessKey) {
    this(accessKeyId, secretAccessKey, Optional.empty());
  }

  AwsCredentials credentials() {
    return sessionToken
        .<AwsCredentials>map(
            token -> AwsSessionCredentials.create(accessKeyId, secretAccessKey, token))
        .orElseGet(() -> AwsBasicCredentials.create(accessKeyId, secretAccessKey));
  }

  @Override
  public String toString() {
    return "AwsKeys[***]";
  }
}
