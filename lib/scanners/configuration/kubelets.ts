import { z } from 'zod';
import { type KubeletConfig, type KubeletFact, type NodeFact, type Slice, seen } from '../../core/facts/index.ts';
import type { Failure } from '../../core/failure.ts';
import { type Right, rightText } from '../../core/need.ts';
import { parseKubernetesVersion } from '../../core/version.ts';
import type { ClusterAccess, KubeletAccess } from '../../ports/cluster-access.ts';
import { flagzType } from './control-plane.ts';
import { document, readDocument } from './control-plane-schema.ts';
import { given, inTurn } from './listing.ts';

const text = z.string().optional();
const flag = z.boolean().optional();
const number = z.number().optional();
/** KubeletConfiguration (kubelet.config.k8s.io/v1beta1), reduced to what checks read. */
const Settings = z.object({
  authentication: z
    .object({
      anonymous: z.object({ enabled: flag }).optional(),
      webhook: z.object({ enabled: flag }).optional(),
      x509: z.object({ clientCAFile: text }).optional(),
    })
    .optional(),
  authorization: z.object({ mode: text }).optional(),
  readOnlyPort: number,
  streamingConnectionIdleTimeout: text,
  makeIPTablesUtilChains: flag,
  eventRecordQPS: number,
  tlsCertFile: text,
  tlsPrivateKeyFile: text,
  tlsCipherSuites: z.array(z.string()).optional(),
  tlsMinVersion: text,
  rotateCertificates: flag,
  serverTLSBootstrap: flag,
  featureGates: z.record(z.string(), z.boolean()).optional(),
  podPidsLimit: number,
  seccompDefault: flag,
  staticPodPath: text,
});
/** `/configz` of a kubelet: one object under the name of its component. */
const Configz = z.object({ kubeletconfig: Settings });
/** ConfigMap kube-system/kubelet-config, as kubeadm keeps it. */
const KubeletConfigMap = z.object({ data: z.object({ kubelet: document(Settings) }) });
/** Flags of a kubelet that its configuration file cannot override; of the others `/configz` knows better. */
const KubeletFlagz = z.object({
  flags: z.object({ 'hostname-override': text, config: text, kubeconfig: text, 'bootstrap-kubeconfig': text }),
});

export interface KubeletOptions {
  /** Reads through the API server where the direct way fails; only if the user said so. */
  readonly proxy?: KubeletAccess | undefined;
  /** Called for every kubelet that was asked. */
  readonly each?: () => void;
}

/** First version whose kubelet serves `/flagz` by default (KEP-4828). */
const flagzMinor = 36;
const servesFlagz = (version: string): boolean => (parseKubernetesVersion(version)?.minor ?? 0) >= flagzMinor;

const addressOf = ({ name, addresses, kubeletPort }: NodeFact) => ({ node: name, addresses, port: kubeletPort });

/** The right to read what kubeadm wants of every kubelet. */
export const kubeletConfigRight: Right = {
  verb: 'get',
  apiGroup: '',
  resource: 'configmaps',
  name: 'kubelet-config',
  namespace: 'kube-system',
};

type Wanted = { readonly config?: KubeletConfig; readonly reason?: string };

/** What kubeadm wants of every kubelet: the ConfigMap kubelet-config. The fallback, and a weak one. */
const readWanted = async (access: ClusterAccess): Promise<Wanted> => {
  const answer = await access.get('/api/v1/namespaces/kube-system/configmaps/kubelet-config', KubeletConfigMap);
  if (!answer.ok) {
    if (answer.failure.code === 'permission-missing')
      return { reason: `What kubeadm wants cannot be read instead: the right to ${rightText(kubeletConfigRight)} is missing.` };
    return { reason: answer.failure.code === 'not-found' ? 'There is no ConfigMap kubelet-config either.' : answer.failure.say };
  }
  const config = readDocument(Settings, answer.value.data.kubelet);
  return config ? { config } : { reason: 'The ConfigMap kubelet-config could not be read as a kubelet configuration.' };
};

/** The one fact about a node whose kubelet did not answer. */
const withoutAnswer = ({ name, role }: NodeFact, failure: Failure, wanted: Wanted): KubeletFact =>
  wanted.config
    ? { node: name, role, source: 'config-map', confidence: 'low', config: wanted.config, reason: failure.say }
    : { node: name, role, source: 'none', confidence: 'none', reason: [failure.say, wanted.reason].filter(Boolean).join(' ') };

const askOne = async (
  node: NodeFact,
  kubelets: KubeletAccess,
  { proxy, each }: KubeletOptions,
  wanted: () => Promise<Wanted>,
): Promise<KubeletFact> => {
  const address = addressOf(node);
  const direct = await kubelets.get(address, '/configz', Configz);
  const answer = direct.ok || !proxy ? direct : await proxy.get(address, '/configz', Configz);
  each?.();
  if (!answer.ok) return withoutAnswer(node, direct.ok ? answer.failure : direct.failure, await wanted());
  const way = direct.ok ? kubelets : proxy;
  const flags = servesFlagz(node.kubeletVersion) ? await way?.get(address, '/flagz', KubeletFlagz, { accept: flagzType }) : undefined;
  return given<KubeletFact>({
    node: node.name,
    role: node.role,
    source: direct.ok ? 'configz' : 'api-server-proxy',
    confidence: 'high',
    config: answer.value.value.kubeletconfig,
    reason: direct.ok ? undefined : direct.failure.say,
    flags: flags?.ok ? given<Record<string, string>>(flags.value.value.flags) : undefined,
    certificate: answer.value.certificate,
  });
};

/** What every kubelet runs with, from the best source that answers, and why no better one did. */
export const observeKubelets = async (
  access: ClusterAccess,
  kubelets: KubeletAccess,
  nodes: Slice<readonly NodeFact[]>,
  options: KubeletOptions = {},
): Promise<Slice<readonly KubeletFact[]>> => {
  if (!nodes.read) return nodes;
  let read: Promise<Wanted> | undefined;
  const wanted = () => {
    read ??= readWanted(access);
    return read;
  };
  return seen(
    await inTurn(
      nodes.value.map((node) => () => askOne(node, kubelets, options, wanted)),
      32,
    ),
  );
};
