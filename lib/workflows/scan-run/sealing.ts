import { isFinal, type ScanRecord } from '../../fleet/scan.ts';
import { transition } from '../../fleet/scan-rules.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import type { Summary } from './judgement.ts';
import { RetryThis, type ScanRunPorts } from './ports.ts';
import type { Sealed, SealPorts } from './seal.ts';
import { seal } from './sealable-scan.ts';
import { changeScan, readScan } from './store.ts';

/** A record without what is told only while a scan runs. */
export const bare = ({ progress: _, ...scan }: ScanRecord): ScanRecord => scan;

const withSeal = ({ unsealed: _, ...scan }: ScanRecord, { artefacts, manifest, signature }: Sealed): ScanRecord => ({
  ...scan,
  artefacts: [...artefacts, signature],
  manifest,
});

/**
 * Decides that a run ends well, unless somebody decided otherwise: from now on nobody can fail it, and what the manifest will say is written down. It is completed only once it is sealed, so that whoever sees it completed
 * can verify it.
 */
export const decideCompleted = (
  ports: Pick<ScanRunPorts, 'records' | 'clock'>,
  run: ScanRun,
  summary: Summary,
  artefacts: ScanRecord['artefacts'],
): Promise<ScanRecord> => {
  const endedAt = ports.clock.now();
  return changeScan(ports, run, (scan) => (scan.unsealed ? scan : { ...bare(scan), ...summary, artefacts, endedAt, unsealed: true }));
};

/** The record of a run that was decided to end well, completed; without a seal it stays to be sealed. */
export const completedAs = (scan: ScanRecord, sealed?: Sealed): ScanRecord => {
  const moved = transition(scan, 'completed', { endedAt: scan.endedAt ?? scan.queuedAt });
  if (!moved.ok) return scan;
  return sealed ? withSeal(moved.value, sealed) : moved.value;
};

/** Seals a run that has ended and is not sealed yet; nothing else is done for any other. */
export const sealEnded = async (ports: SealPorts, run: ScanRun, scanner?: number): Promise<void> => {
  const scan = (await readScan(ports, run))?.value;
  if (!scan?.unsealed || !isFinal(scan.state)) return;
  const sealed = await seal(ports, scan, scanner);
  const { clusterId, scanId } = run;
  const noted = await ports.records.scans.update({ clusterId, name: scanId }, (now) => ({
    ok: true,
    value: now.unsealed ? withSeal(now, sealed) : now,
  }));
  if (!noted.ok && noted.failure.code !== 'not-found') throw new RetryThis(noted.failure.say);
};
