import { clusterSubject } from '../../check.ts';
import { judgeMany } from '../../shared/many.ts';
import { count, named } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';
import { serviceSubject } from './published.ts';

export const externalIps = defineStatement({
  id: 'exposure/cluster/external-ips',
  covers: ['ADD-12'],
  title: 'No Service claims addresses by externalIPs',
  severity: 'high',
  why: 'Nodes send what is meant for an address in `externalIPs` to the pods of that Service, whoever owns the address: traffic of others can be read and answered (CVE-2020-8554).',
  repair: 'Publish by a load balancer or a Gateway that gives out addresses itself, and remove `externalIPs` from the Service.',
  techniques: ['T1557'],
  references: [
    'https://github.com/kubernetes/kubernetes/issues/97076',
    'https://kubernetes.io/docs/concepts/services-networking/service/#external-ips',
  ],
  reads: ['services'],
  evaluate: ({ cluster, services }) =>
    judgeMany(
      clusterSubject(cluster),
      services.map((service) => ({
        subject: serviceSubject(service),
        wrong:
          service.externalIPs.length > 0
            ? `${named(serviceSubject(service))} claims ${count(service.externalIPs.length, 'address', 'addresses')} by externalIPs.`
            : undefined,
        evidence: [{ source: named(serviceSubject(service)), looked: 'spec.externalIPs', found: service.externalIPs.join(', ') || 'none' }],
      })),
      {
        looked: 'spec.externalIPs',
        none: 'The cluster has no Services.',
        fine: (number) => `None of ${count(number, 'Service')} claims an address.`,
      },
    ),
});
