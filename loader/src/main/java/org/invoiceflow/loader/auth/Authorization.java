package org.invoiceflow.loader.auth;

import java.net.URI;
import java.util.Map;

/** Gives each request what the API lets it in by. Used from any thread. */
public interface Authorization {

  /** For an API that lets everybody in. */
  static Authorization none() {
    return (endpoint, body) -> Map.of();
  }

  /**
   * The headers for one POST of JSON; asked for anew each time that a request is repeated.
   *
   * @throws AuthorizationException if there is nothing to prove it with any more
   */
  Map<String, String> headers(URI endpoint, byte[] body) throws AuthorizationException;
}
