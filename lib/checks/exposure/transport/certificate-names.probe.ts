import { readAddress, specialOf } from '../../../core/address.ts';
import { isInnerAddress } from '../inner-address.ts';
import { defineProbe } from '../probe.ts';
import { askForCertificate, chainOf, looked, nameText, noCertificate } from './certificates.ts';
import { tlsDoors } from './tls-door.ts';

const innerDomain = /(^|\.)(local|localdomain|internal|intranet|intra|corp|lan|home|private|svc|arpa)$|\.svc\./i;

const isLoopback = (value: string): boolean => {
  const address = readAddress(value);
  return address !== undefined && specialOf(address)?.is === 'loopback';
};

/** Whether a name of a certificate tells of what lies behind: `DNS:cp1`, `IP Address:10.96.0.1`. */
const isInner = (name: string): boolean => {
  const [, kind = '', value = ''] = /^(DNS|IP Address):"?([^"]+)"?$/.exec(name) ?? [];
  if (kind === 'IP Address') return isInnerAddress(value) && !isLoopback(value);
  // every machine calls itself that
  return kind === 'DNS' && value !== 'localhost' && (innerDomain.test(value) || !value.includes('.'));
};

export const certificateNames = defineProbe({
  id: 'exposure/transport/certificate-names',
  covers: ['API-12'],
  title: 'Certificates name nothing that lies behind them',
  severity: 'info',
  why: 'Certificates are shown to everybody before any login; those of Kubernetes name its nodes, its inner domain and the address of its API by design.',
  repair:
    'Nothing needs to be done for doors that only your own network reaches; put a load balancer with a certificate of its own in front of those that the world reaches.',
  techniques: ['T1595'],
  references: ['https://kubernetes.io/docs/setup/best-practices/certificates/'],
  intrusiveness: 'passive',
  leaves: 'Nothing, or a TLS handshake in the log of a server that knows old versions only.',
  doors: { ...tlsDoors, vantages: ['external'] },
  send: askForCertificate,
  judge: (door, asked) => {
    const [leaf] = chainOf(door, asked);
    if (leaf === undefined) return noCertificate;
    const known = [`IP Address:${door.address}`, `DNS:${door.host}`];
    const inner = leaf.names.filter((name) => isInner(name) && !known.includes(name));
    if (inner.length === 0)
      return {
        outcome: 'pass',
        message: 'The certificate names nothing that lies behind it.',
        evidence: [{ looked, found: nameText(leaf.subject) }],
      };
    const more = inner.length > 8 ? ` and ${inner.length - 8} more` : '';
    return {
      outcome: 'fail',
      message: 'The certificate tells everybody names or addresses of the inner network.',
      evidence: [{ looked, found: `${inner.slice(0, 8).join(', ')}${more}` }],
    };
  },
});
