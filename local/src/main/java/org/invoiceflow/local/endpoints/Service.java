package org.invoiceflow.local.endpoints;

/** The four services that invoiceflow works on. */
public enum Service {
  /** The stream that carries what is sent. */
  KINESIS("kinesis"),
  /** The views. */
  DYNAMODB("dynamodb"),
  /** The lake and the files to import. */
  S3("s3"),
  /** Redshift, or PostgreSQL in its place. */
  WAREHOUSE("warehouse");

  private final String key;

  Service(String key) {
    this.key = key;
  }

  /** What the service's keys in an endpoints file begin with. */
  public String key() {
    return key;
  }
}
