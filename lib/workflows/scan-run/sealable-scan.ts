import type { ScanRecord } from '../../fleet/scan.ts';
import { endStates, type ManifestParts } from '../../reports/evidence/manifest.ts';
import { leftFiles } from './left-files.ts';
import { type Sealable, type Sealed, type SealPorts, sealIt } from './seal.ts';
import { scanFolder } from './store.ts';

/** How the run ended; one that is sealed while it is not final yet is about to be completed, see `decideCompleted`. */
const endOf = ({ state, endedAt, reason }: ScanRecord): Pick<NonNullable<ManifestParts['scan']>, 'state' | 'endedAt' | 'reason'> => {
  const ended = endStates.find((one) => one === state) ?? 'completed';
  if (endedAt === undefined) throw new Error('a run is sealed before it was decided how it ends');
  // a sentence that was cut may end with half a character, which canonical JSON cannot hold
  return { state: ended, endedAt, ...(reason ? { reason: reason.toWellFormed() } : {}) };
};

const sealable = (ports: SealPorts, scan: ScanRecord, scanner: number | undefined): Sealable => ({
  id: scan.id,
  clusterId: scan.clusterId,
  home: { projectId: scan.projectId, folder: scanFolder(scan), since: scan.queuedAt },
  parts: async () => {
    const { id, kind, queuedAt, startedAt, benchmark, trigger } = scan;
    const end = endOf(scan);
    return {
      scan: { id, kind, queuedAt, ...(startedAt ? { startedAt } : {}), ...end },
      trigger,
      versions: {
        tool: ports.version,
        ...(scanner === undefined ? {} : { scanner }),
        ...(benchmark ? { benchmark: { framework: benchmark.framework, version: benchmark.version } } : {}),
      },
      artefacts: end.state === 'completed' ? scan.artefacts : await leftFiles(ports, scan),
    };
  },
});

/** Seals a scan whose end is decided. `scanner` is the version of the scanner, where it is known. */
export const seal = (ports: SealPorts, scan: ScanRecord, scanner?: number): Promise<Sealed> =>
  sealIt(ports, sealable(ports, scan, scanner));
