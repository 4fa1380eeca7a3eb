package org.invoiceflow.job.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.invoiceflow.job.serialization.Binary;
import org.invoiceflow.job.serialization.Codec;
import org.invoiceflow.model.Rule;
import org.invoiceflow.model.Violation;

/** Binary form of a {@link Rejection}. */
public final class RejectionCodec implements Codec<Rejection> {

  /**
   * The form of the record inside is part of this form: when it gets a new version, this one must
   * too.
   */
  private static final int RECORD_VERSION = 1;

  private final ReceivedRecordCodec recordCodec = new ReceivedRecordCodec();

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<Rejection> type() {
    return Rejection.class;
  }

  @Override
  public void write(Rejection rejection, DataOutputView out) throws IOException {
    recordCodec.write(rejection.record(), out);
    out.writeInt(rejection.violations().size());
    for (Violation violation : rejection.violations()) {
      // By name: names are a contract, positions in the enum are not.
      Binary.writeText(out, violation.rule().name());
      Binary.writeText(out, violation.field());
      Binary.writeText(out, violation.message());
    }
  }

  @Override
  public Rejection read(int version, DataInputView in) throws IOException {
    ReceivedRecord record = recordCodec.read(RECORD_VERSION, in);
    int count = in.readInt();
    List<Violation> violations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Rule rule = Rule.valueOf(Binary.readText(in));
      violations.add(new Violation(rule, Binary.readText(in), Binary.readText(in)));
    }
    return new Rejection(record, violations);
  }
}
