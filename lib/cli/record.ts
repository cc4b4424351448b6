import { randomUUID } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { record } from '../adapters/kubernetes/record.ts';
import { writeRecording } from '../adapters/kubernetes/recording.ts';
import { writeWhole } from '../adapters/local/files.ts';
import type { ConfigurationFacts } from '../core/facts/index.ts';
import { runScan } from '../workflows/run-scan.ts';
import { configurationKind } from '../workflows/scan-kinds.ts';
import type { Answer } from './answer.ts';
import { type ConnectionFlags, openCluster } from './ports.ts';
import { showProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface RecordFlags extends ConnectionFlags {
  readonly kind: 'configuration';
  readonly out: string;
  readonly nodeFacts?: boolean;
  readonly nodeFactsImage: string;
  readonly quiet?: boolean;
}

/** `gatehouse record`: a scan whose reads are kept instead of its report. */
export const recordCommand = async (flags: RecordFlags, terminal: Terminal): Promise<Answer> => {
  const opened = await openCluster(flags, terminal);
  if (!opened.ok) return opened;
  const display = showProgress(terminal, flags.quiet === true);
  const recorder = record(opened.value.ports);
  try {
    let nodeFacts: ConfigurationFacts['nodeFiles'] | undefined;
    const scanned = await runScan(
      configurationKind,
      {
        scanId: randomUUID(),
        trigger: 'recording',
        toolVersion: manifest.version,
        clusterName: flags.clusterName,
        options: { nodeFacts: flags.nodeFacts, nodeFactsImage: flags.nodeFactsImage },
        waivers: [],
      },
      { ...opened.value.ports, ...recorder.ports, progress: display.show },
      ({ nodeFiles }) => {
        if (flags.nodeFacts) nodeFacts = nodeFiles;
      },
    );
    display.end();
    if (!scanned.ok) return scanned;
    const recording = recorder.recording(terminal.now(), `gatehouse/${manifest.version}`);
    const written = await writeWhole(flags.out, writeRecording(nodeFacts ? { ...recording, nodeFacts } : recording));
    if (!written.ok) return written;
    if (!flags.quiet)
      terminal.out(
        `${recording.reads.length} reads of cluster ${scanned.value.report.scan.cluster.name} are in ${flags.out}. Names and addresses are in it, secrets are not; read it before you pass it on.\n`,
      );
    return { exit: 0 };
  } finally {
    display.end();
    opened.value.close();
  }
};
