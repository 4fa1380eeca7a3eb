package org.invoiceflow.job.sources;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.invoiceflow.job.aws.AwsAccess;
import org.jspecify.annotations.Nullable;

/**
 * Which stream to read and how. Immutable; {@link #toString} shows no secret. The defaults are the
 * consumer's own: a shard allows five reads a second, hence 200 ms between them, and a read fetches
 * as much as the service gives (10 MB).
 */
public final class KinesisSettings {

  private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(5);

  private final String stream;
  private final AwsAccess access;
  private final @Nullable Instant startAt;
  private final Duration pollInterval;
  private final Duration shardDiscoveryInterval;

  private KinesisSettings(Builder builder) {
    this.stream = builder.stream;
    this.access = builder.access;
    this.startAt = builder.startAt;
    this.pollInterval = builder.pollInterval;
    this.shardDiscoveryInterval = builder.shardDiscoveryInterval;
  }

  /**
   * @param stream name of the stream
   * @param access how to reach it
   */
  public static Builder of(String stream, AwsAccess access) {
    return new Builder(stream, access);
  }

  public String stream() {
    return stream;
  }

  public AwsAccess access() {
    return access;
  }

  /** Read what arrived from then on; absent: from the oldest record that the stream still holds. */
  public Optional<Instant> startAt() {
    return Optional.ofNullable(startAt);
  }

  public Duration pollInterval() {
    return pollInterval;
  }

  public Duration shardDiscoveryInterval() {
    return shardDiscoveryInterval;
  }

  @Override
  public String toString() {
    return "stream "
        + stream
        + " ("
        + access
        + ") from "
        + startAt().map(Instant::toString).orElse("its oldest record")
        + ", a read every "
        + pollInterval.toMillis()
        + " ms, new shards every "
        + shardDiscoveryInterval.toMillis()
        + " ms";
  }

  /** Mutable; one thread. Every setter throws IllegalArgumentException with one sentence. */
  public static final class Builder {
    private final String stream;
    private final AwsAccess access;
    private @Nullable Instant startAt;
    private Duration pollInterval = Duration.ofMillis(200);
    private Duration shardDiscoveryInterval = Duration.ofSeconds(10);

    private Builder(String stream, AwsAccess access) {
      this.stream = stream;
      this.access = access;
    }

    public Builder startAt(Instant startAt) {
      this.startAt = startAt;
      return this;
    }

    /** Between two reads of a shard, 0 to 5 minutes. */
    public Builder pollInterval(Duration pollInterval) {
      if (pollInterval.isNegative() || pollInterval.compareTo(MAX_POLL_INTERVAL) >= 0) {
        throw new IllegalArgumentException(
            "The poll interval is " + pollInterval + "; it must be below 5 minutes");
      }
      this.pollInterval = pollInterval;
      return this;
    }

    /** Between two looks for shards that a split or a merge has made. */
    public Builder shardDiscoveryInterval(Duration shardDiscoveryInterval) {
      if (shardDiscoveryInterval.toMillis() < 1) {
        throw new IllegalArgumentException(
            "The shard discovery interval is "
                + shardDiscoveryInterval
                + "; it must be at least 1 ms");
      }
      this.shardDiscoveryInterval = shardDiscoveryInterval;
      return this;
    }

    public KinesisSettings build() {
      return new KinesisSettings(this);
    }
  }
}
