import { z } from 'zod';
import { type Slice, seen } from '../../core/facts/index.ts';
import type { ClusterSettings, GateFacts, ServedApi } from '../../core/gate/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, type Listing, readAll, together } from '../configuration/listing.ts';
import { ExtraArgs } from './settings-schema.ts';

type Flags = NonNullable<ClusterSettings['kubeletFlags']>[number];

const Registration = z.object({ nodeRegistration: z.object({ kubeletExtraArgs: ExtraArgs }).nullish() }).nullish();
const Kubeadm = z.object({ initConfiguration: Registration, joinConfiguration: Registration }).nullish();
/** A KubeadmControlPlane or KubeadmConfigTemplate: the arguments of the kubelets it makes. */
const Maker = z.object({
  metadata: z.object({ namespace: z.string().nullish(), name: z.string() }),
  spec: z.object({ kubeadmConfigSpec: Kubeadm, template: z.object({ spec: Kubeadm }).nullish() }).nullish(),
});
type Maker = z.infer<typeof Maker>;

const makers = [
  { group: 'controlplane.cluster.x-k8s.io', resource: 'kubeadmcontrolplanes', kind: 'KubeadmControlPlane' },
  { group: 'bootstrap.cluster.x-k8s.io', resource: 'kubeadmconfigtemplates', kind: 'KubeadmConfigTemplate' },
] as const;
const listingOf = ({ group, resource }: (typeof makers)[number], version: string): Listing => ({
  group,
  version,
  resource,
  feeds: ['settings'],
  purpose: 'flags that Cluster API gives kubelets',
});
export const kubeletFlagListings: readonly Listing[] = makers.map((maker) => listingOf(maker, ''));

const versionOf = (served: readonly ServedApi[], { group, resource }: (typeof makers)[number]): string | undefined =>
  served
    .find((api) => api.groupVersion.startsWith(`${group}/`) && api.resources.some(({ name }) => name === resource))
    ?.groupVersion.split('/')[1];

const flagsOf =
  (kind: string) =>
  ({ metadata, spec }: Maker): Flags => {
    const configs = [spec?.kubeadmConfigSpec, spec?.template?.spec].flatMap((one) => [one?.initConfiguration, one?.joinConfiguration]);
    const flags = Object.assign({}, ...configs.map((config) => config?.nodeRegistration?.kubeletExtraArgs ?? {})) as Flags['flags'];
    return given<Flags>({ kind, namespace: metadata.namespace || undefined, name: metadata.name, flags });
  };

const orderOf = ({ kind, namespace = '', name }: Flags): string => `${kind}/${namespace}/${name}`;

/** The flags that Cluster API gives kubelets; undefined where it makes no nodes with kubeadm, or that could not be read. */
const observeKubeletFlags = async (access: ClusterAccess, served: readonly ServedApi[]): Promise<readonly Flags[] | undefined> => {
  const found = makers.flatMap((maker) => {
    const version = versionOf(served, maker);
    return version === undefined ? [] : [{ maker, version }];
  });
  if (found.length === 0) return undefined;
  const lists = await Promise.all(
    found.map(({ maker, version }) => readAll(access, listingOf(maker, version), Maker, flagsOf(maker.kind), { mayBeMissing: true })),
  );
  const all = together(Object.fromEntries(lists.entries()) as Record<string, Slice<readonly Flags[]>>);
  return all.read
    ? Object.values(all.value)
        .flat()
        .toSorted((a, b) => byText(orderOf(a), orderOf(b)))
    : undefined;
};

/** The settings with the flags of kubelets, where Cluster API tells them. */
export const withKubeletFlags = async (
  access: ClusterAccess,
  settings: GateFacts['settings'],
  served: Slice<readonly ServedApi[]>,
): Promise<GateFacts['settings']> => {
  if (!settings.read || !served.read) return settings;
  const kubeletFlags = await observeKubeletFlags(access, served.value);
  return kubeletFlags && kubeletFlags.length > 0 ? seen({ ...settings.value, kubeletFlags }) : settings;
};
