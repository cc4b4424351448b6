import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';
import { ownObjects } from '../../shared/own-machines.ts';
import { withAnnotation } from './annotations.ts';

export const unsafeAnnotation = defineGateCheck({
  id: 'override.unsafe-annotation',
  category: 'override',
  title: 'No annotation switches off what Cluster API checks of a version',
  severity: 'critical',
  why: 'With such an annotation Cluster API takes any version, two minors ahead or before the last upgrade has ended: what would have been refused breaks the cluster instead.',
  repair: 'Remove the annotation from the named objects.',
  links: ['https://cluster-api.sigs.k8s.io/reference/api/labels-and-annotations'],
  reads: ['clusterApi', 'nodes'],
  evaluate: ({ clusterApi, nodes }) => {
    const own = ownObjects(clusterApi, nodes);
    if (own.length === 0) return doesNotApply('No object of Cluster API here makes this cluster.');
    const bad = withAnnotation(own, (annotation) => annotation.startsWith('unsafe.topology.cluster.x-k8s.io/'));
    if (bad.length > 0) return fails(`Checks are switched off on ${namesText(bad)}: ${bad[0]?.detail}.`, bad);
    return passes('Nothing switches off what Cluster API checks of a version.');
  },
});
