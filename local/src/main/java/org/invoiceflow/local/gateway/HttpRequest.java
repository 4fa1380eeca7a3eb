package org.invoiceflow.local.gateway;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A request as it arrived.
 *
 * @param headers names in any case, each with its values in order
 * @param sourceIp address of the sender
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record HttpRequest(
    String method,
    URI uri,
    String protocol,
    Map<String, List<String>> headers,
    byte[] body,
    String sourceIp) {}
