import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import manifest from '../../package.json' with { type: 'json' };
import { unseen } from '../core/facts/index.ts';
import { type Result, succeed } from '../core/failure.ts';
import { compare, summarise } from '../reports/compare.ts';
import type { Report } from '../reports/report.ts';
import type { ObservedPenetration } from '../scanners/penetration/index.ts';
import { runScan } from '../workflows/run-scan.ts';
import { configurationKind, penetrationKind } from '../workflows/scan-kinds.ts';
import type { Answer } from './answer.ts';
import { changesTable } from './changes.ts';
import { openRecordingText } from './ports.ts';
import { openReportFolder, saveReport } from './report-folder.ts';
import { summary } from './summary.ts';
import { styled, type Terminal } from './terminal.ts';

export interface DemoFlags {
  readonly out: string;
}

const recordings = new URL('../adapters/local/demo/', import.meta.url);

/** Scans one of the two embedded recordings of the same cluster. */
const scanRecorded = async (name: string, previous: Report | undefined, terminal: Terminal): Promise<Result<Report>> => {
  const text = await readFile(new URL(name, recordings), 'utf8');
  const opened = openRecordingText(text, name, terminal);
  if (!opened.ok) return opened;
  const { ports, recordedAt, nodeFiles } = opened.value;
  const time = () => recordedAt ?? terminal.now();
  const scanned = await runScan(
    configurationKind,
    {
      scanId: randomUUID(),
      trigger: 'demo: a recording of a real cluster',
      toolVersion: manifest.version,
      clusterName: 'demo',
      options: { recordedNodeFiles: nodeFiles },
      waivers: [],
      previous: previous && { report: previous, isRequired: true },
      statements: [`This is a demonstration on a recording made on ${time().slice(0, 10)}; no cluster was asked.`],
    },
    // the demo tells the time of the recording: the second scan is a day's work after the first
    { ...ports, now: time, progress: () => undefined },
  );
  return scanned.ok ? succeed(scanned.value.report) : scanned;
};

/** What was observed of a cluster that stands open, embedded; verdicts only. */
const exposureOf = async (name: string): Promise<ObservedPenetration> => {
  const facts = JSON.parse(gunzipSync(await readFile(new URL(name, recordings))).toString('utf8')) as ObservedPenetration;
  // what Gatehouse has learned to look at since
  const { endlessTokens = unseen('Nobody looked at tokens without an end when this was observed.') } = facts.view;
  const view = { ...facts.view, endlessTokens };
  return { ...facts, view };
};

/** Judges one of the two embedded observations of a cluster whose ports stand open. */
const lookAtExposed = async (name: string): Promise<Result<Report>> => {
  const facts = await exposureOf(name);
  return penetrationKind.report(
    facts,
    {},
    {
      scanId: randomUUID(),
      trigger: 'demo: observations of a real cluster',
      actor: 'kubernetes-admin',
      toolVersion: manifest.version,
      startedAt: facts.observedAt,
      endedAt: facts.observedAt,
      waivers: [],
      statements: [`This is a demonstration on observations made on ${facts.observedAt.slice(0, 10)}; no cluster was asked.`],
    },
  );
};

/** Two penetration scans, the second compared with the first; answers the files written. */
const showExposed = async (out: string, terminal: Terminal): Promise<Result<readonly string[]>> => {
  const first = await lookAtExposed('exposure-before.json.gz');
  if (!first.ok) return first;
  const second = await lookAtExposed('exposure-after.json.gz');
  if (!second.ok) return second;
  const compared = compare(first.value, second.value);
  if (!compared.ok) return compared;
  const report = { ...second.value, changes: summarise(compared.value) };
  const folder = await openReportFolder(join(out, 'penetration'));
  if (!folder.ok) return folder;
  const files = await saveReport(folder.value, report, ['pdf', 'csv', 'json']);
  if (!files.ok) return files;
  terminal.out(`\n  ${styled(terminal, 'bold', 'And what an attacker on the network sees of another cluster')}\n`);
  terminal.out(summary(terminal, report));
  terminal.out(changesTable(terminal, report));
  return files;
};

const explanation = (terminal: Terminal, folder: string): string =>
  [
    '',
    `  ${styled(terminal, 'bold', 'What you have just seen')}`,
    '  A cluster made by kubeadm was scanned, changed, and scanned again; both times its API reads came from a recording.',
    `  The reports of the second scan are in ${folder}, the first one stays beside them; those of the penetration scan are in ${join(folder, 'penetration')}. Open report.pdf first.`,
    '  On a cluster of your own, where the exit status would be 1 for these findings:',
    '    npm run -s gatehouse -- scan --kubeconfig ~/.kube/config --out reports',
    '',
  ].join('\n');

/** `gatehouse demo`: two scans of an embedded cluster, the second compared with the first. Always ends with 0 when it could do its work. */
export const demoCommand = async ({ out }: DemoFlags, terminal: Terminal): Promise<Answer> => {
  const folder = await openReportFolder(out);
  if (!folder.ok) return folder;
  const first = await scanRecorded('before.json', undefined, terminal);
  if (!first.ok) return first;
  const second = await scanRecorded('after.json', first.value, terminal);
  if (!second.ok) return second;
  const began = folder.value.previous ? succeed([]) : await saveReport(folder.value, first.value, ['json']);
  if (!began.ok) return began;
  const again = await openReportFolder(out);
  if (!again.ok) return again;
  const files = await saveReport(again.value, second.value, ['pdf', 'csv', 'json']);
  if (!files.ok) return files;
  terminal.out(summary(terminal, second.value));
  terminal.out(changesTable(terminal, second.value));
  const exposed = await showExposed(out, terminal);
  if (!exposed.ok) return exposed;
  const all = [...files.value, ...exposed.value];
  terminal.out(`\n  ${styled(terminal, 'bold', 'Files')}\n${all.map((path) => `  ${join(path)}\n`).join('')}`);
  terminal.out(explanation(terminal, out));
  return { exit: 0 };
};
