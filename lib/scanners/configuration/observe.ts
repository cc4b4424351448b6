import { type ConfigurationFacts, type NodeFact, type NodeFilesFact, type Slice, unseen } from '../../core/facts/index.ts';
import { weakSuites } from '../../core/tls-suites.ts';
import type { ScannerPorts } from '../scanner.ts';
import { observeClusterObjects } from './cluster-objects.ts';
import { observeApiServerFlagz, observeApiServerTls, observeComponents, observeKubeProxy } from './control-plane.ts';
import type { ConfigurationTicket } from './index.ts';
import { observeKubelets } from './kubelets.ts';
import { collectNodeFacts } from './node-facts/collect.ts';
import { defaultNodeFactsImage } from './node-facts/manifest.ts';
import { observeNodes } from './nodes.ts';

/** Counts parts of the observation as they end, whatever their order. */
const partCounter = ({ progress }: ScannerPorts, total: number) => {
  let done = 0;
  progress({ done, total, doing: 'asking the API server' });
  return async <T>(finished: string, part: Promise<T>): Promise<T> => {
    const value = await part;
    done += 1;
    progress({ done, total, doing: finished });
    return value;
  };
};

const observeNodeFiles = async (
  { options, scanId }: ConfigurationTicket,
  nodes: Slice<readonly NodeFact[]>,
  { access, cleaner, signal, now, sleep, progress, warn }: ScannerPorts,
): Promise<Slice<readonly NodeFilesFact[]>> => {
  if (options.recordedNodeFiles) return options.recordedNodeFiles;
  if (!options.nodeFacts) return unseen('Files and processes on the nodes were not looked at: scan with --node-facts.');
  if (!nodes.read) return nodes;
  const image = options.nodeFactsImage ?? defaultNodeFactsImage;
  return await collectNodeFacts({
    access,
    ...(cleaner ? { cleaner } : {}),
    nodes: nodes.value,
    scanId,
    image,
    signal,
    now,
    sleep,
    progress,
    ...(warn ? { leftBehind: warn } : {}),
  });
};

/** Everything a configuration scan observes. What cannot be read becomes an unread slice; nothing here fails as a whole. */
export const observeConfiguration = async (ticket: ConfigurationTicket, ports: ScannerPorts): Promise<ConfigurationFacts> => {
  const { cluster, options } = ticket;
  const { access, tls, kubelets: straight, kubeletProxy } = ports;
  const part = partCounter(ports, 6);
  const nodes = observeNodes(access);
  const proxy = options.kubeletProxy ? kubeletProxy : undefined;
  const [components, apiServerFlagz, apiServerTls, kubeProxy, kubelets, objects] = await Promise.all([
    part('read the flags of the control plane', observeComponents(access)),
    part(
      'read the flags of the API server',
      nodes.then((read) => observeApiServerFlagz(access, read)),
    ),
    part('made TLS handshakes with the API server', observeApiServerTls(access, tls, weakSuites)),
    part('read the settings of kube-proxy', observeKubeProxy(access)),
    part(
      'read the settings of kubelets',
      nodes.then((read) => observeKubelets(access, straight, read, { proxy })),
    ),
    part('read workloads, rights and policies', observeClusterObjects(access)),
  ]);
  const nodeFiles = await observeNodeFiles(ticket, await nodes, ports);
  return { cluster, nodes: await nodes, components, apiServerFlagz, apiServerTls, kubeProxy, kubelets, ...objects, nodeFiles };
};
