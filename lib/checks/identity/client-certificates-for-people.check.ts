import { clusterSubject, defineCheck, manual } from '../check.ts';
import { usersNamed } from '../shared/rbac.ts';
import { count, upTo } from '../shared/words.ts';

/** Signers whose certificates the API server takes for a user's; kubelets have one of their own. */
const clientSigner = 'kubernetes.io/kube-apiserver-client';

export const clientCertificatesForPeople = defineCheck({
  id: 'identity/client-certificates-for-people',
  title: 'People do not log in with client certificates',
  severity: 'medium',
  reads: ['rbac'],
  mayRead: ['certificateRequests'],
  why: 'A client certificate cannot be revoked and names its groups for its whole life: a person who leaves keeps the access until it expires.',
  repair:
    'Let people log in through an identity provider (OIDC, by `--authentication-config` of the API server), and keep client certificates for components.',
  lookAt: 'Find out how people log in: whether the users named in bindings come from an identity provider, or hold client certificates.',
  evaluate: ({ cluster, rbac, certificateRequests }) => {
    const users = usersNamed(rbac);
    const issued = certificateRequests.read ? certificateRequests.value.filter(({ signer }) => signer === clientSigner) : [];
    const source = 'CertificateSigningRequests';
    const none = certificateRequests.read ? 'none that is still kept' : certificateRequests.reason;
    return [
      manual(
        clusterSubject(cluster),
        `Bindings name ${count(users.length, 'user')}, and ${count(issued.length, 'request')} for a client certificate ${issued.length === 1 ? 'is' : 'are'} still kept; a person must say who logs in how.`,
        ...upTo([
          ...(issued.length === 0 ? [{ source, looked: `signer ${clientSigner}`, found: none }] : []),
          ...issued.map(({ name, requester, approved }) => ({
            source: `CertificateSigningRequest ${name}`,
            looked: `signer ${clientSigner}`,
            found: `${approved ? 'approved' : 'not approved'}, asked for by ${requester}`,
          })),
          ...users.map(({ name, bindings }) => ({
            source: 'roles and bindings of the cluster',
            looked: `User ${name}`,
            found: `named in ${count(bindings, 'binding')}`,
          })),
        ]),
      ),
    ];
  },
});
