import { type Slice, seen, unseen } from '../../core/facts/index.ts';
import type { ApiUse, GateFacts, GateSlices, ServiceBackends } from '../../core/gate/index.ts';
import { given } from '../configuration/listing.ts';
import { observeNamespaces } from '../configuration/objects.ts';
import { observeCgroups } from './cgroups.ts';
import { observeClusterApi } from './cluster-api.ts';
import { observeServedApis } from './discovery.ts';
import { observeApiHealth, observeCertificate } from './health.ts';
import { withKubeletFlags } from './kubelet-flags.ts';
import { type ApiServerMetrics, observeApiServerMetrics } from './metrics.ts';
import { observeGateNodes, withKubeProxies } from './nodes.ts';
import {
  observeBackups,
  observeBudgets,
  observeCrds,
  observeGateApiServices,
  observeGateWorkloads,
  observeIngressClasses,
  observeSigningRequests,
} from './objects.ts';
import { observeOldObjects } from './old-objects/observe.ts';
import type { UpgradeInput } from './options.ts';
import { type ObservedPods, observeGatePods } from './pods.ts';
import { observeServiceBackends } from './services.ts';
import { observeSettings, withProxyImage } from './settings.ts';
import { observeStorage } from './storage.ts';
import { observeWebhooks } from './webhooks.ts';

const partOf = <T, K extends keyof T>(slice: Slice<T>, name: K): Slice<T[K]> => (slice.read ? seen(slice.value[name]) : slice);

/** How many API servers there are: each is an endpoint of the Service `kubernetes`, and has a static pod where the control plane is the cluster's own. */
const apiServersIn = (services: Slice<readonly ServiceBackends[]>, pods: Slice<ObservedPods>): number => {
  const service = services.read
    ? services.value.find(({ namespace, name }) => namespace === 'default' && name === 'kubernetes')
    : undefined;
  const own = pods.read ? pods.value.controlPlane.filter(({ component }) => component === 'kube-apiserver') : [];
  return Math.max(1, service?.ready ?? 0, own.length);
};

const apiUseOf = (metrics: Slice<ApiServerMetrics>, apiServers: number): Slice<ApiUse> =>
  metrics.read ? seen(given<ApiUse>({ calls: metrics.value.calls, since: metrics.value.since, apiServers })) : metrics;

/** Counts parts as they end. Once the caller has given up, those that have not begun are left unread. */
const partCounter = ({ options: { progress }, signal }: UpgradeInput, total: number) => {
  let done = 0;
  return async <T>(doing: string, read: () => Promise<Slice<T>>): Promise<Slice<T>> => {
    const slice = signal.aborted ? unseen('The evaluation was cancelled before this was read.') : await read();
    done += 1;
    progress?.({ done, total, doing });
    return slice;
  };
};

/**
 * Live facts for the upgrade gate. What cannot be read becomes an unread slice that names the missing right; nothing here fails as a whole. Metrics come first: what is
 * listed afterwards must not show up in them.
 */
export const observeUpgrade = async (input: UpgradeInput): Promise<GateFacts> => {
  const { access, tls, kubelets, cluster, options } = input;
  const observedAt = input.now();
  const part = partCounter(input, 21);
  const metrics = part('read the metrics of the API server', () => observeApiServerMetrics(access));
  const [counted, served] = await Promise.all([metrics, part('read what the API serves', () => observeServedApis(access))]);
  // a few chains, so that a handful of requests is under way and a page of the largest lists is held only once
  const [large, nodes, traffic, small, rules] = await Promise.all([
    (async () => ({
      pods: await part('read pods', () => observeGatePods(access)),
      workloads: await part('read workloads', () => observeGateWorkloads(access)),
    }))(),
    (async () => {
      const all = await part('read nodes', () => observeGateNodes(access));
      return { all, cgroups: await part('asked kubelets', () => observeCgroups(kubelets, partOf(all, 'kubelets'))) };
    })(),
    (async () => ({
      services: await part('read Services', () => observeServiceBackends(access)),
      storage: await part('read volumes', () => observeStorage(access, observedAt)),
      budgets: await part('read disruption budgets', () => observeBudgets(access)),
      clusterApi: await part('read Cluster API', () => observeClusterApi(access, served)),
    }))(),
    (async () => ({
      apiHealth: await part('asked the API server for its health', () => observeApiHealth(access, metrics)),
      certificate: await part('saw the certificate of the API server', () => observeCertificate(access, tls)),
      settings: await part('read settings', async () => withKubeletFlags(access, await observeSettings(access), served)),
      namespaces: await part('read namespaces', () => observeNamespaces(access)),
      signingRequests: await part('read signing requests', () => observeSigningRequests(access)),
      ingressClasses: await part('read ingress classes', () => observeIngressClasses(access)),
      backups: await part('read backups', () => observeBackups(access)),
    }))(),
    (async () => ({
      webhooks: await part('read webhooks', () => observeWebhooks(access)),
      crds: await part('read custom resources', () => observeCrds(access)),
      apiServices: await part('read aggregated APIs', () => observeGateApiServices(access)),
      oldObjects: await part('looked for old objects', () =>
        observeOldObjects({ access, served, stored: counted.read ? counted.value.stored : new Map(), options, now: observedAt }),
      ),
    }))(),
  ]);
  const { pods, workloads } = large;
  const { services } = traffic;
  const gateNodes = partOf(nodes.all, 'nodes');
  const slices: GateSlices = {
    ...traffic,
    ...small,
    ...rules,
    nodes: gateNodes.read && pods.read ? seen(withKubeProxies(gateNodes.value, pods.value.pods)) : gateNodes,
    pods: partOf(pods, 'pods'),
    controlPlane: partOf(pods, 'controlPlane'),
    workloads,
    settings: withProxyImage(small.settings, workloads),
    servedApis: served,
    apiUse: apiUseOf(counted, apiServersIn(services, pods)),
    cgroups: nodes.cgroups,
  };
  return { ...slices, cluster, observedAt };
};
