import type { WorkloadFact } from '../../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../../core/finding.ts';
import type { BackendView, HostPod, NodeView, ServiceView } from '../../../core/probing/index.ts';
import { clusterSubject, fail, notApplicable, pass } from '../../check.ts';
import { count, few, named, upTo } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';
import { tokenMounts } from './mounts.ts';
import { howPublished, isPublished, serviceSubject } from './published.ts';

/** Pods on the network of their node that stand behind a Service: an endpoint at the node's address is one of them. */
const behind = (
  { namespace, name }: ServiceView,
  backends: readonly BackendView[],
  nodes: readonly NodeView[],
  hostPods: readonly HostPod[],
): readonly HostPod[] =>
  backends
    .filter((backend) => backend.namespace === namespace && backend.service === name)
    .flatMap(({ addresses, ports }) => {
      const at = new Set(nodes.filter((node) => node.addresses.some((address) => addresses.includes(address))).map((node) => node.name));
      return hostPods.filter(
        (pod) => pod.hostNetwork && pod.namespace === namespace && at.has(pod.node) && pod.ports.some((port) => ports.includes(port)),
      );
    });

const accountOf = (workload: WorkloadFact | undefined, hasToken: (workload: WorkloadFact) => boolean): string =>
  workload === undefined
    ? 'not known'
    : `ServiceAccount ${workload.namespace}/${workload.serviceAccount}, ${hasToken(workload) ? 'token mounted' : 'no token'}`;

/**
 * Pods on the network of their node; whether such a pod is privileged too is shown. Privileged ones on the pod network are judged by `published-privileged`.
 */
export const publishedHostNetwork = defineStatement({
  id: 'exposure/cluster/published-host-network',
  covers: ['ADD-09'],
  title: 'What is published does not run on the network of its node',
  severity: 'high',
  why: 'Whoever breaks into a published pod on the network of its node stands inside the node network: loopback services, the metadata of the cloud and other nodes, past every NetworkPolicy, with the token of the pod.',
  repair:
    'Run it on the pod network behind its Service; for a controller that must be on the node network, keep its account to the rights it needs, and waive this finding.',
  techniques: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  reads: ['services', 'backends', 'hostPods', 'nodes', 'workloads', 'serviceAccounts'],
  evaluate: ({ cluster, services, backends, hostPods, nodes, workloads, serviceAccounts }) => {
    const published = services.filter(isPublished);
    const subject = clusterSubject(cluster);
    if (published.length === 0)
      return [
        notApplicable(subject, 'Nothing is published.', {
          source: 'Services',
          looked: 'NodePort, LoadBalancer, externalIPs',
          found: 'none',
        }),
      ];
    const hasToken = tokenMounts(serviceAccounts);
    const judge = (service: ServiceView): Judgement | undefined => {
      const owners = [...new Map(behind(service, backends, nodes, hostPods).map((pod) => [named(pod), pod])).values()];
      if (owners.length === 0) return undefined;
      const evidence = owners.map((pod): Evidence => {
        const workload = workloads.find((one) => named(one) === named(pod));
        const isPrivileged = workload?.containers.some(({ securityContext }) => securityContext.privileged) ? ', privileged' : '';
        return { source: named(pod), looked: 'hostNetwork, account', found: `true${isPrivileged}; ${accountOf(workload, hasToken)}` };
      });
      const how = { source: named(serviceSubject(service)), looked: 'how it is published', found: howPublished(service) };
      const says = `${named(serviceSubject(service))} publishes ${few(owners.map(named), 2)}, which runs on the network of its node.`;
      return fail(serviceSubject(service), says, how, ...upTo(evidence));
    };
    const wrong = published.flatMap((service) => judge(service) ?? []);
    if (wrong.length === published.length) return wrong;
    const number = published.length - wrong.length;
    const shown = { source: 'EndpointSlices', looked: 'pods on the network of a node', found: 'none behind the rest' };
    return [...wrong, pass(subject, `Nothing on the network of a node is published by ${count(number, 'Service')}.`, shown)];
  },
});
