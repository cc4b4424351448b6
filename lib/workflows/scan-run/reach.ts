import type { Result } from '../../core/failure.ts';
import { kubeconfigSecret } from '../../fleet/cluster.ts';
import type { ConnectedCluster } from '../../ports/cluster-connector.ts';
import type { ScanRun } from '../../ports/scan-starter.ts';
import type { ScannerPorts } from '../../scanners/scanner.ts';
import type { ScanRunPorts } from './ports.ts';
import { changeScan, readScan } from './store.ts';

/** Opens the stored kubeconfig of a cluster, does something with it and closes every connection. */
export const withCluster = async <T>(
  ports: Pick<ScanRunPorts, 'secrets' | 'connector'>,
  clusterId: string,
  signal: AbortSignal,
  work: (connected: ConnectedCluster) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const kubeconfig = await ports.secrets.get(kubeconfigSecret(clusterId));
  if (!kubeconfig.ok) return kubeconfig;
  const connected = await ports.connector.connect(kubeconfig.value, signal);
  if (!connected.ok) return connected;
  try {
    return await work(connected.value);
  } finally {
    connected.value.close();
  }
};

const secondsBetweenLooks = 2;

/** A signal that is aborted when somebody asks the run to end, or when its time is up; `stop` ends the watching. `why` says which of the two. */
export const watchRun = (ports: ScanRunPorts, run: ScanRun, seconds: number) => {
  const controller = new AbortController();
  const stopped = new AbortController();
  let why: 'cancelled' | 'timed-out' | undefined;
  const end = (reason: typeof why) => {
    why ??= reason;
    controller.abort();
  };
  const timer = setTimeout(() => end('timed-out'), seconds * 1000);
  const watch = async () => {
    while (!stopped.signal.aborted && !controller.signal.aborted) {
      await ports.sleep(1000 * secondsBetweenLooks, stopped.signal);
      // a store that does not answer for a moment must not end the run
      const scan = await readScan(ports, run).catch(() => 'unreadable' as const);
      if (scan === undefined || (scan !== 'unreadable' && scan.value.cancelRequested)) end('cancelled');
    }
  };
  void watch();
  return {
    signal: controller.signal,
    why: () => why,
    stop: () => {
      clearTimeout(timer);
      stopped.abort();
    },
  };
};

/** The ports a scanner works with during one step of a run; its progress goes into the record, at most every two seconds. */
export const scannerPorts = (
  ports: ScanRunPorts,
  run: ScanRun,
  connected: ConnectedCluster,
  cleaner: ConnectedCluster | undefined,
  signal: AbortSignal,
  warn: (sentence: string) => void,
  notes?: ScannerPorts['notes'],
): ScannerPorts => {
  let last = 0;
  return {
    access: connected.access,
    kubelets: connected.kubelets,
    tls: connected.tls,
    probing: connected.probing,
    cleaner: cleaner?.access,
    signal,
    now: () => ports.clock.now(),
    sleep: (ms, until) => ports.sleep(ms, until),
    warn,
    notes,
    progress: ({ done, total, doing }) => {
      const now = Date.parse(ports.clock.now());
      if (now - last < 1000 * secondsBetweenLooks) return;
      last = now;
      // progress is for people who look; a run does not fail for it
      void changeScan(ports, run, (scan) => ({ ...scan, progress: { done, total, doing } })).catch(() => undefined);
    },
  };
};
