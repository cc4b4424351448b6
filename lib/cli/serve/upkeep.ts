import { createLocalScanRuns } from '../../adapters/local/durable/local-scan-starter.ts';
import { addDays } from '../../core/time.ts';
import type { UpkeepPorts } from '../../workflows/upkeep/index.ts';
import type { LocalService, LogLine } from './service.ts';

/** Days after which a durable run that has ended is forgotten. Its scan has a record of its own. */
const runsDays = 30;

/** Upkeep on one machine: the engine knows which runs are alive, and nobody but us removes what is old. */
export const upkeepPorts = ({ ports, engine, folder }: LocalService, log: LogLine): UpkeepPorts => ({
  ...ports,
  log,
  isAlive: createLocalScanRuns(engine).isAlive,
  sweep: (now) => ({
    records: folder.core.sweep(),
    shortLived: folder.shortLived.sweep(),
    runs: engine.sweep(addDays(now, -runsDays)),
  }),
});
