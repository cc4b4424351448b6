import { normalHost } from '../reference.ts';
import type { AuthEntry, RegistryCredential } from './auth-file.ts';

/** What a key of an auth file covers. */
interface Pattern {
  readonly host: string;
  /** Parts of the path that the repository must begin with. */
  readonly path: readonly string[];
}

/** Reads `https://index.docker.io/v1/`, `registry.example:5000/team`, `*.registry.example`. */
const patternOf = (key: string): Pattern => {
  const [host = '', ...path] = key
    .trim()
    .replace(/^https?:\/\//i, '')
    .split('/');
  const parts = path.filter((part) => part !== '');
  // the address of an API, not of a repository
  const isApi = parts.length === 1 && (parts[0] === 'v1' || parts[0] === 'v2');
  return { host: normalHost(host), path: isApi ? [] : parts };
};

const covers = (pattern: Pattern, host: string, repository: readonly string[]): boolean =>
  coversHost(pattern.host, host) && pattern.path.length <= repository.length && pattern.path.every((part, at) => part === repository[at]);

/** Globs stand for a part of a name, never for several, as with the kubelet: `*.example.com` is not for `a.b.example.com`, and not for another port. */
const coversHost = (pattern: string, host: string): boolean => {
  if (!/[*?]/.test(pattern)) return pattern === host;
  const [wanted, there] = [labelsOf(pattern), labelsOf(host)];
  if (wanted.port !== there.port || wanted.labels.length !== there.labels.length) return false;
  return wanted.labels.every((label, at) => matches(label, there.labels[at] ?? ''));
};

const labelsOf = (host: string): { readonly labels: readonly string[]; readonly port: string } => {
  const port = /:(\d+)$/.exec(host)?.[1] ?? '';
  return { labels: (port === '' ? host : host.slice(0, -port.length - 1)).split('.'), port };
};

/** `*` any characters, `?` one. Walks both texts once; a regular expression made of somebody's key could take for ever. */
const matches = (pattern: string, text: string): boolean => {
  let [at, star, retry] = [0, -1, 0];
  let position = 0;
  while (position < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at;
      at += 1;
      retry = position;
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      retry += 1;
      position = retry;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
};

/** All credentials for a repository of a registry, most specific first: longer paths, then whole names before globs; else in the order given. */
export const credentialsFor = (entries: readonly AuthEntry[], registry: string, repository: string): readonly RegistryCredential[] => {
  const host = normalHost(registry);
  const parts = repository.split('/');
  const rank = ({ host: name, path }: Pattern): number => path.length * 2 + (/[*?]/.test(name) ? 0 : 1);
  const found = entries
    .map(({ key, credential }) => ({ pattern: patternOf(key), credential }))
    .filter(({ pattern }) => covers(pattern, host, parts));
  const ordered = found.toSorted((one, other) => rank(other.pattern) - rank(one.pattern)).map(({ credential }) => credential);
  return ordered.filter((one, at) => ordered.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at);
};

/** Whether a credential helper is named for a registry. */
export const hasHelper = (helpers: readonly (string | undefined)[], registry: string): boolean =>
  helpers.some((key) => key === undefined || coversHost(patternOf(key).host, normalHost(registry)));
