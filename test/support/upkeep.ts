import { failed, succeed } from '../../lib/core/failure.ts';
import type { GatehouseEvent } from '../../lib/ports/events.ts';
import type { RecordStore } from '../../lib/ports/record-store.ts';
import { runNameOf, type ScanRun } from '../../lib/ports/scan-starter.ts';
import type { UpkeepPorts } from '../../lib/workflows/upkeep/index.ts';
import { createServicePorts } from './service.ts';

/** Ports of upkeep over real records in SQLite; starts, events and the log are kept, and `breaks` says which calls outside fail. */
export const createUpkeep = (around?: (store: RecordStore) => RecordStore) => {
  const service = createServicePorts(around);
  const started: string[] = [];
  const events: GatehouseEvent[] = [];
  const logged: string[] = [];
  /** Runs that exist, and whether they have not ended. */
  const runs = new Map<string, 'alive' | 'ended'>();
  const breaks = { starts: false, events: false };
  const ports: UpkeepPorts = {
    records: service.ports.records,
    secrets: service.ports.secrets,
    shortLived: service.ports.shortLived,
    clock: service.ports.clock,
    starter: {
      start: async (run) => {
        if (breaks.starts) return failed('timed-out', 'Nobody answers.');
        const name = runNameOf(run);
        started.push(name);
        if (!runs.has(name)) runs.set(name, 'alive');
        return succeed(undefined);
      },
    },
    events: {
      publish: async (all) => {
        if (breaks.events) return failed('timed-out', 'Nobody answers.');
        events.push(...all);
        return succeed(undefined);
      },
    },
    log: (code) => void logged.push(code),
  };
  const isAlive = async ({ scanId }: ScanRun): Promise<boolean> => runs.get(scanId) === 'alive';
  return { ...service, upkeepPorts: ports, watched: { ...ports, isAlive }, started, events, logged, runs, breaks };
};
