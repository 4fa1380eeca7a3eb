package org.invoiceflow.local.bench.demo;

import java.util.Locale;

/** A process of the demo, or several of one kind. */
enum Part {
  JVM("demo's JVM"),
  KINESIS("Kinesis"),
  DYNAMODB("DynamoDB"),
  S3("S3"),
  POSTGRESQL("PostgreSQL"),
  OTHERS("others");

  private final String text;

  Part(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  String jsonName() {
    return name().toLowerCase(Locale.ROOT) + "_cpu_seconds";
  }

  /** A stand-in by its command line; PostgreSQL and the demo's JVM are known otherwise. */
  static Part of(String command) {
    if (command.contains("ServerRunner")) {
      return DYNAMODB;
    }
    if (command.contains("s3proxy")) {
      return S3;
    }
    return command.contains("kinesis-local") ? KINESIS : OTHERS;
  }
}
