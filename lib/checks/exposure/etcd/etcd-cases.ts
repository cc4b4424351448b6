import { usualCases } from '../add-ons/usual-cases.ts';
import { none, type ProbeCase, page } from '../probe.ts';

/** How etcd 3.6 answers. */
export const version = page(200, '{"etcdserver":"3.6.8","etcdcluster":"3.6.0","storage":"3.6.0"}');
const header = '{"header":{"cluster_id":"13455796455940752355", "member_id":"443629905751424238", "revision":"2", "raft_term":"2"}';
/** An answer of the gateway: its header, and what is said. */
export const gateway = (more = '') => page(200, `${header}${more}}`);
export const nobody = page(400, '{"code":3, "message":"etcdserver: user name is empty"}');

/** What every question to etcd must bear: a demand for a certificate, other software, silence. */
export const etcdCases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'a client certificate is asked for',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'pass',
  },
  {
    name: 'other software that asks for a client certificate',
    door: { port: 8443 },
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'nothing',
  },
  { name: 'hangs up', greeting: { http: 'tls' }, answers: { 'GET /version over TLS': none('hung-up') }, expect: 'unknown' },
];
