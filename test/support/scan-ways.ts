import { failed, succeed } from '../../lib/core/failure.ts';
import { recordingOf, replayConnector } from './replayed-cluster.ts';
import { clusterId, projectId, type ScanService, type ScanServiceOptions } from './scan-service.ts';

/** One way a scan goes: what it meets, and what is done to it before it starts. */
interface ScanWay extends Pick<ScanServiceOptions, 'connector' | 'aroundObjects'> {
  readonly before?: (service: ScanService, id: string) => Promise<unknown>;
}

const connector = replayConnector(() => recordingOf('before'));
const by = { type: 'person', id: 'usr-00000000000b', name: 'Bob' } as const;
const cancel = ({ records, ports }: ScanService, id: string) =>
  records.scans.update({ clusterId, name: id }, (scan) => succeed({ ...scan, cancelRequested: { by, at: ports.clock.now() } }));
const remove = ({ records, ports }: ScanService) =>
  records.clusters.update({ projectId, clusterId }, (cluster) => succeed({ ...cluster, state: 'removed', removedAt: ports.clock.now() }));

export const ways = {
  completed: { connector },
  /** It has seen the cluster, and breaks at its report: what it had seen is left. */
  failed: {
    connector,
    aroundObjects: (store) => ({
      ...store,
      putIfAbsent: async (key, body, options) => {
        if (key.endsWith('report.json')) throw new TypeError('broken');
        return store.putIfAbsent(key, body, options);
      },
    }),
  },
  skipped: {
    connector: { ...connector, connect: async () => failed('cluster-unreachable', 'The cluster does not answer; check the route.') },
  },
  cancelled: { connector, before: cancel },
  /** Its cluster is removed while it is queued. */
  removed: {
    connector,
    before: async (service, id) => {
      await remove(service);
      await cancel(service, id);
    },
  },
} as const satisfies Record<string, ScanWay>;
export type Way = keyof typeof ways;
export const wayOf = (way: Way): ScanWay => ways[way];
