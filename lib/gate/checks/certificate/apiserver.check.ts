import { defineGateCheck, fails, isUnknown, passes } from '../../check.ts';
import { daysUntil, expiryText, soonDays } from '../../shared/expiry.ts';

export const apiserver = defineGateCheck({
  id: 'certificate.apiserver',
  category: 'certificate',
  title: `The certificate of the API server holds for ${soonDays} more days`,
  severity: 'medium',
  why: 'Once it has expired, neither nodes nor people reach the API server; the other certificates of kubeadm mostly end on the same day.',
  repair: 'Renew with `kubeadm certs renew all` and restart the control plane; an upgrade by kubeadm to another minor renews them too.',
  links: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/'],
  reads: ['certificate'],
  evaluate: ({ certificate: { subject, notAfter }, now }) => {
    const days = daysUntil(notAfter, now);
    if (days === undefined) return isUnknown('The certificate of the API server tells no end that can be read.');
    const said = `The certificate of the API server ${expiryText(notAfter, days)}`;
    if (days >= soonDays) return passes(`${said}.`);
    return fails(`${said}.`, [{ kind: 'Certificate', name: subject, detail: expiryText(notAfter, days) }]);
  },
});
