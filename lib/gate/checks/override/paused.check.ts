import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';
import { nameOnly, ownObjects } from '../../shared/own-machines.ts';

export const paused = defineGateCheck({
  id: 'override.paused',
  category: 'override',
  title: 'Nothing that makes this cluster is paused',
  severity: 'high',
  why: 'Cluster API does nothing for paused objects: an upgrade begins, reaches what is paused, and stops there without a word.',
  repair: 'Set spec.paused to false and remove the annotation cluster.x-k8s.io/paused, after asking who paused it and why.',
  links: ['https://cluster-api.sigs.k8s.io/reference/api/labels-and-annotations'],
  reads: ['clusterApi', 'nodes'],
  evaluate: ({ clusterApi, nodes }) => {
    const own = ownObjects(clusterApi, nodes);
    if (own.length === 0) return doesNotApply('No object of Cluster API here makes this cluster.');
    const bad = own.filter((object) => object.paused).map((object) => ({ ...nameOnly(object), detail: 'paused' }));
    return bad.length > 0 ? fails(`Paused: ${namesText(bad)}.`, bad) : passes('Nothing is paused.');
  },
});
