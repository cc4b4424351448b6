import { hour, readTime } from '../../../core/time.ts';
import { defineGateCheck, fails, isUnknown, objectText, passes } from '../../check.ts';

/** A day: a nightly backup is young enough until the next night. */
const mostHours = 25;

export const recent = defineGateCheck({
  id: 'backup.recent',
  category: 'backup',
  title: 'A backup of the last day is there',
  severity: 'medium',
  why: 'An upgrade cannot be taken back: where it goes wrong, a backup from before is the way home.',
  repair: 'Take a backup (velero backup create), or a snapshot of etcd kept outside of the cluster, right before the upgrade.',
  links: [
    'https://velero.io/docs/main/backup-reference/',
    'https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/#backing-up-an-etcd-cluster',
  ],
  reads: ['backups'],
  evaluate: ({ backups, now }) => {
    if (!backups.installed)
      return isUnknown('The cluster holds no backup objects (Velero): whether there is a backup elsewhere is not known.');
    const { newest } = backups;
    if (!newest) return fails('No backup has ever been completed.');
    const named = { kind: 'Backup', namespace: newest.namespace, name: newest.name, detail: `completed at ${newest.completedAt}` };
    const [from, to] = [readTime(newest.completedAt), readTime(now)];
    if (from === undefined || to === undefined) return isUnknown(`When ${objectText(named)} was completed cannot be told.`, [named]);
    const hours = Math.floor((to - from) / hour);
    if (to - from > mostHours * hour) return fails(`The newest backup, ${objectText(named)}, is ${hours} hours old.`, [named]);
    return passes(`The newest backup, ${objectText(named)}, was completed at ${newest.completedAt}.`);
  },
});
