import { clusterSubject, defineCheck, manual } from '../check.ts';
import { clientSigner } from '../shared/client-signer.ts';
import { controlPlaneSlices } from '../shared/instances.ts';
import { apiServerFlag } from '../shared/pod-admission.ts';
import { usersNamed } from '../shared/rbac.ts';
import { count, upTo } from '../shared/words.ts';

/** What lets people log in otherwise, if it is set. */
const otherWays = ['oidc-issuer-url', 'authentication-config', 'authentication-token-webhook-config-file'];

export const clientCertificatesForPeople = defineCheck({
  id: 'identity/client-certificates-for-people',
  title: 'People do not log in with client certificates',
  severity: 'medium',
  reads: ['rbac'],
  mayRead: ['certificateRequests', ...controlPlaneSlices],
  why: 'A client certificate cannot be revoked and names its groups for its whole life: a person who leaves keeps the access until it expires.',
  repair:
    'Let people log in through an identity provider (OIDC, by `--authentication-config` of the API server), and keep client certificates for components.',
  lookAt: 'Find out how people log in: whether the users named in bindings come from an identity provider, or hold client certificates.',
  evaluate: ({ rbac, certificateRequests, ...seen }) => {
    const users = usersNamed(rbac);
    const issued = certificateRequests.read ? certificateRequests.value.filter(({ signer }) => signer === clientSigner) : [];
    const source = 'CertificateSigningRequests';
    const ways = otherWays.map((flag) => ({ flag, told: apiServerFlag(seen, flag) }));
    const none = certificateRequests.read ? 'none that is still kept' : certificateRequests.reason;
    return [
      manual(
        clusterSubject(seen.cluster),
        `Bindings name ${count(users.length, 'user')} besides Kubernetes' own, and ${count(issued.length, 'request')} to the signer ${clientSigner} ${issued.length === 1 ? 'is' : 'are'} still kept; a person must say who logs in how.`,
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
          ...ways.flatMap(({ flag, told }) =>
            told.read
              ? told.value.flatMap(({ evidence }) => evidence)
              : [{ source: 'API server', looked: `--${flag}`, found: told.reason }],
          ),
        ]),
      ),
    ];
  },
});
