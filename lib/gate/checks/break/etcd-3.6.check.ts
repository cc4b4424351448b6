import { type GateVersion, readGateVersion } from '../../../core/gate/index.ts';
import { fails, isUnknown, namesText, passes } from '../../check.ts';
import { crosses, defineBreak } from './define-break.ts';

/** Oldest etcd from which the step is safe: kubeadm's own floor for 3.5, and no minor of etcd may be skipped. */
const floor = (skips35: boolean): { readonly minor: number; readonly patch: number; readonly text: string } =>
  skips35 ? { minor: 6, patch: 0, text: '3.6' } : { minor: 5, patch: 24, text: '3.5.24' };

const isBelow = (version: GateVersion, { minor, patch }: { readonly minor: number; readonly patch: number }): boolean =>
  version.major < 3 || (version.major === 3 && (version.minor < minor || (version.minor === minor && version.patch < patch)));

export const etcd36 = defineBreak({
  name: 'etcd-3.6',
  title: 'etcd is new enough for the step that the target makes',
  severity: 'critical',
  why: 'With 1.34 kubeadm brings etcd 3.6, and with 1.37 etcd 3.7; members of an older 3.5 may come back as ghosts on the way to 3.6, and etcd supports no step over a minor.',
  repair: 'Upgrade etcd first: to 3.5.24 or newer before 1.34, to 3.6 before 1.36.',
  links: [
    'https://etcd.io/docs/v3.6/upgrades/upgrade_3_6/',
    'https://github.com/kubernetes/kubernetes/blob/v1.34.3/cmd/kubeadm/app/constants/constants.go',
  ],
  at: ['1.34', '1.36', '1.37'],
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings, upgrade }) => {
    const needed = floor(crosses(upgrade, '1.36') || crosses(upgrade, '1.37'));
    const members = controlPlane.filter(({ component }) => component === 'etcd');
    if (members.length === 0 || settings.kubeadm?.externalEtcd)
      return isUnknown(
        `etcd runs outside of what the API shows; make sure that every member is ${needed.text} or newer (etcdctl endpoint status).`,
      );
    const read = members.map((member) => ({ member, version: readGateVersion(member.version ?? '') }));
    const named = (of: typeof read) =>
      of.map(({ member: { name, version } }) => ({
        kind: 'Pod',
        namespace: 'kube-system',
        name,
        detail: version ?? 'no version in its tag',
      }));
    const old = named(read.filter(({ version }) => version !== undefined && isBelow(version, needed)));
    if (old.length > 0) return fails(`These members are older than ${needed.text}: ${namesText(old)}.`, old);
    const untold = named(read.filter(({ version }) => version === undefined));
    if (untold.length > 0) return isUnknown(`The version of ${namesText(untold)} cannot be told from its image.`, untold);
    return passes(`Every member of etcd is ${needed.text} or newer.`);
  },
});
