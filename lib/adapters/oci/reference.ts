import { failed, type Result, succeed } from '../../core/failure.ts';
import { isDigest } from './digest.ts';

/** What an image is called, with everything that Docker lets people leave out. */
export interface ImageReference {
  /** Host with its port: `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** `library/nginx` */
  readonly repository: string;
  /** `latest` where neither tag nor digest is given. */
  readonly tag?: string;
  readonly digest?: string;
}

/** Full name without tag and digest: `docker.io/library/nginx`. */
export const fullName = ({ registry, repository }: ImageReference): string => `${registry}/${repository}`;

const host =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(?::(\d{1,5}))?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagShape = /^\w[\w.-]{0,127}$/;

/** Names under which Docker Hub is known in configurations. */
const hub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com']);

/** One spelling of a registry's host: small letters, Docker Hub as `docker.io`, without the port that HTTPS has anyway. */
export const normalHost = (text: string): string => {
  const plain = text.toLowerCase().replace(/:443$/, '');
  return hub.has(plain) ? 'docker.io' : plain;
};

/** Reads `nginx`, `team/app:1.2`, `registry.example:5000/team/app@sha256:…` the way Docker and containerd do. */
export const parseReference = (text: string): Result<ImageReference> => {
  const wrong = (why: string) =>
    failed('input-invalid', `"${shorten(text)}" is no image reference: ${why}; write it as registry.example/team/app:tag.`);
  if (text.length > 1024) return wrong('it is too long');
  const [named = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !isDigest(digest)))
    return wrong('its digest is not sha256: and 64 small hexadecimal digits');
  // a colon after the last slash begins the tag, another one the port
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== undefined && !tagShape.test(tag)) return wrong('its tag has characters that no tag has, or none');
  if (/^(?:sha256:)?[a-f0-9]{64}$/.test(named)) return wrong('it is the id of an image on one machine, which no registry knows');
  const { registry, repository } = split(name);
  const port = host.exec(registry)?.[1];
  if (!host.test(registry) || Number(port ?? 1) > 65_535 || port === '0') return wrong('its registry is no host');
  if (name.length > 255 || !repository.split('/').every((part) => component.test(part))) {
    return wrong(
      repository === repository.toLowerCase() ? 'its name is empty or has characters that no name has' : 'names have small letters only',
    );
  }
  const kept = tag ?? (digest === undefined ? 'latest' : undefined);
  return succeed({ registry, repository, ...(kept !== undefined && { tag: kept }), ...(digest !== undefined && { digest }) });
};

/** The first part is a registry if it looks like a host; all else is Docker Hub's. */
const split = (name: string): { readonly registry: string; readonly repository: string } => {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isHost = /[.:A-Z]/.test(first) || first === 'localhost';
  if (isHost && normalHost(first) !== 'docker.io') return { registry: first.toLowerCase(), repository: name.slice(slash + 1) };
  const repository = isHost ? name.slice(slash + 1) : name;
  return { registry: 'docker.io', repository: repository.includes('/') ? repository : `library/${repository}` };
};

/** The reference again, as people write it in full. */
export const shownReference = (reference: ImageReference): string =>
  `${fullName(reference)}${reference.tag === undefined ? '' : `:${reference.tag}`}${reference.digest === undefined ? '' : `@${reference.digest}`}`;

/** A text from outside in a sentence: on one line, and not too much of it. */
const shorten = (text: string): string => {
  const line = text.replace(/[\p{C}\s]+/gu, ' ');
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
};
