import type { Environment } from '@marcbachmann/cel-js';
import { asFloat, asInteger, isWhole, QuantityValue, readQuantity, toQuantity } from './quantity-value.ts';
import { matchesPattern, matchesUnseen } from './regular-expression.ts';
import { readSemver, SemverValue, toSemver } from './semver-value.ts';

// What our rules have beyond standard CEL. Names and meanings are those of Kubernetes wherever it has them.

const order = (difference: bigint | number): bigint => (difference < 0 ? -1n : difference > 0 ? 1n : 0n);

const registerSemver = (environment: Environment): void => {
  const compare = (a: SemverValue, b: SemverValue): number => a.version.compare(b.version);
  environment
    .registerType('Semver', SemverValue)
    .registerFunction('semver(string): Semver', (text: string) => toSemver(text, false))
    .registerFunction('semver(string, bool): Semver', toSemver)
    .registerFunction('isSemver(string): bool', (text: string) => readSemver(text, false) !== undefined)
    .registerFunction('isSemver(string, bool): bool', (text: string, normalise: boolean) => readSemver(text, normalise) !== undefined)
    .registerFunction('Semver.major(): int', ({ version }: SemverValue) => BigInt(version.major))
    .registerFunction('Semver.minor(): int', ({ version }: SemverValue) => BigInt(version.minor))
    .registerFunction('Semver.patch(): int', ({ version }: SemverValue) => BigInt(version.patch))
    .registerFunction('Semver.isLessThan(Semver): bool', (a: SemverValue, b: SemverValue) => compare(a, b) < 0)
    .registerFunction('Semver.isGreaterThan(Semver): bool', (a: SemverValue, b: SemverValue) => compare(a, b) > 0)
    .registerFunction('Semver.compareTo(Semver): int', (a: SemverValue, b: SemverValue) => order(compare(a, b)))
    .registerOperator('Semver == Semver', (a: SemverValue, b: SemverValue) => compare(a, b) === 0);
};

const registerQuantity = (environment: Environment): void => {
  const difference = (a: QuantityValue, b: QuantityValue): bigint => a.billionths - b.billionths;
  environment
    .registerType('Quantity', QuantityValue)
    .registerFunction('quantity(string): Quantity', toQuantity)
    .registerFunction('isQuantity(string): bool', (text: string) => readQuantity(text) !== undefined)
    .registerFunction('Quantity.isLessThan(Quantity): bool', (a: QuantityValue, b: QuantityValue) => difference(a, b) < 0n)
    .registerFunction('Quantity.isGreaterThan(Quantity): bool', (a: QuantityValue, b: QuantityValue) => difference(a, b) > 0n)
    .registerFunction('Quantity.compareTo(Quantity): int', (a: QuantityValue, b: QuantityValue) => order(difference(a, b)))
    .registerFunction('Quantity.isInteger(): bool', isWhole)
    .registerFunction('Quantity.asInteger(): int', asInteger)
    .registerFunction('Quantity.asApproximateFloat(): double', asFloat)
    .registerFunction('Quantity.sign(): int', ({ billionths }: QuantityValue) => order(billionths))
    .registerFunction(
      'Quantity.add(Quantity): Quantity',
      (a: QuantityValue, b: QuantityValue) => new QuantityValue(a.billionths + b.billionths),
    )
    .registerFunction(
      'Quantity.sub(Quantity): Quantity',
      (a: QuantityValue, b: QuantityValue) => new QuantityValue(a.billionths - b.billionths),
    )
    .registerOperator('Quantity == Quantity', (a: QuantityValue, b: QuantityValue) => difference(a, b) === 0n);
};

const best = <T extends bigint | number>(list: readonly T[], isBetter: (a: T, b: T) => boolean, name: string): T => {
  const [first, ...others] = list;
  if (first === undefined) throw new Error(`${name}() of an empty list`);
  return others.reduce((kept, next) => (isBetter(next, kept) ? next : kept), first);
};

/** An int of CEL has 64 bits; more is an error there, and here. */
const asInt = (value: bigint): bigint => {
  if (BigInt.asIntN(64, value) !== value) throw new Error('integer overflow in sum()');
  return value;
};

const registerLists = (environment: Environment): void => {
  environment
    .registerFunction('list<int>.sum(): int', (list: readonly bigint[]) => asInt(list.reduce((sum, next) => sum + next, 0n)))
    .registerFunction('list<double>.sum(): double', (list: readonly number[]) => list.reduce((sum, next) => sum + next, 0));
  for (const type of ['int', 'double'])
    environment
      .registerFunction(`list<${type}>.min(): ${type}`, (list: readonly number[]) => best(list, (a, b) => a < b, 'min'))
      .registerFunction(`list<${type}>.max(): ${type}`, (list: readonly number[]) => best(list, (a, b) => a > b, 'max'));
};

/** Adds the types and functions of our rules. */
export const registerFunctions = (environment: Environment): Environment => {
  registerSemver(environment);
  registerQuantity(environment);
  registerLists(environment);
  return environment
    .registerFunction('string.replace(string, string): string', (text: string, what: string, by: string) => text.replaceAll(what, () => by))
    .registerFunction('string.re2(string): bool', matchesPattern)
    .registerFunction('string.re2Unseen(string): bool', matchesUnseen)
    .registerFunction('timestamp(google.protobuf.Timestamp): google.protobuf.Timestamp', (time: unknown) => time);
};
