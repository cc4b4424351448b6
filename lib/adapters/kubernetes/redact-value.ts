import { redact } from '../../core/redact.ts';

const removed = '[value removed]';

/** Words that make a flag's or a field's value a secret, unless its name goes on to say that the value is something else. */
const secretWord = '(?:password|passwd|passphrase|secret|token|api-?key|access-?key|credential)s?';
const namesSomethingElse =
  /(?:name|names|namespace|namespaces|file|files|dir|path|ttl|timeout|expiration|audience|audiences|issuer|url|ref|webhook|syncs|version)$/i;
const isSecretName = (name: string): boolean => new RegExp(secretWord, 'i').test(name) && !namesSomethingElse.test(name);

/** Values that cannot be secrets: empty, booleans, numbers and durations, paths, and what was removed before. */
const isHarmless = (value: string): boolean =>
  /^(?:|true|false|[\d.]+[a-zµ]*(?:\d+[a-z]+)*|[/~.].*|\[.*)$/i.test(value.replace(/^["']|["']$/g, ''));

/** `--token=x` and `--token x` anywhere in a text; a single dash counts with `=` only. */
const flag = new RegExp(`(?<=^|[\\s"'=[,])(--?)([\\w.-]*?${secretWord}[\\w.-]*)(=|\\s+)("[^"]*"|'[^']*'|[^\\s"',]+)`, 'gi');
/** Fields of YAML, JSON and kubeconfig inside a text. */
const field =
  /^(\s*(?:- )?["']?(?:token|password|passwd|client-key-data|clientSecret|client-secret|secretKey|secret-key|secret)["']?\s*:[ \t]*)(?!\[value removed\])(["']?[^\s"'{[][^\n]*)$/gim;

const redactText = (text: string): string =>
  redact(text)
    .replace(flag, (whole: string, dashes: string, name: string, between: string, value: string) => {
      const isPlain = isHarmless(value) || !isSecretName(name) || (between !== '=' && (dashes === '-' || value.startsWith('-')));
      return isPlain ? whole : `${dashes}${name}${between}${removed}`;
    })
    .replace(field, (whole: string, key: string, value: string) => (isHarmless(value.trim()) ? whole : `${key}${removed}`));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields whose string is a secret wherever they stand. */
const secretFields = new Set([
  'token',
  'password',
  'passwd',
  'bearerToken',
  'clientSecret',
  'client-key-data',
  'kubectl.kubernetes.io/last-applied-configuration',
]);

/**
 * A JSON value without what looks secret: private keys, tokens, credentials in headers and URLs (core/redact.ts), values of flags and fields that are
 * called password, secret or token, and every literal environment value (those of etcd's own settings, `ETCD_*`, are what checks judge and stay).
 * Doing it twice changes nothing more. Addresses and names stay.
 */
export const redactValue = (value: unknown, within?: string): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map((one: unknown, position) => redactElement(one, value[position - 1], within));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, typeof one === 'string' ? redactField(key, one, within) : redactValue(one, key)]),
  );
};

/** An element of a list: the word after a secret flag, or an environment variable. */
const redactElement = (one: unknown, before: unknown, within: string | undefined): unknown => {
  if (typeof one === 'string') {
    const isAfterFlag = typeof before === 'string' && /^--[\w.-]+$/.test(before) && isSecretName(before);
    return isAfterFlag && !one.startsWith('-') && !isHarmless(one) ? removed : redactText(one);
  }
  if (within === 'env' && isRecord(one) && typeof one.name === 'string' && typeof one.value === 'string') {
    const stays = one.name.startsWith('ETCD_') && !isSecretName(one.name);
    return { ...(redactValue(one) as object), value: stays ? redactText(one.value) : removed };
  }
  return redactValue(one, within);
};

const redactField = (key: string, value: string, within: string | undefined): string => {
  const isSecret = secretFields.has(key) || (within === 'flags' && isSecretName(key));
  return isSecret && !isHarmless(value) ? removed : redactText(value);
};
