import type { WorkloadFact } from '../../../core/facts/index.ts';
import type { Judgement } from '../../../core/finding.ts';
import type { BackendView, ServiceView } from '../../../core/probing/index.ts';
import { clusterSubject, fail, notApplicable, pass } from '../../check.ts';
import { count, few, named, upTo } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';
import { tokenMounts } from './mounts.ts';
import { howPublished, isPublished, serviceSubject } from './published.ts';

const isPrivileged = ({ containers }: WorkloadFact): boolean => containers.some(({ securityContext }) => securityContext.privileged);

/** Privileged workloads on the pod network behind a Service; those on the network of their node are judged by `published-host-network`. */
const behind = (
  { namespace, name }: ServiceView,
  backends: readonly BackendView[],
  privileged: ReadonlyMap<string, WorkloadFact>,
): readonly WorkloadFact[] =>
  backends
    .filter((backend) => backend.namespace === namespace && backend.service === name)
    .flatMap(({ owners = [] }) => owners.flatMap((owner) => privileged.get(named(owner)) ?? []));

export const publishedPrivileged = defineStatement({
  id: 'exposure/cluster/published-privileged',
  covers: ['ADD-09'],
  title: 'What is published does not run privileged',
  severity: 'high',
  why: 'A privileged container is root on its node: one flaw in a service that anybody may call is then a node, with the tokens of every pod on it.',
  repair:
    'Take `privileged: true` from the container and give it the capabilities or devices it really needs, or publish something in front of it.',
  techniques: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  reads: ['services', 'backends', 'workloads', 'serviceAccounts'],
  evaluate: ({ cluster, services, backends, workloads, serviceAccounts }) => {
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
    const unknown = published.filter(({ namespace, name }) =>
      backends.find((backend) => backend.namespace === namespace && backend.service === name && backend.owners === undefined),
    );
    const hasToken = tokenMounts(serviceAccounts);
    const privileged = new Map(workloads.filter(isPrivileged).map((one) => [named(one), one]));
    const judge = (service: ServiceView): Judgement | undefined => {
      const wrong = behind(service, backends, privileged);
      if (wrong.length === 0) return undefined;
      const evidence = wrong.map((one) => ({
        source: named(one),
        looked: 'privileged, account',
        found: `true; ServiceAccount ${one.namespace}/${one.serviceAccount}, ${hasToken(one) ? 'token mounted' : 'no token'}`,
      }));
      const how = { source: named(serviceSubject(service)), looked: 'how it is published', found: howPublished(service) };
      const says = `${named(serviceSubject(service))} publishes ${few(wrong.map(named), 2)}, which runs privileged.`;
      return fail(serviceSubject(service), says, how, ...upTo(evidence));
    };
    const wrong = published.flatMap((service) => judge(service) ?? []);
    const rest = published.length - wrong.length - unknown.length;
    const looked = 'pods behind published Services';
    return [
      ...wrong,
      ...unknown.map(
        (service): Judgement => ({
          subject: serviceSubject(service),
          outcome: 'unknown',
          message: 'Which pods stand behind it is not known.',
          evidence: [{ source: 'EndpointSlices', looked, found: 'addresses of nobody known' }],
        }),
      ),
      ...(rest > 0
        ? [
            pass(subject, `Nothing privileged is published by ${count(rest, 'Service')}.`, {
              source: 'EndpointSlices',
              looked,
              found: 'none privileged',
            }),
          ]
        : []),
    ];
  },
});
