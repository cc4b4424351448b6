import { parse } from 'yaml';
import {
  type ComponentFact,
  type ComponentName,
  componentNames,
  type FlagzFact,
  type KubeProxyFact,
  type NodeFact,
  type Slice,
  seen,
  type TlsFact,
  unseen,
} from '../../core/facts/index.ts';
import type { Failure } from '../../core/failure.ts';
import type { ClusterAccess, TlsProbe } from '../../ports/cluster-access.ts';
import { programOf, readFlags } from './argv.ts';
import { ComponentPod, Flagz, KubeProxyConfig, KubeProxyConfigMap, KubeProxyDaemonSet } from './control-plane-schema.ts';
import { byText, type Listing, readAll } from './listing.ts';
import { mirrorAnnotation } from './workload-schema.ts';

export const componentListing: Listing = {
  group: '',
  version: 'v1',
  resource: 'pods',
  namespace: 'kube-system',
  feeds: ['components'],
  purpose: 'flags of control-plane components',
};

const isComponent = (name: string | undefined): name is ComponentName => componentNames.some((one) => one === name);

/**
 * The component a mirror pod runs, found by the program of its containers and not by the pod's name, which anybody may choose. A container that starts a shell cannot be read:
 * then the component has no instance here, and nothing is judged from it.
 */
const componentOf = ({ metadata, spec }: ComponentPod): readonly ComponentFact[] => {
  if (typeof metadata.annotations?.[mirrorAnnotation] !== 'string') return [];
  return spec.containers.flatMap((container) => {
    if (container.command === undefined) return [];
    const argv = [...container.command, ...container.args];
    // images whose entry point is the program itself have flags only
    const component = argv[0]?.startsWith('-') ? (metadata.labels?.component ?? container.name) : programOf(argv);
    if (!isComponent(component ?? undefined)) return [];
    const env = Object.fromEntries(container.env.flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value]] : [])));
    return [
      {
        component: component as ComponentName,
        node: spec.nodeName ?? '',
        pod: metadata.name,
        image: container.image ?? '',
        flags: readFlags(argv),
        env,
      },
    ];
  });
};

/** Every instance of the four components, from the mirror pods of kube-system. */
export const observeComponents = async (access: ClusterAccess): Promise<Slice<readonly ComponentFact[]>> => {
  const pods = await readAll(access, componentListing, ComponentPod, componentOf);
  return pods.read ? seen(pods.value.flat().toSorted((a, b) => byText(a.component, b.component) || byText(a.node, b.node))) : pods;
};

/** What `/flagz` must be asked for; plain JSON is refused (406). */
export const flagzType = 'application/json;v=v1beta1;g=config.k8s.io;as=Flagz';

const flagzReason = ({ code, say }: Failure): string =>
  code === 'not-found' || code === 'answer-invalid'
    ? 'The API server does not serve /flagz, which is on by default from Kubernetes 1.36.'
    : code === 'permission-missing'
      ? 'Looking needs get /flagz (a non-resource URL).'
      : say;

/** The flags of the API server instance that answers, with defaults filled in. */
export const observeApiServerFlagz = async (access: ClusterAccess, nodes: Slice<readonly NodeFact[]>): Promise<Slice<FlagzFact>> => {
  const answer = await access.get('/flagz', Flagz, { accept: flagzType });
  if (!answer.ok) return unseen(flagzReason(answer.failure));
  const { flags } = answer.value;
  const address = flags['advertise-address'];
  const node = nodes.read ? nodes.value.find(({ addresses }) => address !== undefined && addresses.includes(address))?.name : undefined;
  return seen({ ...(node === undefined ? {} : { node }), flags });
};

/** kube-proxy, from its DaemonSet and ConfigMap as kubeadm names them. */
export const observeKubeProxy = async (access: ClusterAccess): Promise<Slice<KubeProxyFact>> => {
  const daemonSet = await access.get('/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy', KubeProxyDaemonSet);
  if (!daemonSet.ok) {
    if (daemonSet.failure.code === 'not-found') return seen({ present: false, flags: {} });
    return unseen(
      daemonSet.failure.code === 'permission-missing'
        ? 'Looking needs get daemonsets kube-proxy (apps) in namespace kube-system.'
        : daemonSet.failure.say,
    );
  }
  const configMap = await access.get('/api/v1/namespaces/kube-system/configmaps/kube-proxy', KubeProxyConfigMap);
  if (!configMap.ok && configMap.failure.code !== 'not-found')
    return unseen(
      configMap.failure.code === 'permission-missing'
        ? 'Looking needs get configmaps kube-proxy in namespace kube-system.'
        : configMap.failure.say,
    );
  const [container] = daemonSet.value.spec.template.spec.containers;
  const text = configMap.ok ? (configMap.value.data?.['config.conf'] ?? '') : '';
  const config = KubeProxyConfig.safeParse(parseQuietly(text) ?? {});
  if (!config.success)
    return unseen('The ConfigMap kube-system/kube-proxy holds no configuration that can be read; look at its key config.conf.');
  return seen({
    present: true,
    metricsBindAddress: config.data.metricsBindAddress ?? '',
    flags: readFlags([...(container?.command ?? []), ...(container?.args ?? [])]),
  });
};

const parseQuietly = (text: string): unknown => {
  try {
    return parse(text);
  } catch {
    return text;
  }
};

/** Handshakes with the API server the scan speaks to, one per suite that the benchmark does not list. */
export const observeApiServerTls = async (access: ClusterAccess, tls: TlsProbe, weakSuites: readonly string[]): Promise<Slice<TlsFact>> => {
  const url = new URL(access.server);
  if (url.protocol !== 'https:') return unseen('The API server was reached without TLS, so no handshake could be made.');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const answer = await tls.probe({ host, port: Number(url.port || 443) }, weakSuites);
  return answer.ok ? seen(answer.value) : unseen(answer.failure.say);
};
