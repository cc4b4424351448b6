import { type ConfigurationFacts, unseen } from '../../core/facts/index.ts';
import { weakSuites } from '../../core/tls-suites.ts';
import type { ScannerPorts } from '../scanner.ts';
import { observeClusterObjects } from './cluster-objects.ts';
import { observeApiServerFlagz, observeApiServerTls, observeComponents, observeKubeProxy } from './control-plane.ts';
import type { ConfigurationTicket } from './index.ts';
import { observeKubelets } from './kubelets.ts';
import { observeNodes } from './nodes.ts';

/** Counts parts of the observation as they end, whatever their order. */
const partCounter = (ports: ScannerPorts, total: number) => {
  let done = 0;
  ports.progress({ done, total, doing: 'asking the API server' });
  return async <T>(finished: string, part: Promise<T>): Promise<T> => {
    const value = await part;
    done += 1;
    ports.progress({ done, total, doing: finished });
    return value;
  };
};

/** Everything a configuration scan observes. What cannot be read becomes an unread slice; nothing here fails as a whole. */
export const observeConfiguration = async (
  { cluster, options, scanId }: ConfigurationTicket,
  ports: ScannerPorts,
): Promise<ConfigurationFacts> => {
  const { access } = ports;
  const part = partCounter(ports, options.nodeFacts ? 7 : 6);
  const nodes = observeNodes(access);
  const [components, flagz, tls, kubeProxy, kubelets, objects] = await Promise.all([
    part('read the flags of the control plane', observeComponents(access)),
    part(
      'read the flags of the API server',
      nodes.then((read) => observeApiServerFlagz(access, read)),
    ),
    part('made TLS handshakes with the API server', observeApiServerTls(access, ports.tls, weakSuites)),
    part('read the settings of kube-proxy', observeKubeProxy(access)),
    part(
      'read the settings of kubelets',
      nodes.then((read) => observeKubelets(access, ports.kubelets, read, { proxy: options.kubeletProxy ? ports.kubeletProxy : undefined })),
    ),
    part('read workloads, rights and policies', observeClusterObjects(access)),
  ]);
  const nodeFiles = options.recordedNodeFiles ?? unseen('Files and processes on the nodes were not looked at: scan with --node-facts.');
  return { cluster, nodes: await nodes, components, apiServerFlagz: flagz, apiServerTls: tls, kubeProxy, kubelets, ...objects, nodeFiles };
};
