import { apiServer, controlPlane, flagz, type GivenFlags } from '../../../test/support/control-plane.ts';
import { seen, type TlsFact, unseen } from '../../core/facts/index.ts';
import { casesFor } from '../check.ts';
import { tlsCipherSuites } from './tls-cipher-suites.check.ts';

const strong = 'TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305';
const cbc = 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA';
const noHandshake = unseen('The port was not reached.');
const shaken = (weakSuitesAccepted: readonly string[], suitesOffered: readonly string[] = [cbc, 'TLS_RSA_WITH_AES_128_CBC_SHA']) =>
  seen<TlsFact>({ endpoint: '198.18.0.11:6443', weakSuitesAccepted, suitesOffered });
const given = (flags: GivenFlags, apiServerTls = shaken([]), image = 'registry.k8s.io/kube-apiserver:v1.36.3') => ({
  ...apiServer(flags, { image }),
  apiServerTls,
});

export const cases = casesFor(tlsCipherSuites, [
  { name: 'strong ones, and handshakes agree', expect: 'pass', given: given({ 'tls-cipher-suites': strong }) },
  { name: 'strong ones, no handshake', expect: 'pass', given: { ...given({ 'tls-cipher-suites': strong }), apiServerTls: noHandshake } },
  {
    name: 'a weak one in the list',
    expect: 'fail',
    given: given({ 'tls-cipher-suites': `${strong},TLS_RSA_WITH_3DES_EDE_CBC_SHA` }),
    says: '3DES',
  },
  {
    name: 'strong ones in the flag, weak ones on the wire',
    expect: 'fail',
    given: given({ 'tls-cipher-suites': strong }, shaken([cbc])),
    says: `accepted: ${cbc}`,
  },
  { name: 'nobody chose, and a weak one was accepted', expect: 'fail', given: given({}, shaken([cbc])), says: cbc },
  { name: 'nobody chose, and no weak one was accepted', expect: 'pass', given: given({}) },
  { name: 'nobody chose, and nobody could try', expect: 'fail', given: { ...given({}), apiServerTls: noHandshake }, says: cbc },
  {
    name: 'nobody chose in a version whose defaults lack forward secrecy',
    expect: 'fail',
    given: { ...given({}, shaken([]), 'registry.k8s.io/kube-apiserver:v1.29.0'), apiServerTls: noHandshake },
    says: 'and 3 more',
  },
  { name: 'no suite could be offered, so handshakes say nothing', expect: 'fail', given: given({}, shaken([], [])) },
  {
    name: 'TLS 1.3 only',
    expect: 'pass',
    given: { ...given({ 'tls-min-version': 'VersionTLS13', 'tls-cipher-suites': cbc }), apiServerTls: noHandshake },
  },
  {
    name: 'TLS 1.0 allowed does not matter to suites',
    expect: 'pass',
    given: given({ 'tls-min-version': 'VersionTLS10', 'tls-cipher-suites': strong }),
  },
  {
    name: 'no mirror pod: the process tells',
    expect: 'pass',
    given: {
      ...controlPlane([], { apiServerFlagz: flagz({ 'tls-cipher-suites': `[${strong}]`, 'tls-min-version': '' }) }),
      apiServerTls: noHandshake,
    },
  },
  { name: 'no mirror pod and no /flagz', expect: 'unknown', given: { ...controlPlane([]), apiServerTls: noHandshake } },
]);
