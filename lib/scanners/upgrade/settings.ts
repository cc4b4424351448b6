import { type Slice, seen, unseen } from '../../core/facts/index.ts';
import type { ClusterSettings, GateFacts, GateWorkload } from '../../core/gate/index.ts';
import type { Right } from '../../core/need.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { readDocument } from '../configuration/control-plane-schema.ts';
import { given, together, unreadFor } from '../configuration/listing.ts';
import { configMaps, KubeadmConfig, KubeletConfig, KubeProxyConfig } from './settings-schema.ts';

const configMapRight = (name: string): Right => ({ verb: 'get', apiGroup: '', resource: 'configmaps', name, namespace: 'kube-system' });
/** The rights to read the settings where kubeadm keeps them. */
export const settingsRights = {
  kubeadm: configMapRight('kubeadm-config'),
  kubelet: configMapRight('kubelet-config'),
  kubeProxy: configMapRight('kube-proxy'),
} as const;

type Part = keyof typeof settingsRights;
interface Reading<T> {
  readonly part: Part;
  /** The text of the document in the ConfigMap; undefined where it has none. */
  readonly text: (access: ClusterAccess, path: string) => Promise<ReturnType<typeof textIn>>;
  readonly read: (text: string) => T | undefined;
}
const textIn = (answer: Awaited<ReturnType<ClusterAccess['get']>>, pick: () => string | null | undefined) => ({ answer, text: pick() });

/** The document of one ConfigMap: nothing where there is no such ConfigMap, or unread with the reason. */
const readPart = async <T>(access: ClusterAccess, { part, text, read }: Reading<T>): Promise<Slice<T | undefined>> => {
  const right = settingsRights[part];
  const found = await text(access, `/api/v1/namespaces/${right.namespace}/configmaps/${right.name}`);
  if (!found.answer.ok) return found.answer.failure.code === 'not-found' ? seen(undefined) : unreadFor(right, found.answer.failure);
  const value = typeof found.text === 'string' ? read(found.text) : undefined;
  return value === undefined
    ? unseen(
        `The ConfigMap kube-system/${right.name} holds no configuration that can be read; look at it, and repair it before kubeadm needs it.`,
      )
    : seen(value);
};

const kubeadm: Reading<NonNullable<ClusterSettings['kubeadm']>> = {
  part: 'kubeadm',
  text: async (access, path) => {
    const answer = await access.get(path, configMaps.kubeadm);
    return textIn(answer, () => (answer.ok ? answer.value.data?.ClusterConfiguration : undefined));
  },
  read: (text) => {
    const config = readDocument(KubeadmConfig, text);
    if (!config) return undefined;
    const { apiServer, controllerManager, scheduler, etcd } = config;
    const components = { apiServer, controllerManager, scheduler, etcd: etcd?.local };
    return given({
      apiVersion: config.apiVersion,
      kubernetesVersion: config.kubernetesVersion ?? undefined,
      imageRepository: config.imageRepository ?? undefined,
      externalEtcd: Boolean(etcd?.external),
      featureGates: config.featureGates ?? {},
      extraArgs: Object.fromEntries(Object.entries(components).map(([name, component]) => [name, component?.extraArgs ?? {}])),
    });
  },
};

const kubelet: Reading<NonNullable<ClusterSettings['kubelet']>> = {
  part: 'kubelet',
  text: async (access, path) => {
    const answer = await access.get(path, configMaps.kubelet);
    return textIn(answer, () => (answer.ok ? answer.value.data?.kubelet : undefined));
  },
  read: (text) => {
    const config = readDocument(KubeletConfig, text);
    return (
      config &&
      given({
        featureGates: config.featureGates ?? {},
        failCgroupV1: config.failCgroupV1 ?? undefined,
        eventRecordQPS: config.eventRecordQPS ?? undefined,
        cgroupDriver: config.cgroupDriver ?? undefined,
      })
    );
  },
};

const kubeProxy: Reading<NonNullable<ClusterSettings['kubeProxy']>> = {
  part: 'kubeProxy',
  text: async (access, path) => {
    const answer = await access.get(path, configMaps.kubeProxy);
    return textIn(answer, () => (answer.ok ? answer.value.data?.['config.conf'] : undefined));
  },
  read: (text) => {
    const config = readDocument(KubeProxyConfig, text);
    return config && { mode: config.mode ?? '', featureGates: config.featureGates ?? {} };
  },
};

/** Settings of kubeadm, kubelets and kube-proxy, where kubeadm keeps them; the parts of a cluster that was made in another way are absent. */
export const observeSettings = async (access: ClusterAccess): Promise<GateFacts['settings']> => {
  const [ofKubeadm, ofKubelet, ofKubeProxy] = await Promise.all([
    readPart(access, kubeadm),
    readPart(access, kubelet),
    readPart(access, kubeProxy),
  ]);
  const all = together({ kubeadm: ofKubeadm, kubelet: ofKubelet, kubeProxy: ofKubeProxy });
  return all.read ? seen(given<ClusterSettings>(all.value)) : all;
};

/** The settings with the image that kube-proxy runs from. */
export const withProxyImage = (settings: GateFacts['settings'], workloads: Slice<readonly GateWorkload[]>): GateFacts['settings'] => {
  if (!settings.read || !settings.value.kubeProxy || !workloads.read) return settings;
  const daemonSet = workloads.value.find(
    ({ kind, namespace, name }) => kind === 'DaemonSet' && namespace === 'kube-system' && name === 'kube-proxy',
  );
  const image = daemonSet?.images.find((one) => one.includes('kube-proxy'));
  return image ? seen({ ...settings.value, kubeProxy: { ...settings.value.kubeProxy, image } }) : settings;
};
