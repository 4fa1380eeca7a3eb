// Exact decimals. Amounts are whole numbers of 10^-scale; no floating point is involved before pixels.

const FORM = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

export class Decimal {
  static ZERO = new Decimal(0n, 0);

  constructor(units, scale) {
    this.units = units;
    this.scale = scale;
  }

  /** The number that the text stands for, as JSON writes numbers. */
  static of(text) {
    const parts = FORM.exec(String(text));
    if (!parts) {
      throw new Error(`'${text}' is no number`);
    }
    const [, sign, whole, fraction = "", exponent = "0"] = parts;
    const units = BigInt(sign + whole + fraction);
    const scale = fraction.length - Number(exponent);
    return scale >= 0 ? new Decimal(units, scale) : new Decimal(units * 10n ** BigInt(-scale), 0);
  }

  at(scale) {
    return this.units * 10n ** BigInt(scale - this.scale);
  }

  plus(other) {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(this.at(scale) + other.at(scale), scale);
  }

  times(other) {
    return new Decimal(this.units * other.units, this.scale + other.scale);
  }

  compare(other) {
    const scale = Math.max(this.scale, other.scale);
    const difference = this.at(scale) - other.at(scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  isNegative() {
    return this.units < 0n;
  }

  /** Without grouping and trailing zeros, as programs write it. */
  toString() {
    const [whole, fraction] = this.digits();
    const rest = fraction.replace(/0+$/, "");
    return (this.isNegative() ? "-" : "") + whole + (rest ? `.${rest}` : "");
  }

  /** For people: grouped, a real minus sign, so many decimals and all others that are not zero. */
  toText(atLeast = 2) {
    const [whole, fraction] = this.digits();
    const decimals = fraction.replace(/0+$/, "").padEnd(atLeast, "0");
    return (this.isNegative() ? "\u2212" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + "." + decimals;
  }

  digits() {
    const text = (this.isNegative() ? -this.units : this.units).toString().padStart(this.scale + 1, "0");
    const point = text.length - this.scale;
    return [text.slice(0, point), text.slice(point)];
  }

  /** Nearly; for lengths in pictures only. */
  toPixels() {
    return Number(this.toString());
  }
}

/** As many decimals as each of them needs, two at least, so that a column of them stands in line. */
export function decimalsOf(decimals) {
  return decimals.reduce((most, one) => Math.max(most, one.digits()[1].replace(/0+$/, "").length), 2);
}

/** Exact sum of decimals. */
export function sum(decimals) {
  return decimals.reduce((all, one) => all.plus(one), Decimal.ZERO);
}

/** Reads JSON with every number as its text, so that none is rounded: {"total":15.001} holds "15.001". */
export function parseExactly(json) {
  return JSON.parse(
    json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) => (token.startsWith('"') ? token : `"${token}"`)),
  );
}
