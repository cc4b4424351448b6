import { clusterSubject } from '../../check.ts';
import { judgeMany } from '../../shared/many.ts';
import { isSystemNamespace } from '../../shared/namespaces.ts';
import { count, named } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';
import { howPublished, isPublished, serviceSubject } from './published.ts';

export const publishedSystem = defineStatement({
  id: 'exposure/cluster/published-system',
  covers: ['ADD-12'],
  title: 'Nothing in the namespaces of the cluster itself is published',
  severity: 'high',
  why: 'What runs in kube-system often has rights over the whole cluster, so a flaw in something that is published from there is a flaw of the cluster.',
  repair: 'Make the Service a ClusterIP one, or move what must be published to a namespace of its own with an account of few rights.',
  techniques: ['T1133'],
  references: ['https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types'],
  reads: ['services'],
  evaluate: ({ cluster, services }) =>
    judgeMany(
      clusterSubject(cluster),
      services
        .filter(({ namespace }) => isSystemNamespace(namespace))
        .map((service) => ({
          subject: serviceSubject(service),
          wrong: isPublished(service) ? `${named(serviceSubject(service))} is reached from outside the cluster.` : undefined,
          evidence: [{ source: named(serviceSubject(service)), looked: 'how it is published', found: howPublished(service) }],
        })),
      {
        looked: 'Services of system namespaces',
        none: 'There are no Services in the namespaces of the cluster itself.',
        fine: (number) => `Nothing is published by ${count(number, 'Service')} of the cluster itself.`,
      },
    ),
});
