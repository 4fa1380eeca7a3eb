package org.invoiceflow.job.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.invoiceflow.job.aws.AwsAccess;

/** The options by which a group says how to reach its service. */
final class AccessOptions {

  private static final String REGION = "region";
  private static final String ENDPOINT = "endpoint";
  private static final String KEY = "access.key.id";
  private static final String SECRET = "secret.access.key";

  private AccessOptions() {}

  static AwsAccess read(Options options, String group) {
    AwsAccess access = AwsAccess.inRegion(options.required(group, REGION, "eu-central-1"));
    Optional<URI> endpoint = options.uri(group, ENDPOINT);
    Optional<String> key = options.text(group, KEY);
    Optional<String> secret = options.text(group, SECRET);
    if (key.isPresent() != secret.isPresent()) {
      options.error(group, KEY, "and " + SECRET + " belong together; give both or none");
    }
    if (endpoint.isPresent()) {
      access = access.withEndpoint(endpoint.get());
    }
    return key.isPresent() && secret.isPresent()
        ? access.withFixedKey(key.get(), secret.get())
        : access;
  }

  /** Knows the options without using them. */
  static void passOver(Options options, String group) {
    List.of(REGION, ENDPOINT, KEY, SECRET).forEach(key -> options.text(group, key));
  }
}
