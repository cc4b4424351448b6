import { fails, isUnknown, namesText, passes } from '../../check.ts';
import { crosses, defineBreak } from './define-break.ts';
import { flagsNamed, gatesOf, ifSeen } from './settings.ts';

export const kmsv1 = defineBreak({
  name: 'kmsv1',
  title: 'Secrets are not encrypted through KMS v1',
  severity: 'high',
  why: 'KMS v1 is deprecated since 1.28 and off since 1.29: an API server whose encryption still goes through it does not start unless the gate KMSv1 is switched on, and the gate will go.',
  repair: 'Move the provider to KMS v2 and rewrite the Secrets, then switch the gate off.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/kms-provider/'],
  at: ['1.29'],
  lasts: true,
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings, upgrade }) => {
    const on = gatesOf(controlPlane, settings).filter(({ gate, value }) => gate === 'KMSv1' && value);
    const resources = on.map(({ where }) => ({ ...where, detail: 'switches the gate KMSv1 on' }));
    if (resources.length > 0) return fails(`The gate KMSv1 is on in ${namesText(resources)}.`, resources);
    const [encrypted] = flagsNamed(controlPlane, settings, 'encryption-provider-config');
    if (encrypted && crosses(upgrade, '1.29'))
      return isUnknown(
        `Which provider encrypts cannot be seen; look in ${encrypted.value} of the control plane for a provider "kms" with "apiVersion: v1".`,
      );
    return ifSeen(passes('Nothing asks for KMS v1.'), controlPlane, '--encryption-provider-config and the gate KMSv1', 'kube-apiserver');
  },
});
