package org.invoiceflow.loader.auth;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.invoiceflow.loader.input.InputException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Signs requests by Signature Version 4 for {@code execute-api}, as API Gateway's IAM authorization
 * asks for. The signature covers the body.
 */
public final class AwsSignature implements Authorization {

  private static final String SERVICE = "execute-api";

  /** {@code ID.execute-api.REGION.amazonaws.com}, also {@code .amazonaws.com.cn}. */
  private static final Pattern HOST =
      Pattern.compile("[^.]+\\.execute-api\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?");

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsCredentialsProvider credentials;
  private final String region;

  private AwsSignature(AwsCredentialsProvider credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  /**
   * Signs with what the AWS SDK's default chain finds.
   *
   * @param region of the API; if absent that in the name of its host, else that of the SDK's chain
   * @throws InputException if no region or no credentials are to be found
   */
  public static AwsSignature withDefaultChain(URI service, Optional<String> region)
      throws InputException {
    return of(DefaultCredentialsProvider.builder().build(), service, region);
  }

  static AwsSignature of(AwsCredentialsProvider credentials, URI service, Optional<String> region)
      throws InputException {
    Optional<String> known = region.or(() -> regionOf(service));
    try {
      String of =
          known.isPresent() ? known.get() : new DefaultAwsRegionProviderChain().getRegion().id();
      Object unused = credentials.resolveCredentials();
      return new AwsSignature(credentials, of);
    } catch (SdkException e) {
      throw new InputException("Requests cannot be signed: " + e.getMessage(), e);
    }
  }

  static Optional<String> regionOf(URI service) {
    Matcher host = HOST.matcher(String.valueOf(service.getHost()).toLowerCase(Locale.ROOT));
    return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
  }

  @Override
  public Map<String, String> headers(URI endpoint, byte[] body) throws AuthorizationException {
    SdkHttpRequest request =
        SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(endpoint).build();
    SignedRequest signed;
    try {
      signed =
          signer.sign(
              r ->
                  r.identity(credentials.resolveCredentials())
                      .request(request)
                      .payload(ContentStreamProvider.fromByteArrayUnsafe(body))
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    } catch (SdkException e) {
      throw new AuthorizationException("no credentials to sign it with: " + e.getMessage(), e);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    signed.request().forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
    // The HTTP client writes it itself, in the same form.
    headers.remove("Host");
    return headers;
  }
}
