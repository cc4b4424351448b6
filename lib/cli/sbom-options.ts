import { type Command, InvalidArgumentError, Option } from 'commander';
import type { RegistryMirror } from '../adapters/oci/index.ts';
import type { Platform } from '../core/sbom/index.ts';
import { eachPath, path, repeated } from './options.ts';

export const sbomFormats = ['spdx-json', 'cyclonedx-json', 'cyclonedx-1.7-json', 'syft-json', 'table'] as const;
export type SbomFormat = (typeof sbomFormats)[number];

export interface SbomFlags {
  readonly image?: string;
  readonly imageArchive?: string;
  readonly format: SbomFormat;
  readonly platform: Platform;
  readonly authFile?: readonly string[];
  readonly caFile?: string;
  readonly insecureRegistry: readonly string[];
  readonly mirror: readonly RegistryMirror[];
  /** A folder; `false` with `--no-cache`. */
  readonly cache?: string | false;
  readonly out?: string;
  readonly quiet?: boolean;
}

const platform = (text: string): Platform => {
  const [os = '', architecture = '', variant, ...more] = text.split('/');
  if (more.length > 0 || ![os, architecture, variant ?? 'v8'].every((part) => /^[A-Za-z0-9_-]+$/.test(part)))
    throw new InvalidArgumentError('Write it as linux/amd64 or linux/arm64/v8.');
  return { os, architecture, ...(variant !== undefined && { variant }) };
};

/** `docker.io=https://mirror.example`, or `docker.io=registry.example/docker-hub`, where the images have a prefix. */
const mirror = (text: string, before: readonly RegistryMirror[]): readonly RegistryMirror[] => {
  const at = text.indexOf('=');
  const [prefix, to] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || prefix === '' || to === '') throw new InvalidArgumentError('Write it as docker.io=https://mirror.example.');
  const slash = to.includes('://') ? -1 : to.indexOf('/');
  const url = to.includes('://') ? to : `https://${slash < 0 ? to : to.slice(0, slash)}`;
  const endpoint = { url, ...(slash >= 0 && { rewritePrefix: to.slice(slash + 1) }) };
  const others = before.filter((one) => one.prefix !== prefix);
  const same = before.find((one) => one.prefix === prefix)?.endpoints ?? [];
  return [...others, { prefix, endpoints: [...same, endpoint] }];
};

/** Everything that `gatehouse sbom` takes. */
export const sbomOptionsOf = (command: Command): Command =>
  command
    .argument('[image]', 'image, e.g. nginx:1.27 or registry.example/team/app@sha256:…; or a file or folder of images', path)
    .option('--image-archive <path>', 'read it from this OCI layout or docker-archive; the image may be left out where it holds one', path)
    .addOption(new Option('--format <format>', 'what to write').choices(sbomFormats).default('spdx-json'))
    .addOption(
      new Option('--platform <platform>', 'platform of an image that has several')
        .argParser(platform)
        .default({ os: 'linux', architecture: 'amd64' }, 'linux/amd64'),
    )
    .option('--auth-file <file>', 'credentials as `docker login` or `podman login` writes them; may be repeated', eachPath)
    .option('--ca-file <file>', 'further authority to trust for registries (PEM)', path)
    .option('--insecure-registry <host>', 'registry or mirror that speaks plain HTTP; may be repeated', repeated, [])
    .option(
      '--mirror <from=to>',
      'where else to look, e.g. docker.io=https://mirror.example or docker.io=registry.example/docker-hub; may be repeated',
      mirror,
      [],
    )
    .option('--cache <folder>', 'where to keep what is known of layers; default ~/.cache/gatehouse', path)
    .option('--no-cache', 'keep nothing, and read every layer')
    .option('--out <file>', 'file to write instead of standard output; whole or not at all', path)
    .option('--quiet', 'no progress, and no warnings about single files');
