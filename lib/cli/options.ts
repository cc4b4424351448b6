import { InvalidArgumentError, Option } from 'commander';

/** A comma-separated list of some words. */
export const anyOf =
  <T extends string>(allowed: readonly T[]) =>
  (text: string): readonly T[] => {
    const given = text.split(',').map((one) => one.trim());
    const wrong = given.find((one) => !allowed.includes(one as T));
    if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not one of ${allowed.join(', ')}.`);
    return [...new Set(given)] as T[];
  };

/** `--format`, a list. */
export const listOption = <T extends string>(allowed: readonly T[], when = ''): Option =>
  new Option('--format <list>', `comma-separated${when}: ${allowed.join(', ')}`).argParser(anyOf(allowed));

export const percentage = (text: string): number => {
  const digits = text.replace(/%$/, '').trim();
  const number = Number(digits);
  // an empty text would be 0
  if (digits === '' || !Number.isFinite(number) || number < 0 || number > 100)
    throw new InvalidArgumentError('It must be a percentage from 0 to 100.');
  return number;
};

export const seconds = (text: string): number => {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0 || number > 3600)
    throw new InvalidArgumentError('It must be a number of seconds, above 0 and up to 3600.');
  return number;
};

/** A path; an empty one is a variable of a script that nobody set, and would mean the folder one happens to be in. */
export const path = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty; name a path.');
  return text;
};

/** A place in a chain of evidence. */
export const sequence = (text: string): number => {
  const number = Number(text);
  if (!/^[1-9]\d*$/.test(text) || !Number.isSafeInteger(number)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return number;
};

/** `<sequence>` or `<sequence>:<sha256>`, as `gatehouse verify` prints it. */
export const chainHead = (text: string): { readonly sequence: number; readonly sha256?: string } => {
  const [number = '', sha256, ...rest] = text.split(':');
  if (rest.length > 0 || (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256)))
    throw new InvalidArgumentError('It must be <sequence> or <sequence>:<SHA-256 in hex>, as an earlier `gatehouse verify` printed it.');
  return { sequence: sequence(number), ...(sha256 === undefined ? {} : { sha256 }) };
};

/** A path of an option that may be repeated: unlike a list after one option, it cannot swallow the argument that follows. */
export const eachPath = (text: string, before: readonly string[] = []): readonly string[] => [...before, path(text)];

/** Any text of an option that may be repeated. */
export const repeated = (text: string, before: readonly string[] = []): readonly string[] => {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return [...before, text.trim()];
};

export const portNumber = (text: string): number => {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65_535) throw new InvalidArgumentError('It must be a port from 0 to 65535.');
  return number;
};

/** A comma-separated list of texts. */
export const texts = (text: string): readonly string[] => {
  const given = text.split(',').map((one) => one.trim());
  if (given.includes('')) throw new InvalidArgumentError('It has an empty entry.');
  return [...new Set(given)];
};
