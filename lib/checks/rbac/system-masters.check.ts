import { clusterSubject, defineCheck, manual } from '../check.ts';
import { clientSigner } from '../shared/client-signer.ts';
import { bindingsOf } from '../shared/rbac.ts';
import { count, named, upTo } from '../shared/words.ts';

export const systemMasters = defineCheck({
  id: 'rbac/system-masters',
  title: 'Nobody works as a member of system:masters',
  severity: 'high',
  reads: ['rbac'],
  mayRead: ['certificateRequests'],
  why: 'The API server lets members of system:masters do everything before RBAC is asked, so no binding that is deleted takes it from them.',
  repair:
    'Issue people credentials for groups of your own, bind those to roles, and keep a system:masters certificate (super-admin.conf) locked away for emergencies.',
  lookAt:
    'Look through the certificate authorities and identity providers that issue credentials, and make sure that none gives people the group system:masters.',
  evaluate: ({ cluster, rbac, certificateRequests }) => {
    const bindings = bindingsOf(rbac, { kind: 'Group', name: 'system:masters' });
    const evidence = bindings.map(({ binding }) => ({
      source: named(binding),
      looked: 'subjects',
      found: `Group system:masters, role ${binding.roleName}`,
    }));
    const requests = certificateRequests.read
      ? certificateRequests.value.filter(({ signer, approved }) => approved && signer === clientSigner)
      : [];
    const issued = certificateRequests.read
      ? `${count(requests.length, 'approved request')} still kept; issued certificates cannot be listed`
      : certificateRequests.reason;
    return [
      manual(
        clusterSubject(cluster),
        `The group system:masters is named in ${count(bindings.length, 'binding')}; who belongs to it is written in credentials, which a person must look at.`,
        ...upTo(evidence),
        { source: 'CertificateSigningRequests', looked: `signer ${clientSigner}`, found: issued },
      ),
    ];
  },
});
