import {
  type ComponentFact,
  type FlagzFact,
  type KubeProxyFact,
  type NodeFact,
  type Slice,
  seen,
  type TlsFact,
  type Unread,
  unseen,
} from '../../core/facts/index.ts';
import type { Failure } from '../../core/failure.ts';
import type { Right } from '../../core/need.ts';
import type { ClusterAccess, TlsProbe } from '../../ports/cluster-access.ts';
import { isComponent, readFlags } from './argv.ts';
import {
  ComponentPod,
  Flagz,
  KubeProxyConfig,
  KubeProxyConfigMap,
  KubeProxyDaemonSet,
  programIn,
  readDocument,
} from './control-plane-schema.ts';
import { byText, type Listing, readAll, unreadFor } from './listing.ts';

export const componentListing: Listing = {
  group: '',
  version: 'v1',
  resource: 'pods',
  namespace: 'kube-system',
  feeds: ['components'],
  purpose: 'flags of control-plane components',
};

/** The instance of a container of a mirror pod, if it is of the control plane. What the schema let through is known to be a mirror pod's. */
const instanceOf = ({ metadata, spec }: ComponentPod, container: ComponentPod['spec']['containers'][number]): readonly ComponentFact[] => {
  const started = programIn(container, metadata.labels?.component);
  if (started === undefined || !isComponent(started.program)) return [];
  const common = { component: started.program, node: spec.nodeName ?? '', pod: metadata.name, image: container.image ?? '' };
  if ('unreadable' in started) return [{ ...common, flags: {}, env: {}, unreadable: started.unreadable }];
  const env = Object.fromEntries((container.env ?? []).flatMap(({ name, value }) => (typeof value === 'string' ? [[name, value]] : [])));
  return [{ ...common, flags: readFlags(started.argv), env }];
};

/** The components that run in a mirror pod, found by program or label and not by the pod's name. */
const instancesIn = (pod: ComponentPod): readonly ComponentFact[] => pod.spec.containers.flatMap((container) => instanceOf(pod, container));

/** Every instance of the four components, from the mirror pods of kube-system. */
export const observeComponents = async (access: ClusterAccess): Promise<Slice<readonly ComponentFact[]>> => {
  const pods = await readAll(access, componentListing, ComponentPod, instancesIn);
  return pods.read ? seen(pods.value.flat().toSorted((a, b) => byText(a.component, b.component) || byText(a.node, b.node))) : pods;
};

/** What `/flagz` must be asked for; plain JSON is refused (406). */
export const flagzType = 'application/json;v=v1beta1;g=config.k8s.io;as=Flagz';

export const flagzRight: Right = { apiGroup: '', resource: '', verb: 'get', nonResourceUrl: '/flagz' };

const withoutFlagz = (failure: Failure): Unread =>
  failure.code === 'not-found' || failure.code === 'version-unsupported' || failure.code === 'answer-invalid'
    ? unseen('The API server does not serve /flagz, which is on by default from Kubernetes 1.36.')
    : unreadFor(flagzRight, failure);

/** The flags of the API server instance that answers, with defaults filled in. */
export const observeApiServerFlagz = async (access: ClusterAccess, nodes: Slice<readonly NodeFact[]>): Promise<Slice<FlagzFact>> => {
  const answer = await access.get('/flagz', Flagz, { accept: flagzType });
  if (!answer.ok) return withoutFlagz(answer.failure);
  const { flags } = answer.value;
  const address = flags['advertise-address'];
  const node = nodes.read ? nodes.value.find(({ addresses }) => address !== undefined && addresses.includes(address))?.name : undefined;
  return seen({ ...(node === undefined ? {} : { node }), flags });
};

const kubeProxy = { verb: 'get', name: 'kube-proxy', namespace: 'kube-system' } as const;
/** The rights to read kube-proxy where kubeadm keeps it. */
export const kubeProxyRights = {
  daemonSet: { ...kubeProxy, apiGroup: 'apps', resource: 'daemonsets' },
  configMap: { ...kubeProxy, apiGroup: '', resource: 'configmaps' },
} as const satisfies Record<string, Right>;

/** kube-proxy where there is no DaemonSet: some distributions run it as a static pod of every node; else something else does its work. */
const observeStaticKubeProxy = async (access: ClusterAccess): Promise<Slice<KubeProxyFact>> => {
  const pods = await readAll(access, componentListing, ComponentPod, ({ metadata, spec }) =>
    spec.containers.flatMap((container) => {
      const started = programIn(container, metadata.labels?.component);
      return started?.program === 'kube-proxy' ? [{ pod: metadata.name, started }] : [];
    }),
  );
  if (!pods.read) return pods;
  const [first] = pods.value.flat().toSorted((a, b) => byText(a.pod, b.pod));
  if (first === undefined) return seen({ present: false, flags: {} });
  if ('unreadable' in first.started) return unseen(first.started.unreadable);
  const flags = readFlags(first.started.argv);
  const [file] = flags.config ?? [];
  return file
    ? unseen(`kube-proxy runs as a static pod and takes its settings from ${file} on its node; look at metricsBindAddress there.`)
    : seen({ present: true, flags, staticPod: first.pod });
};

/** kube-proxy, from its DaemonSet and ConfigMap as kubeadm names them. */
export const observeKubeProxy = async (access: ClusterAccess): Promise<Slice<KubeProxyFact>> => {
  const daemonSet = await access.get('/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy', KubeProxyDaemonSet);
  if (!daemonSet.ok)
    return daemonSet.failure.code === 'not-found'
      ? observeStaticKubeProxy(access)
      : unreadFor(kubeProxyRights.daemonSet, daemonSet.failure);
  const [started] = daemonSet.value.spec.template.spec.containers.flatMap((one) => programIn(one, undefined) ?? []);
  if (!started) return unseen('The DaemonSet kube-system/kube-proxy starts no program of that name; look at what it runs.');
  if ('unreadable' in started) return unseen(started.unreadable);
  const flags = readFlags(started.argv);
  if ((flags.config?.at(-1) ?? '') === '') return seen({ present: true, flags });
  const configMap = await access.get('/api/v1/namespaces/kube-system/configmaps/kube-proxy', KubeProxyConfigMap);
  if (!configMap.ok && configMap.failure.code !== 'not-found') return unreadFor(kubeProxyRights.configMap, configMap.failure);
  const text = configMap.ok ? configMap.value.data?.['config.conf'] : undefined;
  const config = typeof text === 'string' ? readDocument(KubeProxyConfig, text) : undefined;
  if (!config) return unseen('The ConfigMap kube-system/kube-proxy holds no configuration that can be read; look at its key config.conf.');
  return seen({ present: true, metricsBindAddress: config.metricsBindAddress ?? '', flags });
};

/** Handshakes with the API server the scan speaks to, one per suite that the benchmark does not list. */
export const observeApiServerTls = async (access: ClusterAccess, tls: TlsProbe, weakSuites: readonly string[]): Promise<Slice<TlsFact>> => {
  const url = new URL(access.server);
  if (url.protocol !== 'https:') return unseen('The API server was reached without TLS, so no handshake could be made.');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const answer = await tls.probe({ host, port: Number(url.port || 443) }, weakSuites);
  return answer.ok ? seen(answer.value) : unseen(answer.failure.say);
};
