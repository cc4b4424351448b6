/** Flags by name without dashes; a flag given more than once keeps every value, in order. */
export type Flags = Readonly<Record<string, readonly string[]>>;

const secretName = /(token|password|secret|key)$/i;
/** Names that end like a secret's but hold a path, a number or a truth value. */
const harmless = /(-file|-dir|-path|-size|-ttl|-lookup|-expiration|bootstrap-token|auto-tls)$/i;

/** A value that may be kept: a flag whose own value would be a secret loses it. Idempotent. */
export const safeValue = (name: string, value: string): string =>
  secretName.test(name) && !harmless.test(name) && !value.startsWith('/') && !/^(true|false|\d*)$/.test(value) ? '(removed)' : value;

/**
 * Reads a command line as Go's pflag does: `--a=b`, `--a b`, `-a=b`, and `--a` alone, which is `true`. A flag followed by something that does not start with a dash takes it as its value,
 * which is how every Kubernetes component writes its manifest; bare words before the first flag are the program. Values of flags that are secrets themselves are removed.
 */
export const readFlags = (argv: readonly string[]): Flags => {
  const flags: Record<string, string[]> = {};
  const set = (name: string, value: string) => {
    flags[name] ??= [];
    flags[name].push(safeValue(name, value));
  };
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] as string;
    if (word === '--') break;
    const [, name, value] = /^--?([A-Za-z][^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) continue;
    const next = argv[index + 1];
    if (value !== undefined) set(name, value);
    else if (next !== undefined && !next.startsWith('-')) {
      set(name, next);
      index += 1;
    } else set(name, 'true');
  }
  return flags;
};

/** Name of the program a command line starts, without its folder; `undefined` for a shell, whose script cannot be read as flags. */
export const programOf = (argv: readonly string[]): string | undefined => {
  const name = argv[0]?.split('/').at(-1);
  return name === undefined || /^(ba|da|a|z|k)?sh$/.test(name) ? undefined : name;
};
