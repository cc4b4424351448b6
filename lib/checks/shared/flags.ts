import type { Evidence } from '../../core/finding.ts';
import type { Instance } from './instances.ts';

/** Reads settings of one instance as the component itself would, and remembers every look as evidence. */
export interface Settings {
  /** A text; the last one given wins, as for every flag that is no list. */
  text(flag: string, fallback?: string): string;
  boolean(flag: string, fallback: boolean): boolean;
  number(flag: string, fallback: number): number;
  /** A list: commas separate, and a flag given more than once adds to it. */
  list(flag: string, fallback?: readonly string[]): readonly string[];
  /** Whether a feature is on: its own gate, else the gate of all beta features, else the default. The last word counts. */
  betaFeature(name: string, fallback: boolean): boolean;
  /** Whether somebody gave the flag a value. `/flagz` does not tell this from a default, so there a value counts. Leaves no evidence. */
  has(flag: string): boolean;
  /** Adds evidence that was read elsewhere. */
  note(...evidence: readonly Evidence[]): void;
  /** Everything read so far, in order. */
  readonly evidence: readonly Evidence[];
  /** Flags whose value makes no sense, so that what the component does is not known. */
  readonly unclear: readonly string[];
}

/** What Go's strconv.ParseBool takes. */
const truths: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false]),
]);
const parts = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) =>
    value
      .replace(/^\[(.*)\]$/, '$1')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
const shown = (value: string): string => (value === '' ? '(empty)' : value);

/** Settings of an instance. etcd takes a variable `ETCD_…` for every flag that is not given. */
export const settingsOf = ({ component, source, origin, flags, env }: Instance): Settings => {
  const evidence: Evidence[] = [];
  const unclear: string[] = [];

  const given = (flag: string): { readonly looked: string; readonly values: readonly string[] } | undefined => {
    const values = flags[flag];
    if (values && values.length > 0) return { looked: `--${flag}`, values };
    const variable = `ETCD_${flag.toUpperCase().replaceAll('-', '_')}`;
    const value = component === 'etcd' ? env[variable] : undefined;
    return value === undefined || value === '' ? undefined : { looked: variable, values: [value] };
  };

  /** Reads a flag and notes it; `read` gives undefined for a value that makes no sense. */
  const look = <T>(flag: string, fallback: T, show: string, read: (values: readonly string[]) => T | undefined, isList = false): T => {
    const found = given(flag);
    if (!found) {
      evidence.push({ source, looked: `--${flag}`, found: show === '' ? 'not set' : `not set, default ${show}` });
      return fallback;
    }
    const last = isList ? parts(found.values).join(',') : (found.values.at(-1) as string);
    evidence.push({ source, looked: found.looked, found: shown(last) });
    // the kubelet fills $(NAME) in from variables that are not kept
    const value = /\$\(\w+\)/.test(last) ? undefined : read(found.values);
    if (value === undefined) unclear.push(flag);
    return value ?? fallback;
  };
  const lastOf = (values: readonly string[]): string => values.at(-1) as string;

  return {
    text: (flag, fallback = '') => look(flag, fallback, fallback, lastOf),
    boolean: (flag, fallback) => look(flag, fallback, String(fallback), (values) => truths[lastOf(values)]),
    number: (flag, fallback) =>
      look(flag, fallback, String(fallback), (values) => (/^[+-]?\d+$/.test(lastOf(values)) ? Number(lastOf(values)) : undefined)),
    list: (flag, fallback = []) => look(flag, fallback, fallback.join(','), parts, true),
    betaFeature: (name, fallback) => {
      const pairs = look('feature-gates', [] as readonly string[], '', parts, true).map((pair) => pair.replace(/^kube:/, '').split('='));
      const gate = (wanted: string) => truths[pairs.findLast(([key]) => key === wanted)?.[1] ?? ''];
      return gate(name) ?? gate('AllBeta') ?? fallback;
    },
    has: (flag) => {
      const values = given(flag)?.values ?? [];
      return origin === 'flagz' ? parts(values).length > 0 : values.some((value) => value !== '');
    },
    note: (...more) => {
      evidence.push(...more);
    },
    evidence,
    unclear,
  };
};
