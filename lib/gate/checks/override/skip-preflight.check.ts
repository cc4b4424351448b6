import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';
import { ownObjects } from '../../shared/own-machines.ts';
import { withAnnotation } from './annotations.ts';

/** By them the checks before a machine is made, and the one of the way CoreDNS goes, are left out. */
const skipping = new Set(['machineset.cluster.x-k8s.io/skip-preflight-checks', 'controlplane.cluster.x-k8s.io/skip-coredns']);

export const skipPreflight = defineGateCheck({
  id: 'override.skip-preflight',
  category: 'override',
  title: 'No annotation skips the preflight checks of Cluster API',
  severity: 'high',
  why: 'Without its preflight checks Cluster API makes machines while the control plane is unstable or of a version they may not have, and takes CoreDNS along ways nobody knows.',
  repair: 'Remove the annotation from the named objects before the upgrade.',
  links: ['https://cluster-api.sigs.k8s.io/tasks/experimental-features/machineset-preflight-checks'],
  reads: ['clusterApi', 'nodes'],
  evaluate: ({ clusterApi, nodes }) => {
    const own = ownObjects(clusterApi, nodes);
    if (own.length === 0) return doesNotApply('No object of Cluster API here makes this cluster.');
    const bad = withAnnotation(own, (annotation) => skipping.has(annotation));
    if (bad.length > 0) return fails(`Preflight checks are skipped on ${namesText(bad)}: ${bad[0]?.detail}.`, bad);
    return passes('No preflight check is skipped.');
  },
});
