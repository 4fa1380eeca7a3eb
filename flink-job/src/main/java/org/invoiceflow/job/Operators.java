package org.invoiceflow.job;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Every operator of the graph: its uid, by which a savepoint finds its state, and the name that
 * people see. A uid never changes; an operator whose state cannot be carried over gets a new one.
 */
public enum Operators {
  SOURCE_STREAM("source-kinesis", "read Kinesis"),
  SOURCE_FILES("source-files", "read files"),
  SOURCE_RAW("source-raw", "read raw/"),
  PARSE("intake-parse", "parse and check"),
  ASSEMBLE("assemble-invoices", "assemble invoices"),
  MERGE("views-merge-stored", "merge with stored parts"),
  SPLIT("views-split", "split into view items"),
  LAKE_RAW("lake-raw", "raw/"),
  LAKE_REJECTED("lake-rejected", "rejected/"),
  LAKE_REPEATED("lake-duplicates", "duplicates/"),
  VIEW_INVOICES("views-invoices", "invoices view"),
  VIEW_CUSTOMERS("views-customers", "customers view"),
  WAREHOUSE("warehouse", "warehouse"),
  COMPLETION("completion", "completion record");

  private final String uid;
  private final String displayName;

  Operators(String uid, String displayName) {
    this.uid = uid;
    this.displayName = displayName;
  }

  public String uid() {
    return uid;
  }

  public String displayName() {
    return displayName;
  }

  <T> SingleOutputStreamOperator<T> on(SingleOutputStreamOperator<T> operator) {
    return operator.uid(uid).name(displayName);
  }

  <T> DataStreamSink<T> on(DataStreamSink<T> sink) {
    return sink.uid(uid).name(displayName);
  }
}
