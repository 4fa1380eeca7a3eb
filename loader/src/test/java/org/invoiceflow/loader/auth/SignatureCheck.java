package org.invoiceflow.loader.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature Version 4 as a service checks it, written from AWS's description of it. */
final class SignatureCheck {

  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");

  private final String accessKey;
  private final String secretKey;
  private final String region;

  SignatureCheck(String accessKey, String secretKey, String region) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.region = region;
  }

  /** What is wrong with the request; "" if nothing. */
  String complaint(String method, String path, Headers headers, byte[] body)
      throws GeneralSecurityException {
    Matcher said = HEADER.matcher(String.valueOf(headers.getFirst("Authorization")));
    if (!said.matches()) {
      return "not signed";
    }
    if (!said.group(1).equals(accessKey)
        || !said.group(3).equals(region)
        || !said.group(4).equals("execute-api")) {
      return "signed for something else: " + said.group();
    }
    String date = String.valueOf(headers.getFirst("X-Amz-Date"));
    if (!date.startsWith(said.group(2))) {
      return "dates differ";
    }
    StringBuilder canonical = new StringBuilder(method + "\n" + path + "\n\n");
    for (String name : said.group(5).split(";", -1)) {
      canonical.append(name + ":" + String.valueOf(headers.getFirst(name)).strip() + "\n");
    }
    canonical.append("\n" + said.group(5) + "\n" + sha256(body));
    if (!(";" + said.group(5) + ";").contains(";host;")) {
      return "host is not signed";
    }
    String scope = said.group(2) + "/" + region + "/execute-api/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + date
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.toString().getBytes(UTF_8));
    byte[] key = hmac(("AWS4" + secretKey).getBytes(UTF_8), said.group(2));
    key = hmac(hmac(hmac(key, region), "execute-api"), "aws4_request");
    String expected = HexFormat.of().formatHex(hmac(key, toSign));
    return expected.equals(said.group(6)) ? "" : "the signature does not match";
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
