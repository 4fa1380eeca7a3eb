package org.invoiceflow.http;

import java.util.Arrays;
import java.util.Random;

/**
 * Chance that a fuzzer decides: each number is made of the next byte of its input, so that a byte
 * that it alters is one choice that changes. When the input is used up, a series follows that
 * depends on all of it.
 */
public final class InputRandom extends Random {

  private static final long serialVersionUID = 1L;

  private final byte[] input;
  private int at;

  public InputRandom(byte[] input) {
    super(Arrays.hashCode(input));
    this.input = input;
  }

  @Override
  protected int next(int bits) {
    if (at >= input.length) {
      return super.next(bits);
    }
    return ((input[at++] & 0xFF) * 0x01010101) >>> (32 - bits);
  }
}
