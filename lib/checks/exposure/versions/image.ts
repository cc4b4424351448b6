import { readVersion, type Version } from './version.ts';

export interface ImageVersion {
  /** Repository without the registry's tag and digest: `registry.k8s.io/coredns/coredns`. */
  readonly repository: string;
  readonly tag?: string;
  /** Undefined for a digest alone, and for a tag that is no version. */
  readonly version?: Version;
}

/** What the name of an image says of the version in it. */
export const imageVersion = (image: string): ImageVersion => {
  const [withTag = ''] = image.split('@');
  // a colon before a slash is the port of a registry
  const [, repository = withTag, tag] = /^(.*?)(?::([^:/]+))?$/.exec(withTag) ?? [];
  if (tag === undefined) return { repository };
  // some name the program in the tag: `nginx-1.12.1-hardened2`, `controller-v1.9.0`
  const version = readVersion(tag) ?? readVersion(tag.replace(/^[a-z-]+-(?=v?\d)/, ''));
  return { repository, tag, ...(version ? { version } : {}) };
};
