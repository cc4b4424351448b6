import { isIP } from 'node:net';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { fullName, type ImageReference, normalHost } from '../reference.ts';

/** Other addresses for the images of a registry or of a part of it. */
export const RegistryMirror = z.object({
  prefix: z
    .string()
    .min(1)
    .describe('Images that are looked for there: `docker.io`, `registry.example/team`; the longest one that fits counts'),
  endpoints: z
    .array(
      z.object({
        url: z
          .string()
          .min(1)
          .describe('`https://mirror.example:5000`, with a path where the API of the registry does not begin at the root'),
        rewritePrefix: z
          .string()
          .optional()
          .describe(
            "What stands in place of the prefix's path: `docker-hub-cache` makes `library/nginx` of docker.io `docker-hub-cache/library/nginx`",
          ),
        insecureHttp: z.boolean().optional().describe('Allows an http:// address that is not on this machine'),
      }),
    )
    .describe('Asked in this order, then the registry itself'),
});
export type RegistryMirror = z.infer<typeof RegistryMirror>;

/** Where a repository can be asked for. */
export interface Endpoint {
  /** Ends with a slash; `v2/…` is added to it. Where `http:` and `https:` are both possible it is `https:`. */
  readonly base: URL;
  /** Host and port for sentences and credentials. */
  readonly host: string;
  readonly repository: string;
  readonly isMirror: boolean;
  /** This machine: plain HTTP is tried where TLS is not spoken. */
  readonly isLoopback: boolean;
}

export const isLoopbackHost = (hostname: string): boolean => {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
};

/** The addresses to ask for an image, mirrors first. */
export const endpointsFor = (
  reference: ImageReference,
  mirrors: readonly RegistryMirror[],
  insecureRegistries: readonly string[],
): Result<readonly Endpoint[]> => {
  const found: Endpoint[] = [];
  const mirror = mirrors.filter(({ prefix }) => under(fullName(reference), cleanPrefix(prefix)) !== undefined).toSorted(byLength)[0];
  for (const endpoint of mirror?.endpoints ?? []) {
    const made = mirrorEndpoint(reference, cleanPrefix(mirror?.prefix ?? ''), endpoint);
    if (!made.ok) return made;
    found.push(made.value);
  }
  const isInsecure = insecureRegistries.some((host) => normalHost(host) === normalHost(reference.registry));
  const host = reference.registry === 'docker.io' ? 'registry-1.docker.io' : reference.registry;
  const base = URL.parse(`${isInsecure ? 'http' : 'https'}://${host}/`);
  if (!base) return failed('input-invalid', `"${reference.registry}" is no registry's address.`);
  return succeed([
    ...found,
    { base, host: reference.registry, repository: reference.repository, isMirror: false, isLoopback: isLoopbackHost(base.hostname) },
  ]);
};

const byLength = (one: RegistryMirror, other: RegistryMirror): number => cleanPrefix(other.prefix).length - cleanPrefix(one.prefix).length;

const cleanPrefix = (prefix: string): string => {
  const [host = '', ...path] = prefix.replace(/\/+$/, '').split('/');
  return [normalHost(host), ...path].join('/');
};

/** What is left of a name below a prefix, whole parts only; `undefined` when it is elsewhere. */
const under = (name: string, prefix: string): string | undefined => {
  if (name === prefix) return '';
  return name.startsWith(`${prefix}/`) ? name.slice(prefix.length + 1) : undefined;
};

const mirrorEndpoint = (
  reference: ImageReference,
  prefix: string,
  { url, rewritePrefix, insecureHttp }: RegistryMirror['endpoints'][number],
): Result<Endpoint> => {
  const base = URL.parse(url.endsWith('/') ? url : `${url}/`);
  const wrong = (why: string) => failed('input-invalid', `The mirror "${base?.host ?? '?'}" for ${prefix} is not used: ${why}.`);
  if (!base || !/^https?:$/.test(base.protocol) || base.search !== '' || base.hash !== '')
    return wrong('its address is not of the form https://host:port');
  if (base.username !== '' || base.password !== '') return wrong('its address holds a password; put it into the auth file');
  const isLoopback = isLoopbackHost(base.hostname);
  if (base.protocol === 'http:' && !isLoopback && insecureHttp !== true)
    return wrong('it is plain HTTP; write https://, or set insecureHttp to allow that');
  const rest = under(fullName(reference), prefix) ?? '';
  const repository =
    rewritePrefix === undefined
      ? reference.repository
      : [rewritePrefix.replace(/^\/+|\/+$/g, ''), rest].filter((part) => part !== '').join('/');
  return succeed({ base, host: base.host, repository, isMirror: true, isLoopback });
};
