import { couldNotLook, defineProbe, isSilent, once, shown } from '../probe.ts';
import { nameText } from '../transport/certificates.ts';
import { apiDoors } from './kubernetes.ts';

/** With both kinds of certificates, so that no honest server has to turn it down. */
const modern = [0xc02f, 0xc02b, 0xc030, 0xc02c, 0xcca8, 0xcca9, 0xc013, 0xc009];

export const clientAuthorities = defineProbe({
  id: 'exposure/api-server/client-authorities',
  covers: ['API-13'],
  title: 'The API server does not name the authorities it trusts before a login',
  severity: 'info',
  why: 'TLS sends the names of authorities along when it asks for a client certificate; every API server that takes such certificates does so, and the names may tell of companies, products or other clusters.',
  repair: 'Nothing needs to be done where the names are those of kubeadm; choose names for your own authorities that tell nothing.',
  techniques: ['T1613'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#x509-client-certificates'],
  intrusiveness: 'passive',
  leaves: 'A failed TLS handshake in the log of the API server.',
  doors: apiDoors,
  send: once((door) => (door.greeting.tls === undefined ? [] : [{ is: 'hello', version: 'TLSv1.2', suites: modern }])),
  judge: (_, asked) => {
    const [only] = asked;
    if (only === undefined) return undefined;
    if (isSilent(asked)) return couldNotLook(asked);
    const { answer } = only;
    // a server of TLS 1.3 alone sends this under encryption
    if (answer.is !== 'hello' || !answer.accepted) return couldNotLook(asked);
    const names = answer.authorities ?? [];
    if (names.length > 0)
      return {
        outcome: 'fail',
        message: 'The API server asks for a client certificate and names the authorities it trusts.',
        evidence: [shown(only, names.slice(0, 10).map(nameText).join('; '))],
      };
    return {
      outcome: 'pass',
      message: answer.asksForCertificate
        ? 'The API server asks for a client certificate and names no authority.'
        : 'The API server asks for no client certificate.',
      evidence: [shown(only)],
    };
  },
});
