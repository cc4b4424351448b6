import { type ComponentName, componentNames } from '../../core/facts/index.ts';

/** Flags by name without dashes; a flag given more than once keeps every value, in order. */
export type Flags = Readonly<Record<string, readonly string[]>>;

/** What is left of a value that may be secret. */
const removed = '(removed)';
const alwaysSecret = /(^|[-_])(password|passwd|secret|token)$/i;
const maybeSecret = /password|secret|token|(^|[-_])key$/i;
/** Names that hold a path or a name, and values that can be no secret. */
const harmlessName = /[-_](file|dir|path|version|mode|issuer|endpoint)$/i;
const harmlessValue = /^(\/.*|true|false|-?\d+(\.\d+)?|(\d+(\.\d+)?(ns|us|ms|s|m|h))+|\[(\/[^\]]*)?\]|)$/i;

/** A value that may be kept: a flag or variable whose own value would be a secret loses it. Idempotent. */
export const safeValue = (name: string, value: string): string => {
  if (alwaysSecret.test(name)) return /^(|true|false)$/.test(value) ? value : removed;
  return maybeSecret.test(name) && !harmlessName.test(name) && !harmlessValue.test(value) ? removed : value;
};

interface Word {
  readonly dashes: string;
  readonly name: string;
  /** Absent for a bare flag, whose value may be the next word. */
  readonly value: string | undefined;
}
const flagOf = (word: string): Word | undefined => {
  const [, dashes = '', name, value] = /^(--?)([A-Za-z][^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
  return name === undefined ? undefined : { dashes, name, value };
};
/** Whether a word is the value of the bare flag before it, and no flag itself. Negative numbers are values. */
const isValue = (word: string | undefined): word is string => word !== undefined && (!word.startsWith('-') || /^-\d/.test(word));

/**
 * Reads a command line as Go's pflag does: `--a=b`, `--a b`, `-a=b`, and `--a` alone, which is `true`. Underscores in names count as dashes, as Kubernetes components take them. A flag followed
 * by something that does not start with a dash takes it as its value, which is how every component writes its manifest; bare words before the first flag are the program. Values of flags that
 * are secrets themselves are removed.
 */
export const readFlags = (argv: readonly string[]): Flags => {
  const flags: Record<string, string[]> = {};
  const set = (given: string, value: string) => {
    const name = given.replaceAll('_', '-');
    flags[name] ??= [];
    flags[name].push(safeValue(name, value));
  };
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] as string;
    if (word === '--') break;
    const flag = flagOf(word);
    if (flag === undefined) continue;
    const next = argv[index + 1];
    if (flag.value !== undefined) set(flag.name, flag.value);
    else if (isValue(next)) {
      set(flag.name, next);
      index += 1;
    } else set(flag.name, 'true');
  }
  return flags;
};

/** The same words without values that may be secret, in either way of writing them. Idempotent. */
export const withoutSecrets = (argv: readonly string[]): readonly string[] =>
  argv.map((word, index) => {
    const flag = flagOf(word);
    if (flag?.value !== undefined) return `${flag.dashes}${flag.name}=${safeValue(flag.name, flag.value)}`;
    const before = index > 0 ? flagOf(argv[index - 1] as string) : undefined;
    return before && before.value === undefined && isValue(word) ? safeValue(before.name, word) : word;
  });

const nameOf = (word: string): string => word.split('/').at(-1) ?? word;
/** Whether a word is the name or path of a shell. */
export const isShell = (word: string): boolean => /^(ba|da|a|z|k)?sh$/.test(nameOf(word));
export const isComponent = (name: string | null | undefined): name is ComponentName => componentNames.some((one) => one === name);

/** What starts a component: its flags, or the sentence that says why they cannot be read. */
export type Started<Name extends string> =
  | { readonly program: Name; readonly argv: readonly string[] }
  | { readonly program: Name; readonly unreadable: string };

/**
 * The program that a container starts, among those one looks for. Behind a wrapper (kube-log-runner, tini) it is found by its name; behind a shell its flags are text in a script and
 * cannot be read. `called` are other names the container goes by (label `component`, its own name), for images that start the program themselves.
 */
export const startedProgram = <Name extends string>(
  argv: readonly string[],
  isSought: (name: string | null | undefined) => name is Name,
  called: readonly (string | null | undefined)[],
): Started<Name> | undefined => {
  const first = argv[0];
  const name = called.find(isSought);
  if (first !== undefined && isShell(first)) {
    const inScript = argv
      .join(' ')
      .split(/[\s'";]+/)
      .map(nameOf)
      .find(isSought);
    const program = name ?? inScript;
    return program && { program, unreadable: `A shell starts ${program}, so its flags cannot be read from its pod; look at its process.` };
  }
  const at = argv.findIndex((word) => isSought(nameOf(word)));
  if (at >= 0) return { program: nameOf(argv[at] as string) as Name, argv: argv.slice(at + 1) };
  if (name === undefined) return undefined;
  if (first === undefined || first.startsWith('-')) return { program: name, argv };
  return { program: name, unreadable: `${nameOf(first)} starts ${name}, so its flags cannot be read from its pod; look at its process.` };
};
