import { usualCases } from '../add-ons/usual-cases.ts';
import { none, type ProbeCase, page } from '../probe.ts';

/** What every question to the kubelet must bear: a login, a right that is missing, other software, silence. */
export const kubeletCases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'asks for a login',
    door: { port: 10250 },
    greeting: { http: 'tls' },
    answers: {},
    otherwise: page(401, 'Unauthorized'),
    expect: 'pass',
    says: '401',
  },
  {
    name: 'anonymous, but not allowed',
    door: { port: 10250 },
    greeting: { http: 'tls' },
    answers: {},
    otherwise: page(403, 'Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource(s)=[proxy])'),
    expect: 'pass',
    says: '403',
  },
  { name: 'drips', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];

/** A list of pods as the kubelet writes it, with something in it that must not be kept. */
export const podList = (spec: object = {}): string =>
  JSON.stringify({
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: {},
    items: [
      {
        metadata: { name: 'shop', annotations: { note: '{"privileged":true,"hostPath":{"path":"/var/log"}}' } },
        spec: { containers: [{ name: 'shop', env: [{ name: 'PASSWORD', value: 'hunter2' }] }], ...spec },
        status: { podIP: '10.1.1.1' },
      },
    ],
  });

export const hostPath = (path: string): object => ({ volumes: [{ name: 'host', hostPath: { path, type: '' } }] });

/** A folder as Go's file server lists it. */
export const folder = (...names: readonly string[]): string =>
  `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${names.map((name) => `<a href="${name}">${name}</a>\n`).join('')}</pre>\n`;
