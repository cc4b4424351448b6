import type { FoundPackage, ImageIdentity, ImageInventory, OperatingSystem, PackageType } from '../../core/sbom/index.ts';
import { groupAndName, isOfSystem, purlOf } from '../purl.ts';
import { readLicences } from './licences.ts';
import { digestParts, type Made, packageId, shortHash, written } from './naming.ts';
import { metadataOf } from './syft-metadata.ts';

/** Version of Syft's schema that is written. */
export const syftSchema = '16.1.10';

/** What Syft calls our kinds, and their languages. */
const kinds: Readonly<Record<PackageType, readonly [type: string, language: string]>> = {
  deb: ['deb', ''],
  apk: ['apk', ''],
  rpm: ['rpm', ''],
  golang: ['go-module', 'go'],
  npm: ['npm', 'javascript'],
  pypi: ['python', 'python'],
  maven: ['java-archive', 'java'],
  gem: ['gem', 'ruby'],
  cargo: ['rust-crate', 'rust'],
  nuget: ['dotnet', 'dotnet'],
  composer: ['php-composer', 'php'],
};

const idOf = (found: FoundPackage): string => shortHash(packageId(found));

const artifactOf = (found: FoundPackage, os: OperatingSystem | undefined) => {
  const [type, language] = kinds[found.type];
  return {
    id: idOf(found),
    name: found.type === 'maven' ? groupAndName(found)[1] : found.name,
    version: found.version,
    type,
    foundBy: `gatehouse-${found.cataloger}`,
    locations: found.locations.map(({ path, layer }) => ({
      path: `/${path}`,
      layerID: layer,
      accessPath: `/${path}`,
      annotations: { evidence: 'primary' },
    })),
    licenses: readLicences(found.licenses).map(({ is, text }) => ({
      value: text,
      spdxExpression: is === 'words' ? '' : text,
      type: 'declared',
      urls: [],
      locations: [],
    })),
    language,
    cpes: [],
    purl: purlOf(found, os) ?? '',
    ...metadataOf(found),
  };
};

const sourceOf = (image: ImageIdentity) => {
  const { platform, labels } = image;
  return {
    id: digestParts(image.digest)[1],
    name: image.repository,
    version: image.digest,
    type: 'image',
    metadata: {
      userInput: image.name,
      imageID: image.configDigest,
      manifestDigest: image.digest,
      mediaType: '',
      tags: image.tag === undefined ? [] : [`${image.repository}:${image.tag}`],
      imageSize: image.layers.reduce((sum, { size }) => sum + size, 0),
      layers: image.layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
      manifest: '',
      config: '',
      repoDigests: [`${image.repository}@${image.indexDigest ?? image.digest}`],
      architecture: platform.architecture,
      ...(platform.variant !== undefined && { architectureVariant: platform.variant }),
      os: platform.os,
      ...(labels && { labels }),
    },
  };
};

const distroOf = ({ id, versionId, like, name, codename }: OperatingSystem) => ({
  ...(name !== undefined && { prettyName: name }),
  id,
  ...(like && { idLike: like }),
  ...(versionId !== undefined && { versionID: versionId }),
  ...(codename !== undefined && { versionCodename: codename }),
});

const relationshipsOf = (packages: readonly FoundPackage[], source: string) => {
  const owners = new Map(packages.filter(({ type }) => isOfSystem(type)).map((one) => [one.name, idOf(one)]));
  return [
    ...packages.map((found) => ({ parent: source, child: idOf(found), type: 'contains' })),
    ...packages.flatMap((found) => {
      const parent = found.owner === undefined ? undefined : owners.get(found.owner);
      return parent === undefined ? [] : [{ parent, child: idOf(found), type: 'ownership-by-file-overlap' }];
    }),
  ];
};

/** A document as Syft writes it, for tools that read those. */
export const syftOf = ({ image, os, packages, troubles, analyser }: ImageInventory, { at, version }: Made): string => {
  const source = sourceOf(image);
  return written({
    artifacts: packages.map((found) => artifactOf(found, os)),
    artifactRelationships: relationshipsOf(packages, source.id),
    source,
    distro: os ? distroOf(os) : {},
    descriptor: { name: 'gatehouse', version, timestamp: at, configuration: { analyser, troubles } },
    schema: {
      version: syftSchema,
      url: `https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-${syftSchema}.json`,
    },
  });
};
