package org.invoiceflow.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of an invoice. Immutable, also in the sense of the business: once sent, a line never
 * changes.
 *
 * <p>Identity is ({@link #invoiceNo()}, {@link #lineNo()}); everything else but {@link
 * #sourceFile()} is content. Equality compares identity and content, so two equal lines are
 * duplicates of each other. Text is kept as sent. A line that was made by {@link LineRules} fits
 * every store; the builder itself checks nothing.
 */
public final class InvoiceLine {

  private final String invoiceNo;
  private final int lineNo;
  private final String stockCode;
  private final String description;
  private final int quantity;
  private final LocalDateTime invoiceDate;
  private final BigDecimal unitPrice;
  private final @Nullable String customerId;
  private final String country;
  private final @Nullable String sourceFile;

  private InvoiceLine(Builder builder) {
    this.invoiceNo = Objects.requireNonNull(builder.invoiceNo, "invoiceNo");
    this.lineNo = builder.lineNo;
    this.stockCode = Objects.requireNonNull(builder.stockCode, "stockCode");
    this.description = builder.description;
    this.quantity = builder.quantity;
    this.invoiceDate = Objects.requireNonNull(builder.invoiceDate, "invoiceDate");
    this.unitPrice = Decimals.canonical(Objects.requireNonNull(builder.unitPrice, "unitPrice"));
    this.customerId = builder.customerId;
    this.country = builder.country;
    this.sourceFile = builder.sourceFile;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with this line's values. */
  public Builder toBuilder() {
    return new Builder()
        .invoiceNo(invoiceNo)
        .lineNo(lineNo)
        .stockCode(stockCode)
        .description(description)
        .quantity(quantity)
        .invoiceDate(invoiceDate)
        .unitPrice(unitPrice)
        .customerId(customerId)
        .country(country)
        .sourceFile(sourceFile);
  }

  /** 1 to 64 bytes of UTF-8 without outer white space. */
  public String invoiceNo() {
    return invoiceNo;
  }

  /**
   * The sender's own number of the line within its invoice, 1 to {@value LineRules#MAX_LINE_NO}.
   */
  public int lineNo() {
    return lineNo;
  }

  /** 1 to 64 bytes of UTF-8. Case matters: {@code 85123A} and {@code 85123a} are two codes. */
  public String stockCode() {
    return stockCode;
  }

  /** Up to 1,000 bytes of UTF-8; empty if the sender gave none. */
  public String description() {
    return description;
  }

  /** Units sold; negative on a cancellation or a write-off. */
  public int quantity() {
    return quantity;
  }

  /** Local time of the shop, without a zone, to the second. */
  public LocalDateTime invoiceDate() {
    return invoiceDate;
  }

  /**
   * Exact price of one unit, in canonical form: no trailing zeros, scale 0 to {@value
   * LineRules#MAX_PRICE_SCALE}.
   */
  public BigDecimal unitPrice() {
    return unitPrice;
  }

  /** The customer whom this line names; absent on a guest's line. */
  public Optional<String> customerId() {
    return Optional.ofNullable(customerId);
  }

  /** Up to 100 bytes of UTF-8; empty if the sender gave none. */
  public String country() {
    return country;
  }

  /**
   * Name of the file that the line was read from, for tracing only: it is neither identity nor
   * content.
   */
  public Optional<String> sourceFile() {
    return Optional.ofNullable(sourceFile);
  }

  /** Exact {@code quantity × unitPrice}. */
  public BigDecimal amount() {
    return unitPrice.multiply(BigDecimal.valueOf(quantity));
  }

  /** Whether the other line has the same identity but other content. */
  public boolean contradicts(InvoiceLine other) {
    return lineNo == other.lineNo && invoiceNo.equals(other.invoiceNo) && !equals(other);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (this == o) {
      return true;
    }
    if (!(o instanceof InvoiceLine)) {
      return false;
    }
    InvoiceLine that = (InvoiceLine) o;
    return lineNo == that.lineNo
        && quantity == that.quantity
        && invoiceNo.equals(that.invoiceNo)
        && stockCode.equals(that.stockCode)
        && description.equals(that.description)
        && invoiceDate.equals(that.invoiceDate)
        && unitPrice.equals(that.unitPrice)
        && Objects.equals(customerId, that.customerId)
        && country.equals(that.country);
  }

  @Override
  public int hashCode() {
    return 31 * invoiceNo.hashCode() + lineNo;
  }

  /** The line in its one JSON form. */
  @Override
  public String toString() {
    return LineJson.toJson(this);
  }

  /** Collects the values of a line; not thread-safe. */
  public static final class Builder {
    private @Nullable String invoiceNo;
    private int lineNo;
    private @Nullable String stockCode;
    private String description = "";
    private int quantity;
    private @Nullable LocalDateTime invoiceDate;
    private @Nullable BigDecimal unitPrice;
    private @Nullable String customerId;
    private String country = "";
    private @Nullable String sourceFile;

    private Builder() {}

    @CanIgnoreReturnValue
    public Builder invoiceNo(String value) {
      this.invoiceNo = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder lineNo(int value) {
      this.lineNo = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder stockCode(String value) {
      this.stockCode = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder description(String value) {
      this.description = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder quantity(int value) {
      this.quantity = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder invoiceDate(LocalDateTime value) {
      this.invoiceDate = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder unitPrice(BigDecimal value) {
      this.unitPrice = value;
      return this;
    }

    /** Null and "" both mean that the line names no customer. */
    @CanIgnoreReturnValue
    public Builder customerId(@Nullable String value) {
      this.customerId = value == null || value.isEmpty() ? null : value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder country(String value) {
      this.country = value;
      return this;
    }

    /** Null and "" both mean unknown. */
    @CanIgnoreReturnValue
    public Builder sourceFile(@Nullable String value) {
      this.sourceFile = value == null || value.isEmpty() ? null : value;
      return this;
    }

    public InvoiceLine build() {
      return new InvoiceLine(this);
    }
  }
}
