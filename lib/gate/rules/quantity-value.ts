// The type `Quantity` with the names and meanings of Kubernetes' CEL library. Kept in billionths, exactly.

const billion = 1_000_000_000n;
const suffixes: Readonly<Record<string, readonly [bigint, bigint]>> = {
  n: [1n, billion],
  u: [1_000n, billion],
  m: [1_000_000n, billion],
  '': [1n, 1n],
  k: [10n ** 3n, 1n],
  M: [10n ** 6n, 1n],
  G: [10n ** 9n, 1n],
  T: [10n ** 12n, 1n],
  P: [10n ** 15n, 1n],
  E: [10n ** 18n, 1n],
  Ki: [2n ** 10n, 1n],
  Mi: [2n ** 20n, 1n],
  Gi: [2n ** 30n, 1n],
  Ti: [2n ** 40n, 1n],
  Pi: [2n ** 50n, 1n],
  Ei: [2n ** 60n, 1n],
};

/** An amount as Kubernetes writes it: `500m`, `8Gi`, `1e3`. */
export class QuantityValue {
  readonly billionths: bigint;
  constructor(billionths: bigint) {
    this.billionths = billionths;
  }
}

const powerOf = (exponent: string): readonly [bigint, bigint] => {
  const power = 10n ** BigInt(exponent.replace(/^[+-]/, ''));
  return exponent.startsWith('-') ? [1n, power] : [power, 1n];
};

/** Undefined when it is none. Parts of a billionth are rounded away from zero, as Kubernetes does. */
export const readQuantity = (text: string): QuantityValue | undefined => {
  // two digits of exponent: more is no amount of anything, and would only keep the machine busy
  const match = /^([+-]?)(\d{1,30})(?:\.(\d{0,30}))?(?:e([+-]?\d{1,2})|([numkMGTPE]|[KMGTPE]i)?)$/i.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent, suffix = ''] = match;
  const factor = exponent === undefined ? (Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined) : powerOf(exponent);
  if (!factor) return undefined;
  const [times, over] = factor;
  const divisor = over * 10n ** BigInt(fraction.length);
  const amount = BigInt(whole + fraction) * billion * times;
  const rounded = (amount + divisor - 1n) / divisor;
  return new QuantityValue(sign === '-' ? -rounded : rounded);
};

/** The amount, or an error that becomes the outcome of the rule. */
export const toQuantity = (text: string): QuantityValue => {
  const read = readQuantity(text);
  if (read) return read;
  throw new Error(`"${text.slice(0, 40)}" is no quantity such as 500m or 8Gi`);
};

export const isWhole = ({ billionths }: QuantityValue): boolean => billionths % billion === 0n;

export const asInteger = (quantity: QuantityValue): bigint => {
  if (!isWhole(quantity)) throw new Error('the quantity is not a whole number');
  return BigInt.asIntN(64, quantity.billionths / billion);
};

export const asFloat = ({ billionths }: QuantityValue): number => Number(billionths) / Number(billion);
