import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, judgePages, requestsFor, type ShownPage } from './kubernetes.ts';

const text = { accept: 'text/plain' };

const pages: readonly ShownPage[] = [
  {
    path: '/debug/pprof/',
    what: 'profiles of its memory',
    severity: 'high',
    proves: ({ status, body }) => status === 200 && body.includes('/debug/pprof/') && /profiles/i.test(body),
  },
  {
    // it answers PUT only; whoever may not use it hears 401 or 403 instead
    path: '/debug/flags/v',
    what: 'the switch of its log level',
    severity: 'medium',
    proves: ({ status, body }) => (status === 406 || status === 405) && /unsupported http method/i.test(body),
  },
  {
    path: '/flagz',
    what: 'its flags',
    severity: 'medium',
    headers: text,
    proves: ({ status, body }) => status === 200 && /^[\w -]*flagz\s/m.test(body),
  },
  {
    path: '/statusz',
    what: 'its versions and paths',
    severity: 'medium',
    headers: text,
    proves: ({ status, body }) => status === 200 && /^[\w -]*statusz\s/m.test(body),
  },
  {
    path: '/logs/',
    what: 'the log files of its node',
    severity: 'medium',
    proves: ({ status, body }) => status === 200 && /<pre>\s*<a href="/.test(body),
  },
];

export const debugPages = defineProbe({
  id: 'exposure/api-server/debug-pages',
  covers: ['API-06'],
  title: 'The API server shows its debugging pages to nobody without a login',
  severity: 'high',
  why: 'Profiles hold pieces of memory and cost time to make, flags tell how the API server is protected, and log files of the node hold requests and names.',
  repair:
    'Remove what lets `system:anonymous` or `system:unauthenticated` read these paths; set `--profiling=false` and `--enable-logs-handler=false` where nobody needs them.',
  techniques: ['T1613'],
  references: [
    'https://kubernetes.io/docs/reference/instrumentation/zpages/',
    'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
  ],
  intrusiveness: 'reading',
  leaves: 'Five lines in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(pages))),
  judge: (_, asked) =>
    judgePages(asked, pages, {
      open: 'Open to anybody who can reach the API server:',
      closed: 'The API server shows its debugging pages to nobody without a login.',
    }),
});
