import type { FoundPackage } from '../../core/sbom/index.ts';
import { groupAndName, sourceRpmOf, splitEpoch } from '../purl.ts';

/** What matchers read beside name and version, by kind of package. Fields that the schema demands and nobody recorded are empty. */
interface Metadata {
  readonly metadataType?: string;
  readonly metadata?: object;
}

const dpkg = ({ name, version, source, architecture, supplier }: FoundPackage): Metadata => ({
  metadataType: 'dpkg-db-entry',
  metadata: {
    package: name,
    source: source?.name === name ? '' : (source?.name ?? ''),
    version,
    sourceVersion: source?.version === version ? '' : (source?.version ?? ''),
    architecture: architecture ?? '',
    maintainer: supplier ?? '',
    installedSize: 0,
    files: [],
  },
});

const apk = ({ name, version, source, architecture, supplier }: FoundPackage): Metadata => ({
  metadataType: 'apk-db-entry',
  metadata: {
    package: name,
    originPackage: source?.name ?? '',
    maintainer: supplier ?? '',
    version,
    architecture: architecture ?? '',
    url: '',
    description: '',
    size: 0,
    installedSize: 0,
    pullDependencies: [],
    provides: [],
    pullChecksum: '',
    gitCommitOfApkPort: '',
    files: [],
  },
});

const rpm = (found: FoundPackage): Metadata => {
  const [epoch, rest] = splitEpoch(found.version);
  const hyphen = rest.indexOf('-');
  return {
    metadataType: 'rpm-db-entry',
    metadata: {
      name: found.name,
      version: hyphen < 0 ? rest : rest.slice(0, hyphen),
      epoch: epoch === undefined ? null : Number(epoch),
      architecture: found.architecture ?? '',
      release: hyphen < 0 ? '' : rest.slice(hyphen + 1),
      sourceRpm: sourceRpmOf(found) ?? '',
      size: 0,
      vendor: found.supplier ?? '',
      ...(found.module !== undefined && { modularityLabel: found.module }),
      files: [],
    },
  };
};

const java = (found: FoundPackage): Metadata => {
  const [groupId, artifactId] = groupAndName(found);
  const path = `/${found.locations[0]?.path}`;
  if (groupId === undefined) return { metadataType: 'java-archive', metadata: { virtualPath: path } };
  const pomProperties = { path, name: artifactId, groupId, artifactId, version: found.version };
  return { metadataType: 'java-archive', metadata: { virtualPath: path, pomProperties } };
};

const makers: Partial<Record<FoundPackage['type'], (found: FoundPackage) => Metadata>> = { deb: dpkg, apk, rpm, maven: java };

export const metadataOf = (found: FoundPackage): Metadata => makers[found.type]?.(found) ?? {};
