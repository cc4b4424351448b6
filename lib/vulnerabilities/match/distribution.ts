import type { OperatingSystem } from '../../core/sbom/index.ts';
import type { Distribution } from '../advisory/ecosystem.ts';

/** Which advisories speak of the packages of an operating system. */
export interface DistributionAdvisories {
  readonly ecosystem: Distribution;
  readonly release: string;
  /** What the advisories name: the package as installed, the source it was built from, or now the one and now the other. */
  readonly names: 'binary' | 'source' | 'both';
}

const major = (version: string): string => version.split('.')[0] ?? version;
const minor = (version: string): string => version.split('.').slice(0, 2).join('.');

interface Known extends Omit<DistributionAdvisories, 'release'> {
  /** From VERSION_ID; not given for rolling distributions. */
  readonly release?: (version: string) => string;
}

/** By `ID` of os-release(5). Derivatives are left out on purpose: their packages are built anew, with versions of their own. */
const known = new Map<string, Known>([
  ['debian', { ecosystem: 'Debian', release: major, names: 'source' }],
  ['ubuntu', { ecosystem: 'Ubuntu', release: (version) => version, names: 'source' }],
  ['alpine', { ecosystem: 'Alpine', release: (version) => `v${minor(version)}`, names: 'source' }],
  ['rhel', { ecosystem: 'Red Hat', release: major, names: 'binary' }],
  ['almalinux', { ecosystem: 'AlmaLinux', release: major, names: 'binary' }],
  ['rocky', { ecosystem: 'Rocky Linux', release: major, names: 'both' }],
  ['sles', { ecosystem: 'SUSE', release: (version) => version, names: 'both' }],
  ['opensuse-leap', { ecosystem: 'openSUSE', release: (version) => version, names: 'both' }],
  ['opensuse-tumbleweed', { ecosystem: 'openSUSE', release: () => 'Tumbleweed', names: 'both' }],
  ['photon', { ecosystem: 'Photon OS', release: minor, names: 'both' }],
  ['azurelinux', { ecosystem: 'Azure Linux', release: major, names: 'both' }],
  ['mageia', { ecosystem: 'Mageia', release: (version) => version, names: 'both' }],
  ['wolfi', { ecosystem: 'Wolfi', names: 'both' }],
  ['chainguard', { ecosystem: 'Chainguard', names: 'both' }],
  ['minimos', { ecosystem: 'MinimOS', names: 'both' }],
]);

export const osName = ({ id, versionId, name }: OperatingSystem): string =>
  name ?? `${id}${versionId === undefined ? '' : ` ${versionId}`}`;

/** The advisories for an operating system, or why there are none. */
export const advisoriesFor = (
  os: OperatingSystem | undefined,
): { readonly advisories: DistributionAdvisories } | { readonly label: string; readonly reason: string } => {
  if (!os) return { label: 'Unknown distribution', reason: 'the image does not say which distribution it is' };
  const found = known.get(os.id);
  if (!found) return { label: osName(os), reason: 'no advisories of this distribution are read' };
  const { release, ...rest } = found;
  if (release && os.versionId === undefined && os.id !== 'opensuse-tumbleweed')
    return { label: osName(os), reason: 'the image does not say which release of the distribution it is' };
  return { advisories: { ...rest, release: release?.(os.versionId ?? '') ?? '' } };
};
