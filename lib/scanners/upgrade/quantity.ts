/** Powers of ten and of two that quantities are written with (Kubernetes resource.Quantity). */
const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const shape = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d{1,3})|(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])?)$/;

/** The number a quantity stands for: `250m` is 0.25, `1Ki` 1024, `5e3` 5000; undefined when it is none. `1E` is an exa, `1E3` a thousand. */
export const readQuantity = (text: string | number | null | undefined): number | undefined => {
  if (typeof text === 'number') return Number.isFinite(text) ? text : undefined;
  // no real quantity is longer, and hostile ones may be
  if (typeof text !== 'string' || text.length > 64) return undefined;
  const [, digits, exponent, suffix = ''] = shape.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value = exponent === undefined ? Number(digits) * (suffixes[suffix] ?? 1) : Number(`${digits}e${exponent}`);
  return Number.isFinite(value) ? value : undefined;
};

/** A fraction of a unit is rounded up, as Kubernetes does; what floating point adds at the far end is no fraction. */
const roundUp = (value: number): number => Math.ceil(Number(value.toPrecision(15)));

/** Millicores; nothing and nonsense count as none. */
export const millicores = (text: string | number | null | undefined): number => roundUp((readQuantity(text) ?? 0) * 1000);
/** Bytes, or pieces; nothing and nonsense count as none. */
export const wholeUnits = (text: string | number | null | undefined): number => roundUp(readQuantity(text) ?? 0);
