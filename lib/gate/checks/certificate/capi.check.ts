import { defineGateCheck, doesNotApply, fails, namesText, passes } from '../../check.ts';
import { daysUntil, expiryText, soonDays } from '../../shared/expiry.ts';
import { nameOnly, ownObjects } from '../../shared/own-machines.ts';
import { count } from '../../shared/words.ts';

export const capi = defineGateCheck({
  id: 'certificate.capi',
  category: 'certificate',
  title: `Certificates on machines of Cluster API hold for ${soonDays} more days`,
  severity: 'medium',
  why: 'A control plane machine whose certificates have expired takes no part in the rollout that would replace it.',
  repair:
    'Roll the control plane out (`clusterctl alpha rollout restart`), and set `rollout.before.certificatesExpiryDays` so that it happens by itself.',
  links: ['https://cluster-api.sigs.k8s.io/tasks/certs/auto-rotate-certificates-in-kcp'],
  reads: ['clusterApi', 'nodes'],
  evaluate: ({ clusterApi, nodes, now }) => {
    const dated = ownObjects(clusterApi, nodes).flatMap((object) => {
      const { kind, certificatesExpireAt: at } = object;
      const days = kind === 'Machine' && at !== undefined ? daysUntil(at, now) : undefined;
      return at === undefined || days === undefined ? [] : [{ days, named: { ...nameOnly(object), detail: expiryText(at, days) } }];
    });
    if (dated.length === 0) return doesNotApply('No Machine of this cluster tells when its certificates expire.');
    const ending = dated.filter(({ days }) => days < soonDays).map(({ named }) => named);
    if (ending.length > 0) return fails(`Certificates have expired or soon will on ${namesText(ending)}.`, ending);
    return passes(`Certificates on ${count(dated.length, 'machine')} hold for ${soonDays} days and more.`);
  },
});
