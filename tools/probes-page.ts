import { globSync } from 'node:fs';
import { ask } from '../lib/checks/exposure/ask.ts';
import { probes } from '../lib/checks/exposure/index.ts';
import { leftOut } from '../lib/checks/exposure/left-out.ts';
import { none, type OpenDoor, type Probe, type ProbeCase } from '../lib/checks/exposure/probe.ts';
import { requestText } from '../lib/core/probing/index.ts';
import { penetrationFramework } from '../lib/frameworks/penetration.ts';
import { type ExposureEntry, exposureCatalogue } from '../lib/workflows/catalogue.ts';
import { heading, tableOf } from './markdown.ts';

const folder = new URL('../lib/checks/exposure/', import.meta.url);

/** The door of a case, as the test of all probes makes it. */
const doorOf = ({ doors }: Probe, { door = {}, greeting = {} }: ProbeCase): OpenDoor => ({
  address: '10.0.0.4',
  port: doors.ports?.[0] ?? 8443,
  transport: doors.transport ?? 'tcp',
  place: doors.places[0] ?? 'node',
  subject: { kind: 'Node', name: 'cp1', node: 'cp1', role: 'control-plane' },
  owner: 'uid-1',
  hints: [],
  published: false,
  vantage: doors.vantages?.[0] ?? 'external',
  now: '2026-01-01T00:00:00Z',
  greeting,
  ...door,
});

/** Everything a probe was seen to send in any of its cases: the requests are data, so they can be listed without sending one. */
const requestsOf = async (probe: Probe, cases: readonly ProbeCase[]): Promise<readonly string[]> => {
  const sent = new Set<string>();
  for (const one of cases)
    await ask(probe, doorOf(probe, one), async (request) => {
      const text = requestText(request);
      sent.add(request.is === 'http' ? text.replace(/ over TLS$/, '') : text);
      return one.answers[text] ?? one.otherwise ?? none('hung-up');
    });
  return [...sent];
};

const casesOf = async ({ id }: Probe): Promise<readonly ProbeCase[]> => {
  const { cases } = (await import(new URL(`${id.replace('exposure/', '')}.cases.ts`, folder).href)) as {
    readonly cases: readonly ProbeCase[];
  };
  return cases;
};

const code = (text: string): string => `\`${text}\``;
const anchor = (id: string): string => `[${id}](#${id.replaceAll('/', '')})`;

const doorsText = ({ doors }: ExposureEntry): string => {
  if (!doors) return '';
  const { places, ports, transport, vantages } = doors;
  const at = ports.length > 0 ? `, ports ${ports.join(', ')}${transport === 'udp' ? ' (UDP)' : ''}` : ', whatever it recognises';
  return `${places.join(', ')}${at}; from the ${vantages.join(' and ')} vantage`;
};

const details = (entry: ExposureEntry, sent: readonly string[]): string =>
  [
    `### ${entry.id}\n\n${entry.title}.\n`,
    `* Why: ${entry.why}`,
    ...(entry.lookAt === undefined ? [] : [`* What to look at: ${entry.lookAt}`]),
    `* Repair: ${entry.repair}`,
    ...(entry.doors ? [`* Looks at: ${doorsText(entry)}`] : ['* Looks at: what the API says; sends nothing else']),
    ...(entry.doors
      ? [`* Sends: ${sent.length > 0 ? sent.map(code).join(', ') : 'nothing beyond the greeting that finds out what the port speaks'}`]
      : []),
    ...(entry.leaves === undefined ? [] : [`* Leaves behind: ${entry.leaves}`]),
    ...(entry.references.length > 0 ? [`* Read on: ${entry.references.map((page) => `<${page}>`).join(', ')}`] : []),
    '',
  ].join('\n');

const coverage = (entries: readonly ExposureEntry[]): string => {
  const covered = penetrationFramework.controls.map(({ id, checks }): readonly [string, string] => [
    id,
    checks.length > 12
      ? `${checks.slice(0, 3).map(anchor).join(', ')} and ${checks.length - 3} more of exposure/versions`
      : checks.map(anchor).join(', '),
  ]);
  const out = Object.entries(leftOut).map(([id, why]): readonly [string, string] => [id, `Left out. ${why}`]);
  const numbers = new Intl.Collator('en', { numeric: true });
  const rows = [...covered, ...out].toSorted(([a], [b]) => numbers.compare(a, b));
  const hunter = rows.filter(([id]) => id.startsWith('KHV'));
  const own = rows.filter(([id]) => !id.startsWith('KHV'));
  return [
    '## What became of the list of kube-hunter\n\nEach number of kube-hunter with the probes that answer it, or with the reason why none does. `KHV-active` stands for its hunters without a number that create, change and delete objects.\n\n',
    tableOf(['number', 'answered by'], hunter),
    '\n## Rows of our own\n\n',
    tableOf(['row', 'answered by'], own),
    `\n${entries.length} probes and statements answer ${covered.length} rows; ${out.length} are left out.\n\n`,
  ].join('');
};

const rowOf = ({ id, title, severity, covers, techniques, intrusiveness }: ExposureEntry): readonly string[] => [
  anchor(id),
  title,
  severity,
  covers.join(', '),
  techniques.join(', '),
  intrusiveness ?? 'API only',
];

/** What a penetration scan looks for, what it sends for it and leaves behind, and what it leaves out. */
export const probesPage = async (): Promise<string> => {
  const entries = exposureCatalogue();
  const sent = new Map(await Promise.all(probes.map(async (probe) => [probe.id, await requestsOf(probe, await casesOf(probe))] as const)));
  const known = globSync('**/*.probe.ts', { cwd: folder }).length;
  if (known !== probes.length) throw new Error(`${known} probes on disk and ${probes.length} in the list`);
  const text =
    'What a penetration scan looks for. *Passive* connects or shakes hands; *reading* asks for what may be read; *dry-run* asks whether something would be allowed, without doing it; *API only* sends nothing to any port. No probe changes anything. Before any of them a scan connects to each port, and asks an open one what it speaks: it waits for a banner, sends `GET /`, and shakes hands for TLS. A severity is the usual one; a finding may be graver or milder. HTTP is sent as the port speaks it, plain or over TLS.';
  return [
    heading('Probes', text),
    coverage(entries),
    '## Probes and statements\n\n',
    tableOf(['probe', 'what holds', 'severity', 'covers', 'ATT&CK', 'how it looks'], entries.map(rowOf)),
    `\n${entries.map((entry) => details(entry, sent.get(entry.id) ?? [])).join('\n')}`,
  ].join('');
};
